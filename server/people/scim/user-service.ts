import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import { absenceSteps } from "#domain/people/absence/absence.ts";
import { OwnChangeRefused } from "#domain/people/directory/import-plan.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Followed } from "#server/base/connections.ts";
import { notFound, ScimError } from "#domain/people/scim/error.ts";
import { type PatchOperation, readableOperations, readPatch } from "#domain/people/scim/group.ts";
import { checkNames, readUser, type RequestedUser } from "#domain/people/scim/user.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { uniqueViolation, untilUnique } from "#server/base/db/until-unique.ts";
import { writeAbsences } from "#server/people/absence/effects.ts";
import { listSaidAbsences } from "#server/people/absence/queries.ts";
import { addPerson, changePerson, type PersonChange } from "#server/people/directory/person-change.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { checkUser } from "./definition-writer.ts";
import { type IfMatch, isStill, refuseOwnChange, type ScimProgram, takeTurn, tellNotDone } from "./program-rules.ts";
import {
  clearedFields,
  directoryFieldsOf,
  EMPTY,
  type Fields,
  isRequested,
  leavingIn,
  NAMES,
  normaliseUser,
  patchUser,
  rolesByGroups,
  scimFieldsOf,
  saysRoles,
  singleOperations,
} from "./user-rules.ts";
import * as repository from "./repository.ts";
import { clearableAttributesOf, toPatch, toResource, withNotDone } from "./user-writer.ts";

type Json = Record<string, unknown>;

/**
 * Adds somebody new. Somebody known who has left, or whom the program has deleted, is taken up again.
 * @throws ScimError 400 for invalid input; 409 uniqueness if the user name or e-mail address is in use
 */
export async function createUser(program: ScimProgram, sent: Json): Promise<Json> {
  const { body, reference: by, madeById: authority } = program;
  const requested = readUser(checkUser(normaliseUser(sent)));
  checkNames(requested);
  return change(program, async (tx) => {
    const at = clock.now();
    await takeTurn(tx, program);
    await repository.freeUserNames(tx, keysOf(requested));
    const holder = await findKnown(tx, body, requested);
    const { fields, evidence } = await directoryFieldsOf(tx, program, requested, null, at);
    const roles = [
      ...(fields.roles ?? []),
      ...rolesByGroups(holder && (await repository.findUser(tx, body, holder.id))),
    ];
    const fresh: Fields = { ...EMPTY, ...fields, roles, status: requested.active === false ? "left" : "active" };
    const done = holder
      ? checked(await changePerson(tx, { body, personId: holder.id }, fresh, { by, authority, at }))
      : await addPerson(tx, body, fresh, { by, authority, at });
    await repository.writeScimUser(tx, done.personId, { ...scimFieldsOf(requested, null), deletedAt: null });
    const absences = await followAbsence(tx, program, done.personId, requested.absence, at);
    const all = [...evidence, ...done.evidence, ...absences.evidence];
    const notices = [...done.notices, ...absences.notices];
    return { ...done, evidence: all, notices, result: await read(tx, body, done.personId) };
  });
}

/**
 * Who a new user is already: somebody of the body who has gone, by user name or address or, where nobody has these, by
 * externalId.
 * @throws ScimError 409 if it is somebody else, or somebody who is still there
 */
async function findKnown(tx: Tx, body: string, requested: RequestedUser) {
  const { externalId } = requested;
  const [named, ...others] = await repository.listHolders(tx, keysOf(requested));
  const holder = named ?? (externalId === undefined ? null : await repository.findByExternalId(tx, body, externalId));
  if (holder && (others.length > 0 || holder.body !== body || !holder.hasGone)) throw inUse();
  if (externalId !== undefined) await repository.freeExternalId(tx, body, externalId, holder?.id ?? null);
  return holder;
}

/** Replaces a user. Values that the program has never set stay as they are. Who leaves by it leaves: see `leaversFirst`. */
export function replaceUser(program: ScimProgram, id: string, sent: Json, ifMatch: IfMatch): Promise<Json> {
  const whole = async () => {
    const requested = readUser(checkUser(normaliseUser(sent)));
    return update(program, id, ifMatch, (row) => {
      const cleared = (row.scimUser?.said ?? []).filter((name) => !isRequested(requested, name));
      const hasName = requested.displayName ?? requested.formattedName ?? requested.givenName ?? requested.familyName;
      return { requested: hasName ? requested : { ...requested, displayName: row.name }, cleared };
    });
  };
  return leaversFirst(program, id, ifMatch, { whole, sent: () => [{ op: "replace", value: normaliseUser(sent) }] });
}

