import { holding } from "#server/base/db/part-of-text.ts";
import { partsOfReference } from "#domain/base/reference/reference.ts";
import type { EvidenceRow } from "#domain/evidence/journal/chain.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";
import { readPage, type List } from "#server/base/db/list-page.ts";

// Reads the journal, for verification and for lookups.

/** Bodies that have evidence, or texts beside it. */
export async function listBodiesWithEvidence(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ body: string }[]>`
    SELECT body FROM "Evidence" UNION SELECT body FROM "EvidenceDetail" ORDER BY body`;
  return rows.map(({ body }) => body);
}

/** The next rows of a chain, in order, each with its text unless that was erased. `after` null: from the start. */
export async function listChain(tx: Tx, body: string, after: number | null, take: number) {
  const where = { body, ...(after !== null && { position: { gt: after } }) };
  const rows = await tx.evidence.findMany({ where, orderBy: { position: "asc" }, take });
  const details = await listDetails(
    tx,
    body,
    rows.map(({ position }) => position),
  );
  return rows.map((row) => ({ row, detail: details.get(row.position) }));
}

/** The texts of these rows that were not erased, by position. */
export async function listDetails(tx: Tx, body: string, positions: readonly number[]) {
  const rows = await tx.evidenceDetail.findMany({ where: { body, position: { in: [...positions] } } });
  return new Map(rows.map((row) => [row.position, row]));
}

/** Position of a body's first text without a row: a single statement, so that no row can be added in between. */
export async function findLooseDetail(tx: Tx, body: string): Promise<number | null> {
  const rows = await tx.$queryRaw<{ position: number }[]>`
    SELECT d.position FROM "EvidenceDetail" d
     WHERE d.body = ${body}
       AND NOT EXISTS (SELECT 1 FROM "Evidence" e WHERE e.body = d.body AND e.position = d.position)
     ORDER BY d.position LIMIT 1`;
  return rows[0]?.position ?? null;
}

export interface EvidenceFilter {
  event?: string | undefined;
  policy?: string | undefined;
  subject?: string | undefined;
  /** A subject as somebody typed it: a reference in any spelling, or a part of one. */
  typedSubject?: string | undefined;
  /** Ids; an empty list finds nothing. */
  actors?: readonly string[] | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  until?: Date | undefined;
}

/** The rows of a body that match, the newest first unless asked otherwise. */
export function evidenceList(
  tx: Tx,
  body: string,
  { event, policy, subject, typedSubject, actors, from, until }: EvidenceFilter,
  direction: "asc" | "desc" = "desc",
): List<EvidenceRow> {
  const filter: Prisma.EvidenceWhereInput = {
    ...(event !== undefined && { event }),
    ...(policy !== undefined && { policy }),
    ...(subject !== undefined && { subject }),
    ...(typedSubject !== undefined && {
      OR: [{ subject: typedSubject }, ...partsOfReference(typedSubject).map(isSubject)],
    }),
    ...(actors && { actor: { in: [...actors] } }),
    ...((from ?? until) && { at: { ...(from && { gte: from }), ...(until && { lt: until }) } }),
  };
  return {
    within: { body },
    filter,
    order: [["position", direction]],
    key: "position",
    readKey: (typed) => (/^\d{1,9}$/.test(typed) ? Number(typed) : null),
    read: (part) => tx.evidence.findMany(part),
  };
}

/** A whole reference is in the index. */
const isSubject = (part: string): Prisma.EvidenceWhereInput => ({
  subject: /^[A-Z]+-.{4}-.{4}$/.test(part) ? part : holding(part),
});

/** The newest rows of a body that match. */
export const listNewestEvidence = async (tx: Tx, body: string, filter: EvidenceFilter, size: number) =>
  (await readPage({ ...evidenceList(tx, body, filter), size }, null)).rows;

/** Rows of these events since a moment, by one of these actors, about one of these subjects. */
export async function listRowsOn(
  tx: Tx,
  asked: { body: string; by: readonly string[]; about: readonly string[]; since: Date; events: readonly string[] },
): Promise<EvidenceRow[]> {
  const { body, by, about, since, events } = asked;
  const lists = { actor: { in: [...by] }, subject: { in: [...about] }, event: { in: [...events] } };
  return tx.evidence.findMany({ where: { body, ...lists, at: { gte: since } } });
}

