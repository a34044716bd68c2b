import { isPastLastDay, isStarting, PERSON_KINDS } from "#domain/access/identity/person.ts";
import type { Population } from "#domain/registers/understanding-check/sample.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

const sampledFields = {
  include: {
    person: { select: { id: true, name: true, email: true, status: true, team: { select: { name: true } } } },
  },
  orderBy: [{ person: { name: "asc" as const } }, { personId: "asc" as const }],
} satisfies Prisma.UnderstandingSample$sampledArgs;
const whole = {
  person: { select: { id: true, name: true } },
  sampled: sampledFields,
} satisfies Prisma.UnderstandingSampleInclude;

/** A check with everybody whom it asks. */
export type SampleRecord = Prisma.UnderstandingSampleGetPayload<{ include: typeof whole }>;

const own = { sample: true } satisfies Prisma.SampledPersonInclude;

/** What a check asks of one person. */
export type OwnSampledRecord = Prisma.SampledPersonGetPayload<{ include: typeof own }>;

/** Who works for a body now, in a part of it: ids. @param today YYYY-MM-DD, in London */
export async function listPopulation(tx: Tx, body: string, { kind, value }: Population, today: string) {
  const rows = await tx.person.findMany({
    where: { ...populationWhere(kind, value), body, status: "active", roles: { isEmpty: false } },
    select: { id: true, startsOn: true, leavesOn: true },
  });
  return rows.filter((row) => !isStarting(row, today) && !isPastLastDay(row, today)).map(({ id }) => id);
}

function populationWhere(kind: Population["kind"], value: string): Prisma.PersonWhereInput {
  if (kind === "employer") return { employer: value };
  if (kind === "team") return { teamId: value };
  return kind === "kind" ? { kind: { in: PERSON_KINDS.filter((one) => one === value) } } : {};
}

/** The employers and teams of a body of which somebody is there now, by name, and the kinds of people. */
export async function listParts(tx: Tx, body: string) {
  const now = { body, status: "active" as const };
  const [employers, kinds, teams] = await Promise.all([
    tx.person.groupBy({ by: ["employer"], where: now, orderBy: { employer: "asc" } }),
    tx.person.groupBy({ by: ["kind"], where: now, orderBy: { kind: "asc" } }),
    tx.team.findMany({
      where: { body, members: { some: now } },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return { employers: employers.map(({ employer }) => employer), kinds: kinds.map(({ kind }) => kind), teams };
}

/** @throws a unique violation if its form was sent before */
export const insertSample = (tx: Tx, data: Prisma.UnderstandingSampleUncheckedCreateInput) =>
  tx.understandingSample.create({ data });

export const findSample = (tx: Tx, body: string, reference: string) =>
  tx.understandingSample.findUnique({ where: { reference, body }, include: whole });

/** Those of a body, the newest first: at most so many. */
export const listSamples = (tx: Tx, body: string, take: number) =>
  tx.understandingSample.findMany({
    where: { body },
    include: { _count: { select: { sampled: true } } },
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
    take,
  });

/** What a check asks of somebody; null if it does not ask them. */
export const findOwnSampled = (tx: Tx, body: string, reference: string, personId: string) =>
  tx.sampledPerson.findFirst({ where: { personId, sample: { body, reference } }, include: own });

/** The checks that may wait for an answer of these people: leave gives more time. @param today YYYY-MM-DD */
export const listWaitingSampled = (tx: Tx, body: string, personIds: readonly string[], today: string) =>
  tx.sampledPerson.findMany({
    where: {
      personId: { in: [...personIds] },
      answeredAt: null,
      excusedAt: null,
      sample: { body, closedAt: null },
      OR: [{ sample: { lastDay: { gte: today } } }, { person: { absences: { some: {} } } }],
    },
    include: own,
  });

/** Writes the only answer of somebody. @returns false if they answered or were excused meanwhile, or the check was closed */
export async function writeAnswers(
  tx: Tx,
  { sampleId, personId }: { sampleId: string; personId: string },
  answers: { choices: string[]; right: boolean[]; answeredAt: Date },
): Promise<boolean> {
  const where = { sampleId, personId, answeredAt: null, excusedAt: null, sample: { closedAt: null } };
  return (await tx.sampledPerson.updateMany({ where, data: answers })).count === 1;
}

/** @returns false if they answered or were excused meanwhile */
export async function writeExcuse(
  tx: Tx,
  { sampleId, personId }: { sampleId: string; personId: string },
  excuse: { excusedAt: Date; excusedBecause: string; excusedById: string },
): Promise<boolean> {
  const where = { sampleId, personId, answeredAt: null, excusedAt: null };
  return (await tx.sampledPerson.updateMany({ where, data: excuse })).count === 1;
}

/** @returns false if it was closed meanwhile */
export const writeClosed = async (tx: Tx, id: string, closed: { closedAt: Date; closedById: string }) =>
  (await tx.understandingSample.updateMany({ where: { id, closedAt: null }, data: closed })).count === 1;
