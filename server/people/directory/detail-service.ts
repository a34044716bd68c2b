import { type Actor, can, type Role } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { faultInForm, type ImportField, type ImportRow, readRow } from "#domain/people/directory/import-row.ts";
import { nameKey, nameProblem, normaliseName } from "#domain/access/identity/name.ts";
import { OwnChangeRefused, ownTeamChange, type OwnChange } from "#domain/people/directory/import-plan.ts";
import { isPastLastDay } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { uniqueViolation } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { listImportBodies } from "./import-service.ts";
import { addPerson, changePerson, makeLineManager } from "./person-change.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import * as repository from "./repository.ts";
import { LAST_ADMINISTRATOR } from "./service.ts";
import { followChanges, joined, teamNamed } from "./effects.ts";

/** The fields of the form as typed; days as YYYY-MM-DD, or "" for none. */
export type TypedDetails = Record<
  Exclude<ImportField, "body" | "roles" | "awayFrom" | "firstName" | "surname">,
  string
>;

export type DetailResult =
  | { code: "done"; personId: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** No such person or team, or it belongs to another body, or the actor may not change it. */
  | { code: "not-found" };

/**
 * Adds somebody to the directory of the actor's body, by hand. If the form is sent twice, the second is refused because
 * the address is taken.
 */
export const addByHand = async (actor: Actor, details: TypedDetails, roles: readonly Role[]): Promise<DetailResult> =>
  save(actor, details, async (tx, row, at) => {
    const settled = await settle(tx, actor, row, null, at);
    if ("problems" in settled) return settled;
    const { fields, evidence } = settled;
    const added = { ...fields, roles: [...roles], status: "active" as const, externalId: null };
    if (isPastLastDay(added, calendarDay(at))) return wrong("leavesOn", "That day is over. Give a later one, or none.");
    const done = await addPerson(tx, actor.body, added, { by: actor.personId, authority: actor.personId, at });
    return { personId: done.personId, evidence: [...evidence, ...done.evidence], notices: done.notices };
  });

/** Changes somebody's directory entry, except their roles. */
export async function changeDetails(actor: Actor, personId: string, details: TypedDetails): Promise<DetailResult> {
  if (!(await repository.findDirectoryPerson(getDatabase(), actor.body, personId))) return { code: "not-found" };
  return save(actor, details, async (tx, row, at) => {
    const before = await repository.lockPerson(tx, actor.body, personId);
    if (!before) return null;
    const settled = await settle(tx, actor, row, personId, at);
    if ("problems" in settled) return settled;
    const { fields, evidence } = settled;
    const changedBy = { by: actor.personId, authority: actor.personId, at };
    const done = await changePerson(tx, { body: actor.body, personId }, fields, changedBy);
    if (done === "last-administrator") return wrong("leavesOn", LAST_ADMINISTRATOR);
    return done && { personId, evidence: [...evidence, ...done.evidence], notices: done.notices };
  });
}

/**
 * Sets the name and the manager of a team. The manager must belong to the body, and gets the role.
 * @param manager an e-mail address, or ""
 */
export async function changeTeam(
  actor: Actor,
  teamId: string,
  { name, manager }: { name: string; manager: string },
): Promise<DetailResult> {
  if (!can(actor, "person.manage", actor) || !(await repository.findTeamRow(getDatabase(), actor.body, teamId)))
    return { code: "not-found" };
  const requested = normaliseName(name);
  const reason = requested === "" ? "Enter the name." : nameProblem(requested);
  if (reason !== null) return wrongResult("name", faultInForm({ row: 0, field: "name", reason }));
  return attempt(async (tx, at) => {
    const { body, personId: by } = actor;
    await lockDirectory(tx, body);
    const team = await repository.findTeamRow(tx, body, teamId);
    if (!team) return null;
    const email = normaliseEmail(manager);
    const found = email === "" ? null : await repository.findActiveByEmail(tx, body, email);
    if (email !== "" && !found) return wrong("manager", nobodyHas(email));
    const twin = (await repository.listTeamNames(tx, body)).find(
      (one) => one.id !== teamId && nameKey(one.name) === nameKey(requested),
    );
    if (twin) return wrong("name", `There is a team “${twin.name}” already.`);
    const managerId = found?.id ?? null;
    const before = team.manager?.id ?? null;
    if (team.name === requested && before === managerId) return { personId: teamId, evidence: [], notices: [] };
    const isOwnTeam = (await repository.lockPerson(tx, body, by))?.teamId === teamId;
    const what = ownTeamChange(by, { before, after: managerId, isOwnTeam });
    if (what) throw new OwnChangeRefused(what, by);
    await repository.updateTeam(tx, teamId, { name: requested, managerId });
    const changed: EvidenceEvent = {
      body,
      event: "team.changed",
      at,
      actor: by,
      subject: teamId,
      data: { manager: managerId },
      detail: { before: team.name, after: requested },
    };
    const made = await makeLineManager(tx, body, managerId, { by, authority: by, at });
    const own = { evidence: [changed, ...made.evidence], notices: made.notices };
    return { personId: teamId, ...joined([own, await followChanges(tx, body, { by, at })]) };
  });
}

type Written = { personId: string; evidence: EvidenceEvent[]; notices: NonNullable<Change<unknown>["notices"]> };
type Wrong = { problems: FieldProblem[] };
type Write = (tx: Tx, at: Date) => Promise<Written | Wrong | null>;

/** Thrown to roll back the transaction. */
class Refused extends Error {
  constructor(readonly problems: readonly FieldProblem[]) {
    super("The form has to be put right.");
  }
}

const wrong = (field: string, message: string): Wrong => ({ problems: [{ field, message }] });
const wrongResult = (field: string, message: string): DetailResult => ({ code: "invalid", ...wrong(field, message) });
const nobodyHas = (email: string) => `Nobody who works here has the address ${email}.`;

async function save(
  actor: Actor,
  details: TypedDetails,
  write: (tx: Tx, row: ImportRow, at: Date) => ReturnType<Write>,
): Promise<DetailResult> {
  if (!can(actor, "person.manage", actor)) return { code: "not-found" };
  const bodies = (await listImportBodies()).filter(({ slug }) => slug === actor.body);
  const read = readRow(0, details, bodies);
  if ("faults" in read)
    return {
      code: "invalid",
      problems: read.faults.map((fault) => ({ field: fault.field ?? "", message: faultInForm(fault) })),
    };
  return attempt(async (tx, at) => {
    await lockDirectory(tx, actor.body);
    return write(tx, read.row, at);
  });
}

async function attempt(write: Write): Promise<DetailResult> {
  const at = clock.now();
  try {
    return await transact(async (tx): Promise<Change<DetailResult>> => {
      const written = await write(tx, at);
      if (!written) return { result: { code: "not-found" }, evidence: [] };
      if ("problems" in written) throw new Refused(written.problems); // a team may have been created by now
      const { personId, ...rest } = written;
      return { result: { code: "done", personId }, ...rest };
    });
  } catch (error) {
    if (error instanceof Refused) return { code: "invalid", problems: error.problems };
    if (error instanceof OwnChangeRefused) return wrongResult(fieldOf(error.what), error.message);
    if (uniqueViolation(error)?.model !== "Person") throw error;
    return wrongResult("email", "Somebody in this portal has this address already. Search for them first.");
  }
}

/** The form field whose change would affect the sender's own permissions. */
function fieldOf(what: OwnChange): string {
  const fields = {
    roles: "roles",
    team: "team",
    "line-manager": "manager",
    reports: "manager",
    "first-day": "startsOn",
    state: "leavesOn",
    leaving: "leavesOn",
  };
  return fields[what];
}

/** The form as directory fields, with its team (created if new) and its line manager. */
async function settle(tx: Tx, { body, personId: by }: Actor, row: ImportRow, personId: string | null, at: Date) {
  const { email, name, employer, team, manager, kind, startsOn, leavesOn, awayUntil } = row;
  if (employer === undefined) return wrong("employer", "Choose one.");
  const found = manager ? await repository.findActiveByEmail(tx, body, manager) : null;
  if (manager && !found) return wrong("manager", nobodyHas(manager));
  if (found && personId !== null && (await repository.leadsTo(tx, found.id, personId)))
    return wrong("manager", "That would go round in a circle: their line manager is under them.");
  const named = team ? await teamNamed(tx, body, team, { by, at }) : null;
  const days = { startsOn: startsOn ?? null, leavesOn: leavesOn ?? null, awayUntil: awayUntil ?? null };
  const fields = {
    email,
    name,
    employer,
    teamId: named?.id ?? null,
    managerId: found?.id ?? null,
    kind: kind ?? ("employee" as const),
    ...days,
  };
  return { fields, evidence: named?.evidence ?? [] };
}
