import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { isStarting, joinedDay, type Placement } from "#domain/access/identity/person.ts";
import { normaliseEmail, type ProviderSubject, type UnreadGroups } from "#domain/access/identity/provider-claim.ts";
import { type Role, ROLES, rolesSchema } from "#domain/access/permission/permission.ts";
import { columns } from "#server/base/db/columns.ts";
import type { Prisma, Session } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";
import { lineManagerOf, withLineManager } from "#server/base/db/line-manager.ts";
import type { SampleDirectory } from "../../../prisma/seed/sample-people.ts";

const personFields = {
  ...columns("id", "body", "employer", "name", "email", "roles", "standsInAs", "status", "isSample", "startsOn"),
  team: { select: { id: true, name: true } },
} satisfies Prisma.PersonSelect;

/**
 * `startsOn`: first day with the body, YYYY-MM-DD, if the directory says. `standsInAs`: roles in which they act without
 * having them.
 */
export type PersonRecord = Omit<WithRoles<Prisma.PersonGetPayload<{ select: typeof personFields }>>, "standsInAs"> & {
  standsInAs: Role[];
};

type WithRoles<Row> = Omit<Row, "roles"> & { roles: Role[] };

const withRoles = <Row extends { roles: string[] }>(row: Row) => ({ ...row, roles: rolesSchema.parse(row.roles) });
const toRecord = <Row extends { roles: string[]; standsInAs: string[] }>(row: Row) => ({
  ...withRoles(row),
  standsInAs: rolesSchema.parse(row.standsInAs),
});

/** The person with this id, or null. */
export async function findPerson(tx: Tx, id: string): Promise<PersonRecord | null> {
  const row = await tx.person.findUnique({ where: { id }, select: personFields });
  return row && toRecord(row);
}

/** People by their ids; those that do not exist are left out. */
export async function findPeople(tx: Tx, ids: readonly string[]): Promise<PersonRecord[]> {
  const rows = await tx.person.findMany({ where: { id: { in: [...ids] } }, select: personFields });
  return rows.map(toRecord);
}

/** The person with this e-mail address, ignoring case, or null; sample people are not found this way. */
export async function findPersonByEmail(tx: Tx, email: string): Promise<PersonRecord | null> {
  const where = { email: normaliseEmail(email), isSample: false };
  const row = await tx.person.findFirst({ where, select: personFields });
  return row && toRecord(row);
}

/**
 * How many administrators a body has. Locks them until the transaction ends, so that if two lose the role at once, the
 * second count excludes the first.
 * @param withSample whether sample people count, who can sign in only in evaluation mode
 */