/** Applies a patch to a user: all of it, or nothing if one operation fails; but see `leaversFirst`. */
export function patchUserById(program: ScimProgram, id: string, sent: unknown, ifMatch: IfMatch): Promise<Json> {
  const whole = async () => patchBy(program, id, ifMatch, singleOperations(readPatch(sent), id));
  return leaversFirst(program, id, ifMatch, { whole, sent: () => readableOperations(sent) });
}

const patchBy = (program: ScimProgram, id: string, ifMatch: IfMatch, operations: readonly PatchOperation[]) =>
  update(program, id, ifMatch, async (row) => {
    const before = toPatch(row);
    const after = await patchUser(before, operations);
    const has = clearableAttributesOf(after);
    const cleared = clearableAttributesOf(before).filter((name) => !has.includes(name));
    const requested = readUser(checkUser(after));
    // Roles that were only read are not said again: whoever says all of them confirms them.
    const { any, all } = saysRoles(operations);
    return { requested: any ? requested : { ...requested, roles: undefined }, cleared, saysAllRoles: all };
  });

/**
 * Does what was asked. Where that is refused and somebody would have left by it, they leave all the same: nobody stays
 * signed in because another attribute does not fit. Of the rest, whatever fits is done, each in a transaction of its own;
 * the answer and a notice to the administrators say what was not.
 * @param sent the operations, as far as they can be read
 * @throws ScimError where nobody leaves, or where it is the leaving that is refused
 */
async function leaversFirst(
  program: ScimProgram,
  id: string,
  ifMatch: IfMatch,
  { whole, sent }: { whole: () => Promise<Json>; sent: () => PatchOperation[] },
): Promise<Json> {
  try {
    return await whole();
  } catch (error) {
    const leaving = isRefusal(error) ? leavingIn(sent(), id) : null;
    if (!isRefusal(error) || !leaving) throw error;
    let user = await patchBy(program, id, ifMatch, [leaving.operation]);
    const reasons = new Set([error.message]);
    for (const operation of leaving.rest)
      try {
        user = await patchBy(program, id, null, [operation]);
      } catch (another) {
        if (!(another instanceof ScimError)) throw another;
        reasons.add(another.message);
      }
    await tellNotDone(program, id, [...reasons]);
    return withNotDone(user, [...reasons]);
  }
}

/** Whether it is what was sent that does not fit; not the token, the person or the version. */
const isRefusal = (error: unknown): error is ScimError =>
  error instanceof ScimError && ![401, 404, 412].includes(error.status);

/**
 * Deletes a user: they leave at once, lose their roles and groups, and the program no longer sees them. The person
 * stays in the directory, because evidence refers to them.
 */
export async function deleteUser(program: ScimProgram, id: string, ifMatch: IfMatch): Promise<void> {
  const { body, reference: by, madeById: authority } = program;
  await change(program, async (tx) => {
    const at = clock.now();
    await takeTurn(tx, program);
    await repository.lockGroupsOf(tx, id);
    const row = await mustFind(tx, body, id, ifMatch);
    const left = { status: "left", roles: ["employee"] } as const; // the externalId stays: they are known by it
    const done = checked(
      await changePerson(tx, { body, personId: id }, { ...left, roles: [...left.roles] }, { by, authority, at }),
    );
    await repository.leaveGroups(tx, id, at);
    const userName = row.scimUser?.userName ?? row.email;
    await repository.writeDeleted(tx, id, { userName, userNameKey: normaliseEmail(userName), said: [] }, at);
    return { ...done, result: null };
  });
}

type RequestedChange = { requested: RequestedUser; cleared: readonly string[]; saysAllRoles?: boolean };

