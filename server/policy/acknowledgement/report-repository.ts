import "server-only";
import type { GivenAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { joinedAt } from "#domain/access/identity/person.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { reportsTo } from "#server/base/db/line-manager.ts";

// What reports read: people and answers of many at once, without what anybody wrote.

export interface ReportPerson {
  id: string;
  name: string;
  joinedAt: Date;
  team: { id: string; name: string } | null;
}

/** People of a body who have not left, by name: all, or those whose line manager `managedBy` is. */
export async function listPeople(
  tx: Prisma.TransactionClient,
  body: string,
  managedBy?: string,
): Promise<ReportPerson[]> {
  const people = await tx.person.findMany({
    where: activePeople(body, managedBy),
    select: { id: true, name: true, createdAt: true, startsOn: true, team: { select: { id: true, name: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return people.map(({ createdAt: entered, startsOn, ...person }) => ({
    ...person,
    joinedAt: joinedAt({ entered, startsOn }),
  }));
}

/** The teams of a body that somebody manages, or has people in. */
export async function listManagedTeams(
  tx: Prisma.TransactionClient,
  body: string,
  managerId: string,
): Promise<{ id: string; name: string }[]> {
  return tx.team.findMany({
    where: { body, OR: [{ managerId }, { members: { some: { status: "active", ...reportsTo(managerId) } } }] },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
}

/** The answers on a policy by person, of the same people as `listPeople`. */
export async function listAcknowledgementAnswers(
  tx: Prisma.TransactionClient,
  body: string,
  policy: string,
  managedBy?: string,
): Promise<Map<string, GivenAnswer[]>> {
  const rows = await tx.acknowledgement.findMany({
    where: { body, policy, person: activePeople(body, managedBy) },
    select: {
      personId: true,
      reference: true,
      policy: true,
      version: true,
      hash: true,
      attempt: true,
      answer: true,
      givenAt: true,
      repliedAt: true,
    },
  });
  const byPerson = new Map<string, GivenAnswer[]>();
  for (const { personId, ...answer } of rows) byPerson.set(personId, [...(byPerson.get(personId) ?? []), answer]);
  return byPerson;
}

/** The answers on a policy that were given before a moment, also by people who have left since. */
export async function listAnswersBefore(
  tx: Prisma.TransactionClient,
  body: string,
  policy: string,
  before: Date,
): Promise<(Pick<GivenAnswer, "version" | "hash" | "answer"> & { personId: string })[]> {
  return tx.acknowledgement.findMany({
    where: { body, policy, givenAt: { lt: before } },
    select: { personId: true, version: true, hash: true, answer: true },
  });
}

function activePeople(body: string, managedBy: string | undefined): Prisma.PersonWhereInput {
  return { body, status: "active", ...(managedBy !== undefined && reportsTo(managedBy)) };
}