export async function countAdministrators(tx: Tx, body: string, withSample: boolean): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Person"
     WHERE body = ${body} AND status = 'active' AND 'administrator' = ANY(roles) AND (${withSample} OR NOT "isSample")
     ORDER BY id FOR NO KEY UPDATE`;
  return rows.length;
}

/** Sample people of these bodies, leavers included, in a fixed order. */
export async function listSamplePeopleOf(tx: Tx, bodies: readonly string[]): Promise<PersonRecord[]> {
  const rows = await tx.person.findMany({
    where: { isSample: true, body: { in: [...bodies] } },
    select: personFields,
    orderBy: [{ body: "asc" }, { name: "asc" }],
  });
  return rows.map(toRecord);
}

/** Adds the sample teams and people that are missing, and leaves the others as they are. */
export async function insertSampleDirectory(tx: Tx, directory: SampleDirectory): Promise<void> {
  const withoutManager = directory.teams.map(({ id, body, name }) => ({ id, body, name }));
  const added = await tx.team.createManyAndReturn({ data: withoutManager, skipDuplicates: true, select: { id: true } });
  await tx.person.createMany({ data: directory.people, skipDuplicates: true });
  // A team and its manager refer to each other, so new teams get their managers once the people exist.
  for (const { id, managerId } of directory.teams) {
    if (added.some((team) => team.id === id)) await tx.team.update({ where: { id }, data: { managerId } });
  }
}

const placementFields = {
  ...columns("id", "employer", "teamId", "roles", "kind", "createdAt", "startsOn", "returnedOn"),
  ...columns("teamSince", "employerSince", "kindSince", "rolesSince"),
} satisfies Prisma.PersonSelect;
const rolesSinceSchema = z.partialRecord(z.enum(ROLES), z.string().nullable()).nullable();

/** Where people are in their body, by id. @param today YYYY-MM-DD, in London */
export async function listPlacements(tx: Tx, ids: readonly string[], today: string): Promise<Map<string, Placement>> {
  const rows = await tx.person.findMany({ where: { id: { in: [...ids] } }, select: placementFields });
  return new Map(
    rows.map(({ createdAt, startsOn, returnedOn, roles, rolesSince, ...row }): [string, Placement] => [
      row.id,
      {
        ...row,
        roles: rolesSchema.parse(roles),
        rolesSince: rolesSinceSchema.parse(rolesSince) ?? {},
        joinedDay: joinedDay({ entered: createdAt, startsOn, returnedOn }),
        hasBegun: !isStarting({ startsOn }, today),
      },
    ]),
  );
}

const entryFields = {
  ...columns("createdAt", "kind", "startsOn", "leavesOn", "awayUntil"),
  ...withLineManager,
} satisfies Prisma.PersonSelect;

/** The rest of a person's directory entry; null if there is no such person. */
export async function findEntry(tx: Tx, personId: string) {
  const row = await tx.person.findUnique({ where: { id: personId }, select: entryFields });
  const manager = row && lineManagerOf(row);
  return row && { ...row, lineManager: manager && { ...manager, roles: rolesSchema.parse(manager.roles) } };
}

/** `seenAt`: when it was last used, to the minute; `isShared`: whether it was begun at a shared device. */
export type SessionRow = Pick<Session, "id" | "createdAt" | "seenAt" | "expiresAt" | "isShared" | "userAgent">;

/** The sessions of a person that have not ended, newest first. */
export const listSessionsOf = (tx: Tx, personId: string, now: Date): Promise<SessionRow[]> =>
  tx.session.findMany({
    where: { personId, expiresAt: { gt: now } },
    select: { id: true, createdAt: true, seenAt: true, expiresAt: true, isShared: true, userAgent: true },
    orderBy: { createdAt: "desc" },
  });

export type FoundSession = NonNullable<Awaited<ReturnType<typeof findSession>>>;

/** The session with this token, also one that has ended, and what may concern its person; null where there is none. */
export async function findSession(tx: Tx, token: string) {
  const fields = { ...columns("id", "seenAt", "expiresAt", "isShared", "provedAt"), person: { select: personFields } };
  // At the same moment, so that both go to the database together.
  const [row, concerns] = await Promise.all([
    tx.session.findFirst({ where: { token }, select: fields }),
    findConcerns(tx, token),
  ]);
  return row && { ...row, person: toRecord(row.person), concerns };
}

/**
 * Whether there is anything that may concern somebody as a person, or be their task if they have no role: more than is
 * needed, never less. `exceptions` are those they asked for, `sharedExceptions` those for their team or a group of
 * theirs; `people`: they lead somebody, or have stood in for somebody.
 */
export type Concerns = Record<
  | "exceptions"
  | "sharedExceptions"
  | "groups"
  | "phoneReturns"
  | "incidents"
  | "holds"
  | "consents"
  | "searches"
  | "samples"
  | "begun"
  | "receipts"
  | "people",
  boolean
>;

async function findConcerns(tx: Tx, token: string): Promise<Concerns | undefined> {
  const [found] = await tx.$queryRaw<
    Concerns[]
  >`SELECT EXISTS (SELECT 1 FROM "Exception" WHERE "requesterId" = p.id) AS "exceptions",
      EXISTS (SELECT 1 FROM "Exception" WHERE "teamId" = p."teamId")
        OR EXISTS (
          SELECT 1 FROM "GroupMember" m JOIN "Exception" e ON e."groupId" = m."groupId" WHERE m."personId" = p.id
        ) AS "sharedExceptions",
      EXISTS (SELECT 1 FROM "GroupMember" WHERE "personId" = p.id)
        OR EXISTS (SELECT 1 FROM "ChatGroup" WHERE "requesterId" = p.id) AS "groups",
      EXISTS (SELECT 1 FROM "PhoneReturn" WHERE "personId" = p.id) AS "phoneReturns",
      EXISTS (SELECT 1 FROM "Incident" WHERE "reporterId" = p.id)
        OR EXISTS (SELECT 1 FROM "Incident" WHERE "managerId" = p.id)
        OR EXISTS (SELECT 1 FROM "IncidentAction" WHERE "ownerId" = p.id) AS "incidents",
      EXISTS (
        SELECT 1 FROM "Hold" h WHERE h.body = p.body AND h."endedAt" IS NULL AND (
          h."isOnSubject"
          OR EXISTS (SELECT 1 FROM "HoldTarget" WHERE "holdId" = h.id AND "personId" = p.id)
          OR EXISTS (
            SELECT 1 FROM "HoldTarget" t JOIN "GroupMember" m ON m."groupId" = t."groupId"
            WHERE t."holdId" = h.id AND m."personId" = p.id
          )
        )
      ) AS "holds",
      EXISTS (SELECT 1 FROM "Consent" WHERE "personId" = p.id) AS "consents",
      EXISTS (SELECT 1 FROM "SearchRequest" WHERE "personId" = p.id) AS "searches",
      EXISTS (SELECT 1 FROM "SampledPerson" WHERE "personId" = p.id) AS "samples",
      EXISTS (SELECT 1 FROM "BegunForm" WHERE "personId" = p.id) AS "begun",
      EXISTS (SELECT 1 FROM "Receipt" WHERE "personId" = p.id) AS "receipts",
      EXISTS (SELECT 1 FROM "Person" WHERE "managerId" = p.id)
        OR EXISTS (SELECT 1 FROM "Team" WHERE "managerId" = p.id)
        OR EXISTS (SELECT 1 FROM "Deputy" WHERE "deputyId" = p.id) AS "people"
    FROM "Session" s JOIN "Person" p ON p.id = s."personId" WHERE s.token = ${token}`;
  return found;
}

/** Records that a session was used. */
export const writeSeen = (tx: Tx, id: string, seenAt: Date) =>
  tx.session.updateMany({ where: { id }, data: { seenAt } });

/** Lets a session end at a moment, unless it ends before. */
export const endSessionBy = (tx: Tx, id: string, expiresAt: Date) =>
  tx.session.updateMany({ where: { id, expiresAt: { gt: expiresAt } }, data: { expiresAt } });

/** Ends one session of a person, or with `others` all but that one. @returns how many there were */
export async function deleteSessions(tx: Tx, personId: string, sessions: { only: string } | { others: string }) {
  const id = "only" in sessions ? sessions.only : { not: sessions.others };
  const { count } = await tx.session.deleteMany({ where: { personId, id } });
  return count;
}

/** Signs one or several people out everywhere. @returns how many sessions there were */
export async function endSessionsOf(tx: Tx, personId: string | readonly string[]): Promise<number> {
  const { count } = await tx.session.deleteMany({ where: { personId: { in: [personId].flat() } } });
  return count;
}

/** Any number that no other lock uses; the second key is the body. */
const DIRECTORY_LOCK = 20_262;

/** Serialises changes to the directory of a body, so that managers never form a circle and one administrator stays. */
export async function lockDirectory(tx: Tx, body: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${DIRECTORY_LOCK}::int, hashtext(${body}))`;
}