function update(
  program: ScimProgram,
  id: string,
  ifMatch: IfMatch,
  requestChange: (row: repository.UserRow) => RequestedChange | Promise<RequestedChange>,
) {
  const { body, reference: by, madeById: authority } = program;
  return change(program, async (tx) => {
    const at = clock.now();
    // Always locked before the person: see changePerson.
    await takeTurn(tx, program);
    await tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${id} AND body = ${body} FOR NO KEY UPDATE`;
    const row = await mustFind(tx, body, id, ifMatch);
    const { requested, cleared, saysAllRoles } = await requestChange(row);
    checkNames(requested, knownOf(row));
    await repository.freeUserNames(tx, keysOf(requested));
    if ((await repository.listHolders(tx, keysOf(requested))).some((one) => one.id !== id)) throw inUse();
    const { externalId } = requested;
    if (externalId !== undefined && externalId !== row.externalId)
      await repository.freeExternalId(tx, body, externalId, id);
    const settled = await directoryFieldsOf(tx, program, requested, row, at);
    const fields = { ...clearedFields(cleared, row), ...settled.fields };
    const status =
      requested.active === undefined ? {} : { status: requested.active ? ("active" as const) : ("left" as const) };
    const changedBy = { by, authority, at, ...(saysAllRoles !== undefined && { saysAllRoles }) };
    const done = checked(await changePerson(tx, { body, personId: id }, { ...fields, ...status }, changedBy));
    const { evidence, isChanged } = await writeRequested(tx, row, requested, { cleared, by, at });
    const absence = requested.absence ?? (cleared.includes("awayFrom") ? null : undefined);
    const absences = await followAbsence(tx, program, id, absence, at);
    if ((isChanged || absences.evidence.length > 0) && done.code === "same") await repository.touchPerson(tx, id, at);
    const all = [...settled.evidence, ...done.evidence, ...evidence, ...absences.evidence];
    const notices = [...done.notices, ...absences.notices];
    return { ...done, evidence: all, notices, result: await read(tx, body, id) };
  });
}

/** Records when somebody is away, as the program says. @param said null for no absence; undefined changes nothing */
async function followAbsence(
  tx: Tx,
  { body, reference: by }: ScimProgram,
  personId: string,
  said: DayRange | null | undefined,
  at: Date,
): Promise<Followed> {
  if (said === undefined) return { evidence: [], notices: [] };
  const known = await listSaidAbsences(tx, personId, "scim");
  const steps = absenceSteps(known, said, calendarDay(at)).map((step) => ({ ...step, personId }));
  return writeAbsences(tx, steps, { body, source: "scim", by, recordedById: null, at });
}

async function mustFind(tx: Tx, body: string, id: string, ifMatch: IfMatch): Promise<repository.UserRow> {
  const row = await repository.findUser(tx, body, id);
  if (!row) throw notFound(id);
  const { meta } = toResource(row);
  const version = typeof meta === "object" && meta !== null && "version" in meta ? meta.version : null;
  if (!isStill(version, ifMatch)) throw new ScimError(412, null, "It has changed since you read it. Read it again.");
  return row;
}

async function read(tx: Tx, body: string, id: string): Promise<Json> {
  const row = await repository.findUser(tx, body, id);
  if (!row) throw notFound(id);
  return toResource(row);
}

async function writeRequested(
  tx: Tx,
  row: repository.UserRow,
  requested: RequestedUser,
  { cleared, by, at }: { cleared: readonly string[]; by: string; at: Date },
) {
  const fields = scimFieldsOf(requested, row, cleared);
  const before = row.scimUser;
  const isSame = before !== null && String(before.said) === String(fields.said);
  const changed = NAMES.filter((name) => (before?.[name] ?? (name === "userName" ? row.email : null)) !== fields[name]);
  if (isSame && changed.length === 0) return { evidence: [], isChanged: false };
  await repository.writeScimUser(tx, row.id, { ...fields, deletedAt: null });
  if (changed.length === 0) return { evidence: [], isChanged: false };
  const of = (source: Partial<Record<(typeof NAMES)[number], string | null>> | null) =>
    JSON.stringify(Object.fromEntries(changed.map((name) => [name, source?.[name] ?? null])));
  const event: EvidenceEvent = {
    body: row.body,
    event: "person.changed",
    at,
    actor: by,
    subject: row.id,
    data: { fields: changed.join(" ") },
    detail: { before: of(before), after: of(fields) },
  };
  return { evidence: [event], isChanged: true };
}

const keysOf = ({ userName, email }: RequestedUser): string[] => [...new Set([normaliseEmail(userName), email])];

/** The names and addresses stored for somebody. */
const knownOf = ({ name, email, employer, team, scimUser }: repository.UserRow) => [
  name,
  email,
  employer,
  team?.name,
  scimUser?.userName,
  scimUser?.givenName,
  scimUser?.familyName,
  scimUser?.formattedName,
];

function checked(done: PersonChange | "last-administrator" | null): PersonChange {
  if (done === null) throw notFound("");
  if (done !== "last-administrator") return done;
  const why = "they are the only administrator of the body. Make somebody else one first.";
  throw new ScimError(400, "mutability", `"active" and "roles": ${why}`);
}

/** The same for the program's own body and for others, so that it does not reveal who works where. */
const inUse = () => new ScimError(409, "uniqueness", "The userName, the e-mail address or the externalId is in use.");

/**
 * Runs it in one transaction. If two requests send the same person at once, the second is told that they are in use.
 */
export async function change<Result>(
  program: ScimProgram,
  write: (tx: Tx) => Promise<Omit<Change<Result>, "evidence"> & { evidence: EvidenceEvent[] }>,
): Promise<Result> {
  try {
    return await untilUnique("Team", () => transact(async (tx): Promise<Change<Result>> => write(tx)));
  } catch (error) {
    if (error instanceof OwnChangeRefused) throw await refuseOwnChange(program, error);
    const model = uniqueViolation(error)?.model;
    if (model === "Person" || model === "ScimUser") throw inUse();
    if (model === "DirectoryGroup") throw new ScimError(409, "uniqueness", "Another group has this displayName.");
    throw error;
  }
}
