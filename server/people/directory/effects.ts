import "server-only";
import { randomUUID } from "node:crypto";
import type { ChangedBy } from "#domain/access/identity/person.ts";
import { nameKey } from "#domain/access/identity/name.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { insertTeam, listTeamNames } from "./admin-repository.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";

/** The team of that name in a body, ignoring case and spaces. It is created if there is none, with evidence. */
export async function teamNamed(
  tx: Prisma.TransactionClient,
  body: string,
  name: string,
  { by, at }: ChangedBy,
): Promise<{ id: string; evidence: EvidenceEvent[] }> {
  await lockDirectory(tx, body); // if two requests create it at once, the second finds it
  const teams = await listTeamNames(tx, body);
  const found = teams.find((team) => nameKey(team.name) === nameKey(name));
  if (found) return { id: found.id, evidence: [] };
  const id = randomUUID();
  await insertTeam(tx, { id, body, name });
  const made: EvidenceEvent = { body, event: "team.made", at, actor: by, subject: id, detail: { name } };
  return { id, evidence: [made] };
}