/** The people who have a role in a body now, or stand in as it, by name: for services that notify them. */
export const listPeopleWithRole = (tx: Tx, body: string, role: Role) =>
  tx.person.findMany({
    where: { body, status: "active", OR: [{ roles: { has: role } }, { standsInAs: { has: role } }] },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });

const fields = { id: true, personId: true, providerId: true, accountId: true, createdAt: true } as const;
type Row = Prisma.AccountGetPayload<{ select: typeof fields }>;

/** An account at an identity provider with which a person signs in. */
export type BoundAccount = ReturnType<typeof toBound>;
const toBound = ({ id, personId, providerId, accountId, createdAt }: Row) => {
  return { id, personId, issuer: providerId, subject: accountId, boundAt: createdAt };
};

/** The binding of an account; null if it is not bound to anybody. */
export async function findAccount(tx: Tx, { issuer, subject }: ProviderSubject): Promise<BoundAccount | null> {
  const where = { providerId_accountId: { providerId: issuer, accountId: subject } };
  const row = await tx.account.findUnique({ where, select: fields });
  return row && toBound(row);
}

/** The accounts that a person is bound to, one for each provider, oldest first. */
export async function listAccountsOf(tx: Tx, personId: string): Promise<BoundAccount[]> {
  const rows = await tx.account.findMany({ where: { personId }, select: fields, orderBy: { createdAt: "asc" } });
  return rows.map(toBound);
}

/**
 * Binds a person to an account.
 * @returns its id
 * @throws a violation of a unique key if the account, or the person at this provider, is bound already
 */
export async function insertAccount(tx: Tx, { issuer, subject, personId, boundAt }: Omit<BoundAccount, "id">) {
  const id = randomUUID();
  const data = { id, providerId: issuer, accountId: subject, personId, createdAt: boundAt };
  await tx.account.create({ data, select: { id: true } });
  return id;
}

