import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import type { Role } from "#domain/access/permission/role.ts";
import { OWN_CHANGE_WORDS, OwnChangeRefused, type OwnChange } from "#domain/people/directory/import-plan.ts";
import type { PersonFields } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { endSessionOf, endSessionsOf } from "#server/access/identity/effects.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { completeProviderSignIn } from "#server/access/identity/session.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { followLeaving } from "./effects.ts";
import { addPerson, changePerson, type PersonChange } from "./person-change.ts";
import { listByIds, listTeams } from "./repository.ts";

export type PersonResult =
  | { code: "done" }
  /** `field`: the form field concerned; "" for the whole form. */
  | { code: "refused"; message: string; field: string }
  /** No such person, or they belong to another body, or the actor may not change them. */
  | { code: "not-found" };

/**
 * Marks somebody as having left: their sessions end at once, and the administrators of their groups are to take them
 * out. Harmless if done twice.
 */
export async function markLeft(actor: Actor, personId: string): Promise<PersonResult> {
  if (personId === actor.personId) return refuseOwn(actor, "state");
  return manage(actor, personId, "what", (tx, at) => change(tx, actor, personId, { status: "left" }, at));
}

/** Marks somebody as active again. Groups that they were taken out of in the meantime need a new consent. */
export async function markReturned(actor: Actor, personId: string): Promise<PersonResult> {
  return manage(actor, personId, "", (tx, at) => change(tx, actor, personId, { status: "active" }, at));
}

/**
 * Records that somebody changed role or team, and their new team. They have to sign in again; the administrators of
 * their groups take them out, or confirm that they stay.
 * @param teamId a team of the body, or null for none
 */
export async function markMoved(actor: Actor, personId: string, teamId: string | null): Promise<PersonResult> {
  if (personId === actor.personId) return refuseOwn(actor, "state");
  return manage(actor, personId, "team", async (tx, at) => {
    const { body, personId: by } = actor;
    const [person] = await listByIds(tx, body, [personId]);
    if (person?.hasLeft) return refusal("They have left. First record that they are back.");
    const teams = await listTeams(tx, body);
    if (teamId !== null && !teams.some(({ id }) => id === teamId))
      return refusal("Choose the team they are in now.", "team");
    const changed = await change(tx, actor, personId, { teamId }, at);
    if ("message" in changed || changed.evidence.some(({ event }) => event === "person.moved")) return changed;
    // A new role in the same team, or a first team, has the same consequences.
    await endSessionsOf(tx, personId);
    const { evidence, notices, groups } = await followLeaving(
      tx,
      { body, personId },
      { by, reason: "changed-role", at },
    );
    const moved = eventOn(actor, personId, at, "person.moved", { groups, team: teamId });
    return { evidence: [...changed.evidence, moved, ...evidence], notices };
  });
}

/** Replaces the roles of somebody else; everybody is an employee in any case. */
export async function changeRoles(actor: Actor, personId: string, roles: readonly Role[]): Promise<PersonResult> {
  return manage(actor, personId, "roles", (tx, at) => change(tx, actor, personId, { roles: [...roles] }, at));
}

/** Ends one session of somebody by its id, or with "all" every session. If there is none, nothing is recorded. */
export async function endPersonSessions(actor: Actor, personId: string, which: string): Promise<PersonResult> {
  return manage(actor, personId, "", async (tx, at) => {
    const count = which === "all" ? await endSessionsOf(tx, personId) : Number(await endSessionOf(tx, personId, which));
    const ended = eventOn(actor, personId, at, "person.sessions-ended", { sessions: count });
    return { evidence: count > 0 ? [ended] : [], notices: [] };
  });
}

const NOT_FOUND = { code: "not-found" } as const;

export const LAST_ADMINISTRATOR = "They are the only administrator. Make somebody else one first.";

export function refusal(message: string, field = "") {
  return { code: "refused", message, field } as const;
}

function refuseOwn(actor: Actor, what: OwnChange): PersonResult {
  return can(actor, "person.manage", actor) ? refusal(OWN_CHANGE_WORDS[what]) : NOT_FOUND;
}

type Refused = ReturnType<typeof refusal>;
type Written = PersonChange | { evidence: EvidenceEvent[]; notices: Notice[] } | Refused;

/** Changes somebody in the directory; refuses, with a message, to leave a body without an administrator. */
async function change(
  tx: Prisma.TransactionClient,
  { body, personId: by }: Actor,
  personId: string,
  fields: Partial<PersonFields>,
  at: Date,
): Promise<Written> {
  const done = await changePerson(tx, { body, personId }, fields, { by, authority: by, at });
  if (done === "last-administrator") return refusal(LAST_ADMINISTRATOR);
  return done ?? { evidence: [], notices: [] };
}

/** @param field the form field to name if the change would affect the actor's own permissions */
async function manage(
  actor: Actor,
  personId: string,
  field: string,
  write: (tx: Prisma.TransactionClient, at: Date) => Promise<Written>,
): Promise<PersonResult> {
  if (!can(actor, "person.manage", actor)) return NOT_FOUND;
  const at = clock.now();
  try {
    return await transact(async (tx): Promise<Change<PersonResult>> => {
      await lockDirectory(tx, actor.body); // locked before the groups, as in every change to a person
      const [person] = await listByIds(tx, actor.body, [personId]);
      if (!person) return { result: NOT_FOUND, evidence: [] };
      const written = await write(tx, at);
      if ("message" in written) return { result: written, evidence: [] };
      return { result: { code: "done" }, evidence: written.evidence, notices: written.notices };
    });
  } catch (error) {
    if (!(error instanceof OwnChangeRefused)) throw error;
    return refusal(error.message, field);
  }
}

function eventOn(
  { body, personId: actor }: Actor,
  subject: string,
  at: Date,
  event: EvidenceEvent["event"],
  data?: EvidenceEvent["data"],
): EvidenceEvent {
  return { body, event, at, actor, subject, data };
}

/**
 * Signs in the person who comes back from the identity provider, with the roles it gives; null in evaluation mode. For
 * route handlers.
 * @param search the query that the provider added to our address
 */
export function finishProviderSignIn(search: string, state: string | null): ReturnType<typeof completeProviderSignIn> {
  return completeProviderSignIn(search, state, { add: addPerson, change: changePerson });
}
