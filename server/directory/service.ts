import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import { can } from "#domain/access/permission.ts";
import type { EvidenceEvent } from "#domain/evidence/event.ts";
import { clock } from "#server/clock.ts";
import { transact, type Change } from "#server/evidence/transact.ts";
import { endSessionsOf } from "#server/identity/service.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { releaseFromGroups } from "#server/group/leaver-service.ts";
import { changePerson } from "./person-change.ts";
import { listByIds, listTeams, writeTeam } from "./repository.ts";

export type PersonResult =
  | { code: "done" }
  | { code: "refused"; message: string }
  /** No such person, or another body's, or not for the actor to say. */
  | { code: "not-found" };

/**
 * Says that somebody has left: their sessions end at once, and the administrators of their groups are to take them out.
 * Until the directory feeds this, an administrator says so (issue 6, item 9). Saying it twice is harmless.
 */
export async function markLeft(actor: Actor, personId: string): Promise<PersonResult> {
  return manage(actor, personId, (tx, at) => setStatus(tx, actor, personId, { status: "left", at }));
}

/**
 * Says that somebody changed role or team, and which team they are in now. They sign in again; the administrators of
 * their groups take them out, or say that they stay.
 * @param teamId a team of the body, or null for none
 */
export async function markMoved(actor: Actor, personId: string, teamId: string | null): Promise<PersonResult> {
  return manage(actor, personId, async (tx, at) => {
    const [person] = await listByIds(tx, actor.body, [personId]);
    if (person?.hasLeft) return { code: "refused", message: "They have left. Say first that they are back." };
    const teams = await listTeams(tx, actor.body);
    if (teamId !== null && !teams.some(({ id }) => id === teamId))
      return { code: "refused", message: "Choose the team they are in now." };
    await writeTeam(tx, personId, teamId);
    await endSessionsOf(tx, personId);
    const { evidence, notices, count } = await releaseFromGroups(tx, { body: actor.body, personId }, { by: actor.personId, reason: "changed-role", at }); // prettier-ignore
    return [[eventOn(actor, personId, at, "person.moved", { groups: count, team: teamId }), ...evidence], notices];
  });
}

/** Takes it back that somebody has left. Groups that they were taken out of meanwhile need a new consent. */
export async function markReturned(actor: Actor, personId: string): Promise<PersonResult> {
  return manage(actor, personId, (tx, at) => setStatus(tx, actor, personId, { status: "active", at }));
}

async function setStatus(
  tx: Prisma.TransactionClient,
  { body, personId: by }: Actor,
  personId: string,
  { status, at }: { status: "active" | "left"; at: Date },
): ReturnType<Write> {
  const done = await changePerson(tx, { body, personId }, { status }, { by, at });
  if (done === "last-administrator") return { code: "refused", message: LAST_ADMINISTRATOR };
  return done ? [done.evidence, done.notices] : [];
}

const LAST_ADMINISTRATOR = "They are the only administrator. Make somebody else one first.";

type Told = NonNullable<Change<unknown>["notices"]>;
type Write = (
  tx: Prisma.TransactionClient,
  at: Date,
) => Promise<[] | [EvidenceEvent[], Told?] | Extract<PersonResult, { code: "refused" }>>;

async function manage(actor: Actor, personId: string, write: Write): Promise<PersonResult> {
  if (!can(actor, "person.manage", actor)) return { code: "not-found" };
  const at = clock.now();
  return transact(async (tx): Promise<Change<PersonResult>> => {
    const [person] = await listByIds(tx, actor.body, [personId]);
    if (!person) return { result: { code: "not-found" }, evidence: [] };
    if (personId === actor.personId)
      return { result: { code: "refused", message: "Another administrator has to say this of you." }, evidence: [] };
    const outcome = await write(tx, at);
    if (!Array.isArray(outcome)) return { result: outcome, evidence: [] };
    const [evidence = [], notices = []] = outcome;
    return { result: { code: "done" }, evidence, notices };
  });
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
