import "server-only";
import type { Role } from "#domain/access/role.ts";
import type { EvidenceEvent } from "#domain/evidence/event.ts";
import { notFound, ScimError } from "#domain/scim/error.ts";
import { readPatch, roleOfGroup } from "#domain/scim/group.ts";
import { derivedName, readUser, type Clearable, type SaidUser } from "#domain/scim/user.ts";
import { clock } from "#server/clock.ts";
import { loadContent } from "#server/content/store.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { uniqueViolation } from "#server/db/unique-violation.ts";
import { untilUnique } from "#server/db/until-unique.ts";
import { addPerson, changePerson, type PersonChange } from "#server/directory/person-change.ts";
import { teamNamed } from "#server/directory/team-service.ts";
import { getEnv } from "#server/env.ts";
import { transact, type Change } from "#server/evidence/transact.ts";
import { lockAdministrators } from "#server/identity/queries.ts";
import { checkUser } from "./definition.ts";
import { leaveGroups, lockGroupsOf } from "./group-repository.ts";
import { isStill, type IfMatch, type ScimProgram } from "./program.ts";
import { patchUser, tidyUser } from "./user-patch.ts";
import { findUser, listHolders, listSeen, touchPerson, writeDeleted, writeScimUser, type UserRow } from "./user-repository.ts"; // prettier-ignore
import { sayingOf, toPatch, toResource } from "./user-resource.ts";

type Tx = Prisma.TransactionClient;
type Json = Record<string, unknown>;
type Fields = Parameters<typeof addPerson>[2];

/**
 * Adds somebody whom the program has not sent before, or takes up again whom it has deleted.
 * @throws ScimError 400 for what has to be put right; 409 uniqueness where user name or e-mail address is in use
 */
export async function createUser(program: ScimProgram, sent: Json): Promise<Json> {
  const { body } = program;
  const said = readUser(checkUser(tidyUser(sent)));
  return change(async (tx) => {
    const at = clock.now();
    await lockAdministrators(tx, body);
    const [holder, ...others] = await listHolders(tx, keysOf(said));
    if (holder && (others.length > 0 || holder.body !== body || !holder.isDeleted)) throw inUse();
    const fields = await fieldsOf(tx, program, said, null);
    const fresh: Fields = { ...EMPTY, ...fields, status: said.active === false ? "left" : "active" };
    const done = holder
      ? checked(await changePerson(tx, { body, personId: holder.id }, fresh, { by: program.reference, at }))
      : await addPerson(tx, body, fresh, { by: program.reference, at });
    await writeScimUser(tx, done.personId, { ...scimFieldsOf(said, null), deletedAt: null });
    return { ...done, result: await read(tx, body, done.personId) };
  });
}

/** Puts a user in place of the one who is there. What the program has never said stays as it is. */
export function replaceUser(program: ScimProgram, id: string, sent: Json, ifMatch: IfMatch): Promise<Json> {
  const said = readUser(checkUser(tidyUser(sent)));
  return update(program, id, ifMatch, async (row) => {
    const cleared = (row.scimUser?.said ?? []).filter((name) => !isSaid(said, name));
    const hasName = said.displayName ?? said.formattedName ?? said.givenName ?? said.familyName;
    return { said: hasName ? said : { ...said, displayName: row.name }, cleared };
  });
}

/** Changes a user as a patch says: all of it, or, where one operation cannot be done, nothing. */
export function patchUserById(program: ScimProgram, id: string, sent: unknown, ifMatch: IfMatch): Promise<Json> {
  const operations = readPatch(sent);
  return update(program, id, ifMatch, async (row) => {
    const before = toPatch(row);
    const after = await patchUser(before, operations);
    const has = sayingOf(after);
    const cleared = sayingOf(before).filter((name) => !has.includes(name));
    return { said: readUser(checkUser(after)), cleared };
  });
}

/**
 * Takes somebody away: they leave at once, their roles and groups go, and the program sees them no more. The person stays
 * in the directory, because evidence names them.
 */
export async function deleteUser(program: ScimProgram, id: string, ifMatch: IfMatch): Promise<void> {
  const { body, reference: by } = program;
  await change(async (tx) => {
    const at = clock.now();
    await lockAdministrators(tx, body);
    await lockGroupsOf(tx, id);
    const row = await mustFind(tx, body, id, ifMatch);
    const left = { status: "left", roles: ["employee"], externalId: null } as const;
    const done = checked(await changePerson(tx, { body, personId: id }, { ...left, roles: [...left.roles] }, { by, at }));
    await leaveGroups(tx, id, at);
    const userName = row.scimUser?.userName ?? row.email;
    await writeDeleted(tx, id, { userName, userNameKey: userName.toLowerCase(), said: [] }, at);
    return { ...done, result: null };
  });
}

