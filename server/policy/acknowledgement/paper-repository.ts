import "server-only";
import type { AcknowledgementAnswer, DeclineGround } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

/** Somebody who may have answered on paper, with the days on which they began and came back, YYYY-MM-DD. */
export interface PaperPerson {
  id: string;
  name: string;
  email: string;
  body: string;
  startsOn: string | null;
  returnedOn: string | null;
  hasLeft: boolean;
}

/** Somebody of a body; null for anybody else. */
export async function findPaperPerson(tx: Tx, body: string, id: string): Promise<PaperPerson | null> {
  const row = await tx.person.findFirst({
    where: { id, body },
    select: { id: true, name: true, email: true, body: true, startsOn: true, returnedOn: true, status: true },
  });
  if (!row) return null;
  const { status, ...person } = row;
  return { ...person, hasLeft: status === "left" };
}

/** An answer that was recorded from paper; without the words of a decline, which whoever answers it reads. */
export interface PaperRecording {
  reference: string;
  policy: string;
  version: string;
  answer: AcknowledgementAnswer;
  ground: DeclineGround | null;
  givenAt: Date;
  recordedAt: Date;
  recordedBy: string;
  place: string;
  why: string;
  /** Null while it stands. */
  withdrawn: { at: Date; by: string; because: string } | null;
}

const recordedFields = {
  reference: true,
  policy: true,
  version: true,
  answer: true,
  ground: true,
  givenAt: true,
  recordedAt: true,
  recordedBy: { select: { name: true } },
  paperPlace: true,
  paperReason: true,
} as const;

/** Everything that was recorded from paper for somebody, withdrawn ones too, the newest recording first. */
export async function listPaperRecordings(tx: Tx, personId: string): Promise<PaperRecording[]> {
  const standing = await tx.acknowledgement.findMany({
    where: { personId, recordedAt: { not: null } },
    select: recordedFields,
  });
  const withdrawn = await tx.withdrawnAnswer.findMany({
    where: { personId },
    select: { ...recordedFields, withdrawnAt: true, withdrawnBy: { select: { name: true } }, withdrawnBecause: true },
  });
  const all = [
    ...standing.map((row) => toRecording(row, null)),
    ...withdrawn.map((row) =>
      toRecording(row, { at: row.withdrawnAt, by: row.withdrawnBy.name, because: row.withdrawnBecause }),
    ),
  ];
  return all
    .flatMap((one) => one ?? [])
    .sort((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime() || (a.reference < b.reference ? -1 : 1));
}

type Recorded = Omit<PaperRecording, "recordedAt" | "recordedBy" | "place" | "why" | "withdrawn"> & {
  recordedAt: Date | null;
  recordedBy: { name: string } | null;
  paperPlace: string | null;
  paperReason: string | null;
};

/** Null for a row that is not from paper: the database has all of these columns or none. */
function toRecording(row: Recorded, withdrawn: PaperRecording["withdrawn"]): PaperRecording | null {
  const { reference, policy, version, answer, ground, givenAt, recordedAt, recordedBy, paperPlace, paperReason } = row;
  if (!recordedAt || !recordedBy) return null;
  const about = { reference, policy, version, answer, ground, givenAt, recordedAt, recordedBy: recordedBy.name };
  return { ...about, place: paperPlace ?? "", why: paperReason ?? "", withdrawn };
}

/** Takes an answer that was recorded from paper out of the answers. @returns false if somebody else was faster */
export async function withdrawRecording(
  tx: Tx,
  reference: string,
  { at, byId, because }: { at: Date; byId: string; because: string },
): Promise<boolean> {
  const moved = await tx.$executeRaw`
    WITH gone AS (DELETE FROM "Acknowledgement" WHERE reference = ${reference} AND "recordedAt" IS NOT NULL RETURNING *)
    INSERT INTO "WithdrawnAnswer" (id, reference, body, "personId", policy, version, hash, answer, ground, reason, "givenAt",
                                   "recordedAt", "recordedById", "paperPlace", "paperReason",
                                   "withdrawnAt", "withdrawnById", "withdrawnBecause")
    SELECT id, reference, body, "personId", policy, version, hash, answer, ground, reason, "givenAt",
           "recordedAt", "recordedById", "paperPlace", "paperReason", ${at}, ${byId}, ${because} FROM gone`;
  return moved === 1;
}