/** Names in the directory of a body, leavers included, by id. */
export async function listNames(tx: Tx, body: string, ids: readonly string[]): Promise<Map<string, string>> {
  const people = await tx.person.findMany({ where: { body, id: { in: [...ids] } }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** First and last position within this span of time, `until` exclusive; nulls if there are none. */
export async function findSpan(tx: Tx, body: string, { from, until }: { from: Date; until: Date }) {
  const where = { body, at: { gte: from, lt: until } };
  const of = { position: true } as const;
  const { _min: min, _max: max } = await tx.evidence.aggregate({ where, _min: of, _max: of });
  return min.position !== null && max.position !== null ? { first: min.position, last: max.position } : null;
}

/** Position, hash and time of one row, or null. */
export const findRow = async (tx: Tx, body: string, position: number) =>
  tx.evidence.findUnique({
    where: { body_position: { body, position } },
    select: { position: true, hash: true, at: true },
  });

/** Rows of a chain between two positions, inclusive, in order. */
export const listSpan = async (tx: Tx, body: string, { first, last }: { first: number; last: number }) =>
  tx.evidence.findMany({
    where: { body, position: { gte: first, lte: last } },
    orderBy: { position: "asc" },
  });

/** The texts of rows in a span that were not erased, in order. */
export const listSpanDetails = async (tx: Tx, body: string, { first, last }: { first: number; last: number }) =>
  tx.evidenceDetail.findMany({
    where: { body, position: { gte: first, lte: last } },
    orderBy: { position: "asc" },
  });

/** The policy versions that rows in a span refer to. */
export async function listNamedVersions(tx: Tx, body: string, { first, last }: { first: number; last: number }) {
  const rows = await tx.evidence.groupBy({
    by: ["policy", "version", "contentHash"],
    where: { body, position: { gte: first, lte: last }, contentHash: { not: null } },
    orderBy: [{ policy: "asc" }, { version: "asc" }, { contentHash: "asc" }],
  });
  return rows.map(({ policy, version, contentHash }) => ({
    slug: policy ?? "",
    version: version ?? "",
    hash: contentHash ?? "",
  }));
}

/**
 * The people of a body who are the actor or the subject of a row in a span, as they are in the directory now; by id.
 */
export const listNamedPeople = async (
  tx: Tx,
  body: string,
  { first, last }: { first: number; last: number },
) => tx.$queryRaw<{ id: string; name: string; status: string }[]>`
    SELECT id, name, status::text AS status FROM "Person"
     WHERE body = ${body}
       AND id IN (SELECT actor FROM "Evidence" WHERE body = ${body} AND position BETWEEN ${first} AND ${last}
                  UNION SELECT subject FROM "Evidence" WHERE body = ${body} AND position BETWEEN ${first} AND ${last})
     ORDER BY id`;

/** Records that somebody looked at entries about others. @returns those not recorded on that day yet */
export async function insertReadings(
  tx: Tx,
  { readerId, day }: { readerId: string; day: string },
  personIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.evidenceReading.createManyAndReturn({
    data: personIds.map((personId) => ({ readerId, personId, day })),
    skipDuplicates: true,
    select: { personId: true },
  });
  return rows.map(({ personId }) => personId);
}

/** The texts of the rows of which somebody is the actor, in order. */
export const listOwnDetails = async (tx: Tx, body: string, personId: string) => tx.$queryRaw<
  { position: number; detail: string }[]
>`
    SELECT d.position, d.detail FROM "EvidenceDetail" d
      JOIN "Evidence" e ON e.body = d.body AND e.position = d.position
     WHERE e.body = ${body} AND e.actor = ${personId} ORDER BY d.position`;

/** Events whose subject is a reference, and whose data say whom they concern. */
const CONCERNS_SOMEBODY = ["policy.answer-recorded", "policy.answer-withdrawn"];

/** The rows about somebody with other actors, newest first. */
export async function listRowsAbout(tx: Tx, body: string, personId: string): Promise<EvidenceRow[]> {
  const concerning = await tx.$queryRaw<{ position: number }[]>`
    SELECT position FROM "Evidence"
     WHERE body = ${body} AND event = ANY(${CONCERNS_SOMEBODY}::text[]) AND data::jsonb->>'person' = ${personId}`;
  const positions = concerning.map(({ position }) => position);
  const isAbout = [{ subject: personId }, { position: { in: positions } }];
  const where = { body, actor: { not: personId }, OR: isAbout };
  return tx.evidence.findMany({ where, orderBy: { position: "desc" } });
}
