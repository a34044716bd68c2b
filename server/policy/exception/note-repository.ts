import "server-only";
import { rolesSchema, type Role } from "#domain/access/permission/role.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

export interface NoteRecord {
  id: string;
  at: Date;
  by: { personId: string; name: string; roles: Role[] };
  text: string;
}

/** The notes on a request, oldest first. */
export async function listExceptionNotes(tx: Tx, exceptionId: string): Promise<NoteRecord[]> {
  const rows = await tx.exceptionNote.findMany({
    where: { exceptionId },
    include: { person: { select: { id: true, name: true, roles: true } } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, at, text, person }) => {
    return { id, at, text, by: { personId: person.id, name: person.name, roles: rolesSchema.parse(person.roles) } };
  });
}

export async function insertNote(
  tx: Tx,
  note: { id: string; exceptionId: string; at: Date; personId: string; text: string },
): Promise<void> {
  await tx.exceptionNote.create({ data: note });
}