/** Releases a person from every account; their sessions end with it. @returns the accounts released */
export async function deleteAccountsOf(tx: Tx, personId: string): Promise<BoundAccount[]> {
  await tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${personId} FOR UPDATE`; // of two releases at once, one takes effect
  const bound = await listAccountsOf(tx, personId);
  await tx.account.deleteMany({ where: { personId } });
  return bound;
}

/** When the journal last recorded that another account was refused for a person. */
export async function findRefusedAt(tx: Tx, { body, personId }: { body: string; personId: string }) {
  const where = { body, subject: personId, event: "account.refused" };
  const row = await tx.evidence.findFirst({ where, select: { at: true }, orderBy: { position: "desc" } });
  return row && row.at;
}

/** Everybody who is bound to an account, in pages by id: for the command that releases everybody. */
export async function listBoundPeople(
  tx: Tx,
  { body, after, take }: { body: string | null; after: string; take: number },
): Promise<string[]> {
  const where = { id: { gt: after }, accounts: { some: {} }, ...(body !== null && { body }) };
  const rows = await tx.person.findMany({ where, select: { id: true }, orderBy: { id: "asc" }, take });
  return rows.map(({ id }) => id);
}

/** A sign-in that was begun at the provider and is not finished yet. */
const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  /** The person who is signed in already and has to prove who they are; null for an ordinary sign-in. */
  again: z.string().nullable().default(null),
  /** Whether it was begun at a shared device. */
  isShared: z.boolean().default(false),
});
export type StoredAttempt = z.infer<typeof attemptSchema>;

const identifierOf = (state: string) => `sign-in/${createHash("sha256").update(state).digest("hex")}`;

/** Stores an attempt until `expiresAt`; deletes expired ones. */
export async function insertAttempt(
  tx: Tx,
  attempt: StoredAttempt,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> {
  await tx.verification.deleteMany({ where: { identifier: { startsWith: "sign-in/" }, expiresAt: { lt: now } } });
  const identifier = identifierOf(attempt.state);
  await tx.verification.create({ data: { id: randomUUID(), identifier, value: JSON.stringify(attempt), expiresAt } });
}

/** Takes the attempt with this state; null the second time, or once it has expired. */
export async function takeAttempt(tx: Tx, state: string, now: Date): Promise<StoredAttempt | null> {
  const identifier = identifierOf(state);
  const found = await tx.verification.findFirst({ where: { identifier, expiresAt: { gt: now } } });
  const { count } = await tx.verification.deleteMany({ where: { identifier } });
  return found && count === 1 ? attemptSchema.parse(JSON.parse(found.value)) : null;
}

/** Whether a sign-in that is not finished yet was begun with this state, in whichever browser. */
export const isAttemptOpen = async (tx: Tx, state: string, now: Date): Promise<boolean> =>
  (await tx.verification.count({ where: { identifier: identifierOf(state), expiresAt: { gt: now } } })) > 0;

/** Keeps since when the provider's groups do not say somebody's roles any more, and why. @returns false if it is kept already */
export async function writeRolesUnconfirmed(
  tx: Tx,
  personId: string,
  { since, why }: { since: Date; why: UnreadGroups },
): Promise<boolean> {
  const where = { id: personId, rolesUnconfirmedSince: null };
  const data = { rolesUnconfirmedSince: since, rolesUnconfirmedWhy: why };
  return (await tx.person.updateMany({ where, data })).count === 1;
}

/** Somebody's roles are said again, by whoever may say so. @returns whether they were unconfirmed */
export async function writeRolesConfirmed(tx: Tx, personId: string): Promise<boolean> {
  const where = { id: personId, rolesUnconfirmedSince: { not: null } };
  const data = { rolesUnconfirmedSince: null, rolesUnconfirmedWhy: null };
  return (await tx.person.updateMany({ where, data })).count === 1;
}

/** The active people of a body whose roles are unconfirmed, longest first. */
export async function listUnconfirmed(tx: Tx, body: string) {
  const rows = await tx.person.findMany({
    where: { body, status: "active", rolesUnconfirmedSince: { not: null } },
    select: { id: true, name: true, roles: true, rolesUnconfirmedSince: true, rolesUnconfirmedWhy: true },
    orderBy: [{ rolesUnconfirmedSince: "asc" }, { id: "asc" }],
  });
  return rows.flatMap(({ id, name, roles, rolesUnconfirmedSince: since, rolesUnconfirmedWhy: why }) =>
    since ? [{ id, name, roles: rolesSchema.parse(roles), since, why }] : [],
  );
}
