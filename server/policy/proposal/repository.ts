import type { Prisma, Tx } from "#server/base/db/database.ts";
import type { AudienceKind, AudiencePart } from "#domain/policy/campaign/audience.ts";

const include = {
  person: { select: { name: true, status: true } },
  endedBy: { select: { name: true } },
  signatures: { include: { person: { select: { name: true, status: true } } }, orderBy: { signedAt: "asc" } },
} satisfies Prisma.VersionProposalInclude;

/** A proposal as stored, with its signatures in the order in which they were given. */
export type ProposalRecord = Prisma.VersionProposalGetPayload<{ include: typeof include }>;

/** @throws a unique violation if this form was sent before, or the version is proposed already */
export const insertProposal = (tx: Tx, data: Prisma.VersionProposalUncheckedCreateInput) =>
  tx.versionProposal.create({ data });

/** The one that a form of somebody's made; null if it has not been sent yet. */
export const findProposalByStartKey = (tx: Tx, personId: string, startKey: string) =>
  tx.versionProposal.findUnique({
    where: { personId_startKey: { personId, startKey } },
    select: { reference: true },
  });

export const findProposal = (tx: Tx, body: string, reference: string): Promise<ProposalRecord | null> =>
  tx.versionProposal.findUnique({ where: { body, reference }, include });

/** The proposal of a version that waits, whatever its body; null if there is none. @param open "policy version" */
export const findOpenProposal = (tx: Tx, open: string) => tx.versionProposal.findUnique({ where: { open }, include });

/**
 * A proposal that still waits, for whoever signs or ends it: until the end of the transaction nobody else does.
 * @returns null if it is over
 */
export async function lockProposal(tx: Tx, id: string): Promise<ProposalRecord | null> {
  await tx.$queryRaw`SELECT id FROM "VersionProposal" WHERE id = ${id} FOR UPDATE`;
  return tx.versionProposal.findFirst({ where: { id, state: "waiting" }, include });
}

/** Proposals of a body, the newest first. */
export const listProposals = (tx: Tx, body: string): Promise<ProposalRecord[]> =>
  tx.versionProposal.findMany({ where: { body }, include, orderBy: [{ proposedAt: "desc" }, { id: "asc" }] });

/** Who proposed a version, now or before, by id. */
export async function listProposers(tx: Tx, version: { body: string; policy: string; version: string }) {
  const rows = await tx.versionProposal.findMany({ where: version, select: { personId: true } });
  return rows.map(({ personId }) => personId);
}

/** Those that wait, the oldest first. @param body null for every body */
export async function listWaitingProposals(tx: Tx, body: string | null): Promise<ProposalRecord[]> {
  const where = { state: "waiting", ...(body !== null && { body }) } as const;
  return tx.versionProposal.findMany({ where, include, orderBy: [{ proposedAt: "asc" }, { id: "asc" }] });
}

export const insertSignature = (tx: Tx, data: Prisma.VersionSignatureUncheckedCreateInput) =>
  tx.versionSignature.create({ data });

/** Ends a proposal that was locked. */
export const endProposal = (
  tx: Tx,
  id: string,
  data: Required<Pick<Prisma.VersionProposalUncheckedUpdateInput, "state" | "endedAt" | "endedById" | "endReason">>,
) => tx.versionProposal.update({ where: { id }, data: { ...data, open: null } });

/** How many people who work for a body are asked to answer a version. @param parts null for all of them */
export async function countAudience(tx: Tx, body: string, parts: readonly AudiencePart[] | null): Promise<number> {
  const of = (kind: AudienceKind) => (parts ?? []).flatMap((part) => (part.kind === kind ? part.value : []));
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Person"
     WHERE body = ${body} AND status = 'active'
       AND (${parts === null} OR employer = ANY(${of("employer")}::text[]) OR "teamId" = ANY(${of("team")}::text[])
            OR roles && ${of("role")}::text[] OR kind::text = ANY(${of("kind")}::text[]))`;
  return found?.count ?? 0;
}