type Wish = { said: SaidUser; cleared: readonly string[] };

function update(program: ScimProgram, id: string, ifMatch: IfMatch, wish: (row: UserRow) => Promise<Wish>) {
  const { body, reference: by } = program;
  return change(async (tx) => {
    const at = clock.now();
    // Before the person, always: see changePerson.
    await lockAdministrators(tx, body);
    await tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${id} AND body = ${body} FOR UPDATE`;
    const row = await mustFind(tx, body, id, ifMatch);
    const { said, cleared } = await wish(row);
    if ((await listHolders(tx, keysOf(said))).some((one) => one.id !== id)) throw inUse();
    const fields = { ...clearedFields(cleared, row), ...(await fieldsOf(tx, program, said, row)) };
    const status = said.active === undefined ? {} : { status: said.active ? ("active" as const) : ("left" as const) };
    const done = checked(await changePerson(tx, { body, personId: id }, { ...fields, ...status }, { by, at }));
    const { evidence, isChanged } = await writeSaid(tx, row, said, { cleared, by, at });
    if (isChanged && done.code === "same") await touchPerson(tx, id, at);
    return { ...done, evidence: [...done.evidence, ...evidence], result: await read(tx, body, id) };
  });
}

async function mustFind(tx: Tx, body: string, id: string, ifMatch: IfMatch): Promise<UserRow> {
  const row = await findUser(tx, body, id);
  if (!row) throw notFound(id);
  const { meta } = toResource(row);
  const version = typeof meta === "object" && meta !== null && "version" in meta ? meta.version : null;
  if (!isStill(version, ifMatch)) throw new ScimError(412, null, "It has changed since you read it. Read it again.");
  return row;
}

async function read(tx: Tx, body: string, id: string): Promise<Json> {
  const row = await findUser(tx, body, id);
  if (!row) throw notFound(id);
  return toResource(row);
}

const EMPTY: Fields = {
  ...{ email: "", name: "", employer: "", teamId: null, managerId: null, roles: [], status: "active", kind: "employee" },
  ...{ startsOn: null, leavesOn: null, awayUntil: null, externalId: null },
};

/** What the directory keeps of what was said; what was not said is left out. */
async function fieldsOf(tx: Tx, { body }: ScimProgram, said: SaidUser, row: UserRow | null) {
  const { email, externalId, kind, roles, department, organization, managerId } = said;
  const name = said.displayName ?? derivedName(said);
  const isNewManager = managerId !== undefined && managerId !== row?.managerId;
  if (isNewManager && (managerId === row?.id || (await listSeen(tx, body, [managerId])).length === 0))
    throw new ScimError(400, "invalidValue", `"${managerId}" is no other user here, so nobody's manager.`);
  const employer = await employerOf(body, organization, row);
  return {
    ...{ email, name, ...(employer !== undefined && { employer }) },
    ...(externalId !== undefined && { externalId }),
    ...(kind && { kind }),
    ...(roles && { roles: [...roles, ...rolesByGroups(row)] }),
    ...(department !== undefined && { teamId: await teamNamed(tx, body, department) }),
    ...(managerId !== undefined && { managerId }),
  };
}

function clearedFields(cleared: readonly string[], row: UserRow): Partial<Fields> {
  return {
    ...(cleared.includes("externalId") && { externalId: null }),
    ...(cleared.includes("department") && { teamId: null }),
    ...(cleared.includes("manager") && { managerId: null }),
    ...(cleared.includes("userType") && { kind: "employee" as const }),
    ...(cleared.includes("roles") && { roles: rolesByGroups(row) }),
  };
}

function rolesByGroups(row: UserRow | null): Role[] {
  const { scimGroupRoles } = getEnv();
  return (row?.directoryGroups ?? []).flatMap(({ group }) => roleOfGroup(group.displayName, scimGroupRoles) ?? []);
}

/**
 * Which of the body's employers is meant. A body with one needs no name; with several, a name that is none of them is a
 * mistake that only the program can put right.
 */
async function employerOf(body: string, organization: string | undefined, row: UserRow | null) {
  const found = (await loadContent()).bodies.find(({ slug }) => slug === body);
  const employers = found?.employers ?? [];
  const [only] = employers;
  if (organization === undefined || employers.length < 2) return row ? undefined : (only ?? found?.name ?? body);
  const named = employers.find((one) => one.toLowerCase() === organization.toLowerCase());
  if (named !== undefined || organization === row?.employer) return named ?? organization;
  throw new ScimError(400, "invalidValue", `"${organization}" is no organization here. It is one of ${employers.join(", ")}.`); // prettier-ignore
}

const NAMES = ["userName", "givenName", "familyName", "formattedName"] as const;

function scimFieldsOf(said: SaidUser, row: UserRow | null, cleared: readonly string[] = []) {
  const { userName, givenName, familyName, formattedName } = said;
  const names: readonly Clearable[] = ["externalId", "department", "manager", "roles", "userType", "organization"];
  const earlier = (row?.scimUser?.said ?? []).filter((name) => !cleared.includes(name));
  const now = names.filter((name) => isSaid(said, name) && (row === null || isNews(said, row, name)));
  return { userName, userNameKey: userName.toLowerCase(), givenName, familyName, formattedName, said: [...new Set([...earlier, ...now])] }; // prettier-ignore
}

function isSaid(said: SaidUser, name: string): boolean {
  const values: Record<string, unknown> = { ...said, userType: said.kind, manager: said.managerId };
  return values[name] !== undefined;
}

/** Whether a program says another thing than is there: what it only read and sent back is not its own. */
function isNews(said: SaidUser, row: UserRow, name: Clearable): boolean {
  const before: Record<Clearable, unknown> = { externalId: row.externalId, department: row.team?.name, manager: row.managerId, roles: row.roles.filter((role) => role !== "employee").join(" "), userType: row.kind, organization: row.employer }; // prettier-ignore
  const now: Record<Clearable, unknown> = { externalId: said.externalId, department: said.department, manager: said.managerId, roles: said.roles?.join(" "), userType: said.kind, organization: said.organization }; // prettier-ignore
  return String(before[name] ?? "") !== String(now[name] ?? "");
}

async function writeSaid(tx: Tx, row: UserRow, said: SaidUser, { cleared, by, at }: { cleared: readonly string[]; by: string; at: Date }) { // prettier-ignore
  const fields = scimFieldsOf(said, row, cleared);
  const before = row.scimUser;
  const isSame = before !== null && String(before.said) === String(fields.said);
  const changed = NAMES.filter((name) => (before?.[name] ?? (name === "userName" ? row.email : null)) !== fields[name]);
  if (isSame && changed.length === 0) return { evidence: [], isChanged: false };
  await writeScimUser(tx, row.id, { ...fields, deletedAt: null });
  if (changed.length === 0) return { evidence: [], isChanged: false };
  const of = (source: Partial<Record<(typeof NAMES)[number], string | null>> | null) => JSON.stringify(Object.fromEntries(changed.map((name) => [name, source?.[name] ?? null]))); // prettier-ignore
  const event: EvidenceEvent = {
    ...{ body: row.body, event: "person.changed", at, actor: by, subject: row.id },
    ...{ data: { fields: changed.join(" ") }, detail: { before: of(before), after: of(fields) } },
  };
  return { evidence: [event], isChanged: true };
}

function keysOf({ userName, email }: SaidUser): string[] {
  return [...new Set([userName.toLowerCase(), email])];
}

function checked(done: PersonChange | "last-administrator" | null): PersonChange {
  if (done === null) throw notFound("");
  if (done !== "last-administrator") return done;
  throw new ScimError(400, "mutability", "They are the only administrator of the body. Make somebody else one first.");
}

/** The same for one's own body and another: who is where is nobody's business. */
function inUse(): ScimError {
  return new ScimError(409, "uniqueness", "The userName, the e-mail address or the externalId is in use.");
}

/** Does it in one transaction; of two who send the same person at once, the second one finds them in use. */
export async function change<Result>(
  write: (tx: Tx) => Promise<Omit<Change<Result>, "evidence"> & { evidence: EvidenceEvent[] }>,
): Promise<Result> {
  try {
    return await untilUnique("Team", () => transact(async (tx): Promise<Change<Result>> => write(tx)));
  } catch (error) {
    const model = uniqueViolation(error)?.model;
    if (model === "Person" || model === "ScimUser") throw inUse();
    if (model === "DirectoryGroup") throw new ScimError(409, "uniqueness", "Another group has this displayName.");
    throw error;
  }
}
