import { type Actor, can, type Role, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { OWN_CHANGE_WORDS, OwnChangeRefused, type OwnChange } from "#domain/people/directory/import-plan.ts";
import type { PersonFields } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { type Notice, tellOwner } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { endSessionOf, endSessionsOf } from "#server/access/identity/effects.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { completeProviderSignIn } from "#server/access/identity/session.ts";
import type { DutyRole } from "#domain/people/deputy/stand-in.ts";
import { getConnections } from "#server/base/connections.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { listLastHeld } from "#server/people/deputy/queries.ts";
import { followLeaving, joined } from "./effects.ts";
import { addPerson, changePerson, type PersonChange } from "./person-change.ts";
import { listByIds, listTeamNames, findRolesOf } from "./repository.ts";
import { findOnePerson } from "./queries.ts";

export type PersonResult =
  | { code: "done" }
  /** `field`: the form field concerned; "" for the whole form. */
  | { code: "refused"; message: string; field: string }
  /** No such person, or they belong to another body, or the actor may not change them. */
  | { code: "not-found" };

/**
 * Marks somebody as having left: their sessions end at once, and the administrators of their groups are to take them
 * out. Harmless if done twice.
 * @param successor name or address of who gets the roles that nobody else has, where something is open for them
 */
export async function markLeft(actor: Actor, personId: string, successor = ""): Promise<PersonResult> {
  if (personId === actor.personId) return refuseOwn(actor, "state");
  return changeOrHandOver(actor, personId, { field: "what", successor, fields: { status: "left" } });
}

/** Marks somebody as active again. Groups that they were taken out of in the meantime need a new consent. */
export const markReturned = async (actor: Actor, personId: string): Promise<PersonResult> =>
  manage(actor, personId, "", (tx, at) => change(tx, actor, personId, { status: "active" }, at));

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
    const teams = await listTeamNames(tx, body);
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

/**
 * Replaces the roles of somebody else; everybody is an employee in any case.
 * @param successor name or address of who gets the roles that nobody else has, where something is open for them
 */
export const changeRoles = async (actor: Actor, personId: string, roles: readonly Role[], successor = "") =>
  changeOrHandOver(actor, personId, { field: "roles", successor, fields: { roles: [...roles] } });

/**
 * Changes somebody who may be the last with a role. Where something is open for it, they first have to say who has it
 * next, who then gets it. Lists and programs do not ask: there it goes up the line by itself.
 */
async function changeOrHandOver(
  actor: Actor,
  personId: string,
  { field, successor, fields }: { field: string; successor: string; fields: Partial<PersonFields> },
): Promise<PersonResult> {
  const { body } = actor;
  const loses = async (tx: Tx) =>
    (await listLastHeld(tx, body, personId)).filter((role) => !fields.roles?.includes(role));
  const open = new Map<DutyRole, string[]>();
  if (can(actor, "person.manage", actor))
    for (const role of await loses(getDatabase())) open.set(role, await getConnections().listOpenDuties(body, [role]));
  return manage(actor, personId, field, async (tx, at) => {
    const lost = (await loses(tx)).filter((role) => (open.get(role)?.length ?? 0) > 0);
    const handed = lost.length === 0 ? NOTHING : await giveTo(tx, actor, { personId, successor, lost, open }, at);
    if ("message" in handed) return handed;
    const changed = await change(tx, actor, personId, fields, at);
    if ("message" in changed) return changed;
    return joined([handed, changed]);
  });
}

const NOTHING = { evidence: [], notices: [] };

async function giveTo(
  tx: Tx,
  actor: Actor,
  given: { personId: string; successor: string; lost: readonly DutyRole[]; open: ReadonlyMap<DutyRole, string[]> },
  at: Date,
): Promise<Written> {
  const { personId, successor, lost, open } = given;
  if (successor.trim() === "") {
    const parts = lost.map((role) => `as ${ROLE_NAMES[role].toLowerCase()}: ${open.get(role)?.join(", ") ?? ""}`);
    return refusal(`Nobody else has what is open for them, ${parts.join("; ")}. Say who takes over.`, "successor");
  }
  const found = await findOnePerson(actor, successor, tx);
  if ("message" in found) return refusal(found.message, "successor");
  if (found.id === personId) return refusal("Choose somebody else: they are the one who goes.", "successor");
  if (found.id === actor.personId)
    return refusal("You cannot give a role to yourself. Another administrator has to do it.", "successor");
  const roles = (await findRolesOf(tx, actor.body, found.id)).concat(lost);
  return change(tx, actor, found.id, { roles }, at);
}

/** Ends one session of somebody by its id, or with "all" every session. If there is none, nothing is recorded. */
export const endPersonSessions = async (actor: Actor, personId: string, which: string): Promise<PersonResult> =>
  manage(actor, personId, "", async (tx, at) => {
    const count = which === "all" ? await endSessionsOf(tx, personId) : Number(await endSessionOf(tx, personId, which));
    const ended = eventOn(actor, personId, at, "person.sessions-ended", { sessions: count });
    if (count === 0) return NOTHING;
    const words = "Sign in again. If you did not expect this, ask an administrator of the portal.";
    const notice = { subject: "An administrator signed you out", words, href: "/me" };
    return { evidence: [ended], notices: tellOwner(actor, personId, notice) };
  });

const NOT_FOUND = { code: "not-found" } as const;

export const LAST_ADMINISTRATOR = "They are the only administrator. Make somebody else one first.";

export const refusal = (message: string, field = "") => ({ code: "refused", message, field }) as const;

const refuseOwn = (actor: Actor, what: OwnChange): PersonResult =>
  can(actor, "person.manage", actor) ? refusal(OWN_CHANGE_WORDS[what]) : NOT_FOUND;

type Refused = ReturnType<typeof refusal>;
type Written = PersonChange | { evidence: EvidenceEvent[]; notices: Notice[] } | Refused;

/** Changes somebody in the directory; refuses, with a message, to leave a body without an administrator. */
async function change(
  tx: Tx,
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
async function manage(actor: Actor, personId: string, field: string, write: (tx: Tx, at: Date) => Promise<Written>) {
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

const eventOn = (
  { body, personId: actor }: Actor,
  subject: string,
  at: Date,
  event: EvidenceEvent["event"],
  data?: EvidenceEvent["data"],
): EvidenceEvent => ({ body, event, at, actor, subject, data });

/**
 * Signs in the person who comes back from the identity provider, with the roles it gives; null in evaluation mode. For
 * route handlers.
 * @param search the query that the provider added to our address
 */
export const finishProviderSignIn = (search: string, state: string | null): ReturnType<typeof completeProviderSignIn> =>
  completeProviderSignIn(search, state, { add: addPerson, change: changePerson });
