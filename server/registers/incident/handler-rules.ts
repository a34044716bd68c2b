import { tellAll, type Notice, type NoticeKind } from "#domain/evidence/notice/notice.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";

/**
 * Who handles a report now: officers from whom it is not withheld, and the senior owner if they were asked; never its
 * reporter.
 */
export async function listHandlers(
  tx: Tx,
  { body, reporterId, isKeptFromOfficers, keptFromId, withSeniorAt }: Prisma.IncidentGetPayload<object>,
): Promise<{ id: string; name: string }[]> {
  const officers = isKeptFromOfficers ? [] : await listPeopleWithRole(tx, body, "governance-officer");
  const seniors = withSeniorAt ? await listPeopleWithRole(tx, body, "senior-information-risk-owner") : [];
  const people = new Map([...officers, ...seniors].map((person) => [person.id, person]));
  people.delete(reporterId);
  if (keptFromId !== null) people.delete(keptFromId);
  return [...people.values()];
}

/** The same notice to several people. */
export function noticesTo(
  ids: readonly string[],
  notice: { body: string; kind: NoticeKind; reference: string; subject: string; paragraphs: readonly string[] },
): Notice[] {
  const { reference, ...rest } = notice;
  return tellAll(ids, { ...rest, href: `/incidents/${reference}` });
}
