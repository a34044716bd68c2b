import { randomUUID } from "node:crypto";
import { nameKey } from "#domain/access/identity/name.ts";
import type { ChangedBy } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { changeEvents, changeNotices, turnOf } from "#domain/people/directory/change.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { type Followed, getConnections, type PersonListener } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import { type DirectoryPerson, insertTeam, listTeamNames } from "./repository.ts";

/** The team of that name in a body, ignoring case and spaces. It is created if there is none, with evidence. */
export async function teamNamed(tx: Tx, body: string, name: string, { by, at }: ChangedBy) {
  await lockDirectory(tx, body); // if two requests create it at once, the second finds it
  const teams = await listTeamNames(tx, body);
  const found = teams.find((team) => nameKey(team.name) === nameKey(name));
  if (found) return { id: found.id, evidence: [] };
  const id = randomUUID();
  await insertTeam(tx, { id, body, name });
  const made: EvidenceEvent = { body, event: "team.made", at, actor: by, subject: id, detail: { name } };
  return { id, evidence: [made] };
}

// What other rooms do when people change: each listener in turn, in the transaction of the change.

export const followLeaving: Required<PersonListener>["onLeaving"] = async (tx, person, changedBy) => {
  const followed = await inTurn((one) => one.onLeaving?.(tx, person, changedBy));
  return { ...joined(followed), groups: followed.reduce((sum, { groups }) => sum + groups, 0) };
};

export const followLosingRoles: Required<PersonListener>["onLosingRoles"] = async (tx, person, changedBy) =>
  joined(await inTurn((one) => one.onLosingRoles?.(tx, person, changedBy)));

export const followReturning: Required<PersonListener>["onReturning"] = async (tx, person, changedBy) =>
  joined(await inTurn((one) => one.onReturning?.(tx, person, changedBy)));

export const listConcerned: Required<PersonListener>["listConcerned"] = async (tx, body, among) =>
  new Set((await inTurn((one) => one.listConcerned?.(tx, body, among))).flatMap((ids) => [...ids]));

export const followChanges: Required<PersonListener>["afterChanges"] = async (tx, body, changedBy) =>
  joined(await inTurn((one) => one.afterChanges?.(tx, body, changedBy)));

async function inTurn<Result>(ask: (listener: PersonListener) => Promise<Result> | undefined): Promise<Result[]> {
  const answers: Result[] = [];
  for (const listener of getConnections().person) {
    const answer = await ask(listener);
    if (answer !== undefined) answers.push(answer);
  }
  return answers;
}

const NOTHING: Followed = { evidence: [], notices: [] };

/** What follows from a change to somebody, its evidence included. @param isConcerned whether it can concern other rooms */
export async function followChange(
  tx: Tx,
  { before, after }: { before: DirectoryPerson; after: DirectoryPerson },
  changedBy: ChangedBy,
  isConcerned = true,
): Promise<Followed> {
  const who = { body: before.body, personId: before.id };
  const turn = isConcerned ? turnOf(before, after) : null;
  const lost = after.status === "active" ? before.roles.filter((role) => !after.roles.includes(role)) : [];
  const next = lost.length > 0 ? await followLosingRoles(tx, { ...who, lost }, changedBy) : NOTHING;
  const returned = turn === "returned" ? await followReturning(tx, who, changedBy) : NOTHING;
  const reason = turn === "left" ? "left" : "changed-role";
  const isGone = turn !== null && turn !== "returned";
  const left = isGone ? await followLeaving(tx, who, { ...changedBy, reason }) : { ...NOTHING, groups: 0 };
  const own = { evidence: changeEvents(before, after, changedBy, left.groups), notices: changeNotices(before, after) };
  return joined([own, next, returned, left]);
}

export const joined = (followed: readonly Followed[]): Followed => ({
  evidence: followed.flatMap(({ evidence }) => evidence),
  notices: followed.flatMap(({ notices }) => notices),
});
