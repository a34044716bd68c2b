import "server-only";
import type { AcknowledgementAnswer, GivenAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { rolesSchema, type Role } from "#domain/access/permission/role.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** An answer as it is stored, with who gave it. */
export interface AcknowledgementRecord extends GivenAnswer {
  body: string;
  personId: string;
  reason: string | null;
  statement: string;
  reply: string | null;
  repliedBy: { id: string; name: string } | null;
  person: { name: string; roles: Role[]; employer: string; team: string | null; hasLeft: boolean };
}

const answerFields = {
  reference: true,
  policy: true,
  version: true,
  hash: true,
  attempt: true,
  answer: true,
  givenAt: true,
  repliedAt: true,
} satisfies Prisma.AcknowledgementSelect;

const fields = {
  ...answerFields,
  body: true,
  personId: true,
  reason: true,
  statement: true,
  reply: true,
  repliedBy: { select: { id: true, name: true } },
  person: {
    select: { name: true, roles: true, employer: true, status: true, team: { select: { name: true } } },
  },
} satisfies Prisma.AcknowledgementSelect;

type Row = Prisma.AcknowledgementGetPayload<{ select: typeof fields }>;

function toRecord({ person, ...row }: Row): AcknowledgementRecord {
  const { name, roles, employer, team, status } = person;
  const whole = { name, roles: rolesSchema.parse(roles), employer, team: team?.name ?? null };
  return { ...row, person: { ...whole, hasLeft: status === "left" } };
}

export interface NewAcknowledgement {
  id: string;
  reference: string;
  body: string;
  personId: string;
  policy: string;
  version: string;
  hash: string;
  attempt: number;
  answer: AcknowledgementAnswer;
  reason: string | null;
  statement: string;
  givenAt: Date;
}

/** @throws a unique violation where this person's answer of this number is there already */
export async function insertAcknowledgement(tx: Prisma.TransactionClient, row: NewAcknowledgement): Promise<void> {
  await tx.acknowledgement.create({ data: row });
}

/** What a person answered on one policy, without what was said about it. */
export async function listAnswersOn(
  tx: Prisma.TransactionClient,
  personId: string,
  policy: string,
): Promise<GivenAnswer[]> {
  return tx.acknowledgement.findMany({ where: { personId, policy }, select: answerFields });
}

/** All that a person ever answered, newest first; on one policy where it is named. */
export async function listAcknowledgementsOf(
  tx: Prisma.TransactionClient,
  personId: string,
  policy?: string,
): Promise<AcknowledgementRecord[]> {
  const rows = await tx.acknowledgement.findMany({
    where: { personId, ...(policy === undefined ? {} : { policy }) },
    select: fields,
    orderBy: [{ givenAt: "desc" }, { attempt: "desc" }],
  });
  return rows.map(toRecord);
}

export async function findAcknowledgement(
  tx: Prisma.TransactionClient,
  reference: string,
): Promise<AcknowledgementRecord | null> {
  const row = await tx.acknowledgement.findUnique({ where: { reference }, select: fields });
  return row && toRecord(row);
}

/** Declines of one version that nobody has answered, of people who are still there and have not accepted it since. */
export async function listOpenDeclines(
  tx: Prisma.TransactionClient,
  on: { body: string; policy: string; version: string; hash: string },
): Promise<AcknowledgementRecord[]> {
  const { policy, version, hash } = on;
  const hasAccepted = { some: { policy, version, hash, answer: "accepted" } } as const;
  const rows = await tx.acknowledgement.findMany({
    where: {
      ...on,
      answer: "declined",
      repliedAt: null,
      person: { status: "active", NOT: { acknowledgements: hasAccepted } },
    },
    select: fields,
    orderBy: { givenAt: "asc" },
  });
  return rows.map(toRecord);
}

/** Writes the reply to a decline that has none. @returns false where somebody was quicker */
export async function writeReply(
  tx: Prisma.TransactionClient,
  reference: string,
  { reply, repliedById, repliedAt }: { reply: string; repliedById: string; repliedAt: Date },
): Promise<boolean> {
  const { count } = await tx.acknowledgement.updateMany({
    where: { reference, answer: "declined", repliedAt: null },
    data: { reply, repliedById, repliedAt },
  });
  return count === 1;
}
