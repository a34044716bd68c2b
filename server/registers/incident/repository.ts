import { isProgram } from "#domain/access/api-token/api-token.ts";
import { endOfDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { oneOf, type Asked } from "#domain/base/list/page.ts";
import { KINDS, type IncidentKind, INCIDENT_KINDS } from "#domain/registers/incident/kind.ts";
import type { IncidentRelation } from "#domain/registers/incident/reach.ts";
import type { Values } from "#domain/registers/incident/field.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
import { orderFor, type List } from "#server/base/db/list-page.ts";
import { findBy, withReference } from "#server/base/db/part-of-text.ts";

const name = { select: { id: true, name: true, status: true } } as const;
const withEmail = { select: { ...name.select, email: true } } as const;
const ofAction = { select: { ...withEmail.select, handedOverOn: true } } as const;
const all = {
  reporter: { select: { ...withEmail.select, team: { select: { name: true } } } },
  manager: name,
  group: { select: { id: true, reference: true, name: true } },
  entries: { include: { person: name }, orderBy: [{ at: "asc" }, { position: "asc" }] },
  actions: { include: { owner: ofAction, doneBy: name }, orderBy: { position: "asc" } },
  readings: { select: { personId: true, what: true } },
} satisfies Prisma.IncidentInclude;

/** A report with all its answers, the oldest first. */
export type IncidentRecord = Prisma.IncidentGetPayload<{ include: typeof all }>;

/** @throws a unique violation if this person's form was processed already */
export const insertIncident = (tx: Tx, data: Prisma.IncidentUncheckedCreateInput) => tx.incident.create({ data });

export const findIncident = (tx: Tx, body: string, reference: string) =>
  tx.incident.findUnique({ where: { reference, body }, include: all });

/** The same, locked: waits for whoever is changing it, and nobody else changes it until this transaction ends. */
export async function findToChange(tx: Tx, body: string, reference: string): Promise<IncidentRecord | null> {
  await tx.$queryRaw`SELECT id FROM "Incident" WHERE reference = ${reference} FOR UPDATE`;
  return findIncident(tx, body, reference);
}

/** Reports that a filter finds, the newest first. */
export const listIncidents = (tx: Tx, where: Prisma.IncidentWhereInput) =>
  tx.incident.findMany({ where, include: all, orderBy: [{ reportedAt: "desc" }, { id: "asc" }] });

/** The open cases of all bodies that may be reportable, or that nobody has opened and no deputy was told of. */
export async function listWithClock(tx: Tx): Promise<Pick<IncidentRecord, "body" | "reference">[]> {
  const where = { closedAt: null, OR: [{ mayBePersonalData: true }, { openedAt: null, escalatedAt: null }] };
  return tx.incident.findMany({ where, select: { body: true, reference: true }, orderBy: { reportedAt: "desc" } });
}

/** Cases that a filter finds, the oldest first, at most so many. */
export async function listOldestIncidents(tx: Tx, where: Prisma.IncidentWhereInput, take: number) {
  const orderBy = [{ reportedAt: "asc" }, { id: "asc" }] as const;
  return tx.incident.findMany({ where, include: all, orderBy: [...orderBy], take });
}

/** Relations that have a list. Owners of actions find each among their tasks. */
export type ListedRelation = Exclude<IncidentRelation, "owner">;

/** What no report is. */
const NONE = { id: { in: [] } } satisfies Prisma.IncidentWhereInput;

/** Whose reports a list holds: their own, those they handle in their roles, or those they were told of as line manager. */
export interface IncidentReader {
  personId: string;
  /** Handles those that are not kept from officers. */
  isOfficer: boolean;
  /** Handles those that the senior information risk owner handles too. */
  isSenior: boolean;
}

/**
 * The reports of a body in which a reader has one relation, as asked for, in pages; the rule of
 * domain/registers/incident/reach.ts.
 */
export function incidentList(
  tx: Tx,
  body: string,
  { personId, isOfficer, isSenior }: IncidentReader,
  relation: ListedRelation,
  asked: Asked,
): List<IncidentRecord> {
  const isOther = { reporterId: { not: personId }, OR: notKeptFrom(personId) };
  const isHandled: Prisma.IncidentWhereInput = {
    OR: [isOfficer ? { isKeptFromOfficers: false } : NONE, isSenior ? { withSeniorAt: { not: null } } : NONE],
  };
  const relations: Record<ListedRelation, Prisma.IncidentWhereInput> = {
    reporter: { reporterId: personId },
    handler: { AND: [isOther, isHandled] },
    manager: { AND: [isOther, { managerId: personId, NOT: isHandled }] },
  };
  const { q } = asked;
  const found = findBy(tx, body, q, { table: "Incident", people: ["reporterId"] });
  return { ...listOf(tx, body, asked, relations[relation]), found };
}

/**
 * The reports of a body that may be breaches of personal data, as asked for, in pages: for a reader who sees no names.
 * Nobody finds one that is kept from them.
 */
export function breachList(
  tx: Tx,
  body: string,
  { personId, isOfficer }: Pick<IncidentReader, "personId" | "isOfficer">,
  asked: Asked,
): List<IncidentRecord> {
  const { q } = asked;
  return listOf(tx, body, asked, {
    mayBePersonalData: true,
    AND: [
      { OR: notKeptFrom(personId) },
      isOfficer ? { isKeptFromOfficers: false } : {},
      q ? { OR: [NONE, ...withReference(q)] } : {},
    ],
  });
}

/** What is kept from somebody is kept from every program, since that person may read what it hands on. */
function notKeptFrom(personId: string): Prisma.IncidentWhereInput[] {
  return [{ keptFromId: null }, ...(isProgram({ personId }) ? [] : [{ keptFromId: { not: personId } }])];
}

function listOf(tx: Tx, body: string, asked: Asked, where: Prisma.IncidentWhereInput): List<IncidentRecord> {
  const { state, from, until } = asked;
  const kind = oneOf(KINDS, asked["kind"]);
  const filter: Prisma.IncidentWhereInput = {
    ...(kind && { kind }),
    ...(state && { closedAt: state === "closed" ? { not: null } : null }),
    ...(state === "unopened" && { openedAt: null }),
    reportedAt: { ...(from && { gte: startOfDay(from) }), ...(until && { lt: endOfDay(until) }) },
  };
  return {
    within: { body },
    filter: { AND: [where, filter] },
    order: orderFor(INCIDENT_ORDERS, asked),
    key: "reference",
    read: (part) => tx.incident.findMany({ ...part, include: all }),
  };
}

const INCIDENT_ORDERS = {
  newest: [["reportedAt", "desc"]],
  oldest: [["reportedAt", "asc"]],
  clock: [["awareAt", "asc"]],
} as const;

export const insertEntry = (
  tx: Tx,
  data: { id: string; incidentId: string; part: string; position: number; at: Date; personId: string; values: Values },
) => tx.incidentEntry.create({ data });

export const updateIncident = (tx: Tx, id: string, data: Prisma.IncidentUncheckedUpdateInput) =>
  tx.incident.update({ where: { id }, data });

export const insertAction = (tx: Tx, data: Prisma.IncidentActionUncheckedCreateInput) =>
  tx.incidentAction.create({ data });

/** Gives an action that is not done to somebody else. */
export const writeActionOwner = (tx: Tx, where: { incidentId: string; position: number }, ownerId: string) =>
  tx.incidentAction.updateMany({ where: { ...where, doneAt: null }, data: { ownerId } });

/** @returns false if it was done already or does not exist */
export const writeActionDone = async (
  tx: Tx,
  where: { incidentId: string; position: number },
  data: { doneAt: Date; doneById: string },
) => (await tx.incidentAction.updateMany({ where: { ...where, doneAt: null }, data })).count === 1;

/** @returns false if it was recorded on that day already */
export const insertReading = async (tx: Tx, row: { incidentId: string; personId: string; what: string; day: string }) =>
  (await tx.incidentReading.createMany({ data: [row], skipDuplicates: true })).count === 1;

/** Whether somebody has read or exported the case before. */
export const hasRead = async (tx: Tx, where: { incidentId: string; personId: string; what: string }) =>
  (await tx.incidentReading.count({ where })) > 0;

/** The approved groups of the register that somebody is in, by name. */
export const listIncidentGroupsOf = (tx: Tx, body: string, personId: string) =>
  tx.chatGroup.findMany({
    where: { body, state: "approved", members: { some: { personId, removedAt: null } } },
    select: { id: true, reference: true, name: true },
    orderBy: [{ name: "asc" }, { reference: "asc" }],
  });

/** Closed cases of a body that its officers may see: kind and time of closing. */
export async function listClosed(tx: Tx, body: string, since: Date) {
  const where = { body, closedAt: { gte: since }, isKeptFromOfficers: false, keptFromId: null };
  return tx.incident.findMany({ where, select: { kind: true, closedAt: true } });
}

/** Those of these ids whose people have not left. */
export async function listStaying(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const where = { id: { in: [...ids] }, status: "active" as const };
  return tx.person.findMany({ where, select: { id: true, name: true }, orderBy: { name: "asc" } });
}

/** Open cases by what is left of the time to report them. */
export interface OpenIncidentCounts {
  /** Undecided, past the deadline; then with at most a day left, at most two, and more. */
  over: number;
  oneDay: number;
  twoDays: number;
  later: number;
  /** No clock runs: nothing personal, or decided. */
  other: number;
  unopened: number;
  /** The undecided one with the least time: its reference, and when the body knew. */
  reference: string | null;
  awareAt: Date | null;
}

/**
 * Counts the open cases of a body that somebody handles; whom they concern as in `incidentList`.
 * @param deadline of those that became known at this moment is now
 */
export async function countOpenIncidents(
  tx: Tx,
  body: string,
  { personId, isOfficer, isSenior }: IncidentReader,
  deadline: Date,
): Promise<OpenIncidentCounts> {
  const [oneDay, twoDays] = [1, 2].map((days) => new Date(deadline.getTime() + days * 24 * 60 * 60_000));
  const [found] = await tx.$queryRaw<OpenIncidentCounts[]>`
    SELECT (count(*) FILTER (WHERE c.runs AND c."awareAt" <= ${deadline}))::int AS over,
           (count(*) FILTER (WHERE c.runs AND c."awareAt" > ${deadline} AND c."awareAt" <= ${oneDay}))::int AS "oneDay",
           (count(*) FILTER (WHERE c.runs AND c."awareAt" > ${oneDay} AND c."awareAt" <= ${twoDays}))::int AS "twoDays",
           (count(*) FILTER (WHERE c.runs AND c."awareAt" > ${twoDays}))::int AS later,
           (count(*) FILTER (WHERE NOT c.runs))::int AS other,
           (count(*) FILTER (WHERE c."openedAt" IS NULL))::int AS unopened,
           (array_agg(c.reference ORDER BY c."awareAt") FILTER (WHERE c.runs))[1] AS reference,
           min(c."awareAt") FILTER (WHERE c.runs) AS "awareAt"
      FROM (SELECT i.reference, i."awareAt", i."openedAt", i."mayBePersonalData" AND i."decidedAt" IS NULL AS runs
              FROM "Incident" i
             WHERE i.body = ${body} AND i."closedAt" IS NULL AND i."reporterId" <> ${personId}
               AND i."keptFromId" IS DISTINCT FROM ${personId}
               AND (${isOfficer}::boolean AND NOT i."isKeptFromOfficers" OR ${isSenior}::boolean AND i."withSeniorAt" IS NOT NULL)
           ) AS c`;
  return found ?? { over: 0, oneDay: 0, twoDays: 0, later: 0, other: 0, unopened: 0, reference: null, awareAt: null };
}

/** The cases of a body with actions that are not done, of some people or of anybody. */
export async function listWithOpenActions(tx: Tx, body: string, ownerIds?: readonly string[]) {
  const open = { doneAt: null, ...(ownerIds && { ownerId: { in: [...ownerIds] } }) };
  return tx.incident.findMany({
    where: { body, actions: { some: open } },
    include: { actions: { where: open, select: { ownerId: true } } },
    orderBy: { reference: "asc" },
  });
}

const PERSONAL_KINDS = INCIDENT_KINDS.filter((kind) => KINDS[kind].mayBePersonalData);

/** Whether an accident `i` may be about personal data, as it was recorded last by a moment. */
const isPersonal = (by: Date): Prisma.Sql => Prisma.sql`coalesce(
    (SELECT e.values->>'personal' = 'yes' FROM "IncidentEntry" e
      WHERE e."incidentId" = i.id AND e.part = 'clock' AND e.at < ${by} ORDER BY e.position DESC LIMIT 1),
    i.kind::text = ANY(${PERSONAL_KINDS}::text[]))`;

/** The accidents `i` that a body came to know of between two moments, but for cases that are kept from somebody. */
function known(body: string, from: Date, until: Date): Prisma.Sql {
  return Prisma.sql`i.body = ${body} AND i."reportedAt" < ${until} AND i."awareAt" >= ${from} AND i."awareAt" < ${until}
    AND NOT i."isKeptFromOfficers" AND i."keptFromId" IS NULL`;
}

/** Reports of accidents in one period. */
export interface AccidentCount {
  /** 0 for the first period. */
  period: number;
  accidents: number;
  /** Those that may be about personal data, as it was recorded last by then. */
  breaches: number;
}

/**
 * How many accidents a body knew of, by the period in which it came to know; of what was reported before the last start.
 * Cases that are kept from an officer or a line manager are left out.
 * @param starts of the periods, the oldest first; the last one is the end of all
 */
export async function countAccidentsByPeriod(tx: Tx, body: string, starts: readonly Date[]): Promise<AccidentCount[]> {
  const [first, end] = [starts[0], starts.at(-1)];
  if (!first || !end) return [];
  return tx.$queryRaw`
    SELECT width_bucket(i."awareAt", ${starts.map((at) => at.toISOString())}::timestamptz[]) - 1 AS period,
           count(*)::int AS accidents,
           count(*) FILTER (WHERE ${isPersonal(end)})::int AS breaches
      FROM "Incident" i WHERE ${known(body, first, end)}
     GROUP BY 1`;
}

/**
 * How many accidents a body came to know of between two moments, by kind and app: the registered group's, or else the
 * answer to where it was shared; null where neither is recorded.
 */
export const countAccidentsByKindAndApp = async (
  tx: Tx,
  body: string,
  from: Date,
  until: Date,
): Promise<{ kind: IncidentKind; app: string | null; count: number; breaches: number }[]> => tx.$queryRaw`
    SELECT i.kind::text AS kind, coalesce(g.app,
             (SELECT e.values->>'app' FROM "IncidentEntry" e
               WHERE e."incidentId" = i.id AND e.part = 'where' ORDER BY e.position DESC LIMIT 1)) AS app,
           count(*)::int AS count, count(*) FILTER (WHERE ${isPersonal(until)})::int AS breaches
      FROM "Incident" i LEFT JOIN "ChatGroup" g ON g.id = i."groupId"
     WHERE ${known(body, from, until)}
     GROUP BY 1, 2`;
