import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Database } from "#server/base/db/database.ts";
import { makeReference } from "#server/base/make-reference.ts";

interface GroupToClear {
  administrators: readonly Actor[];
  deputy?: Actor;
  members?: readonly Actor[];
  name?: string;
  kind?: "team" | "partner" | "emergency";
  policy?: string;
  clearEveryDays?: number | null;
  keepYears?: number | null;
  clearedBy?: "administrator" | "sender" | null;
  /** When it was approved, and everybody joined. */
  at: Date;
}

/** Puts an approved group into the register, with what clear-downs and holds ask of it. The approver is a deputy of nobody. */
export async function addGroupToClear({ prisma }: Pick<Database, "prisma">, group: GroupToClear) {
  const { administrators, deputy, members = [], name = "Duty rota", kind = "team", at } = group;
  const [first] = administrators;
  if (!first) throw new Error("A group needs an administrator.");
  const { body } = first;
  const [id, reference, approver] = [randomUUID(), makeReference("GRP"), `approver-${randomUUID()}`];
  await prisma.person.create({
    data: {
      id: approver,
      body,
      employer: body,
      name: "Somebody who approves",
      email: `${approver}@x.invalid`,
      roles: ["employee"],
      status: "left",
    },
  });
  const people = [
    ...administrators.map(({ personId }) => ({ personId, role: "administrator" as const })),
    ...(deputy ? [{ personId: deputy.personId, role: "deputy" as const }] : []),
    ...members.map(({ personId }) => ({ personId, role: "member" as const })),
  ];
  await prisma.chatGroup.create({
    data: {
      id,
      reference,
      body,
      requesterId: first.personId,
      startKey: id,
      state: "approved",
      name,
      kind,
      app: "WhatsApp",
      purpose: "Who covers which shift.",
      version: "1",
      hash: "0".repeat(64),
      policy: group.policy ?? body,
      reviewOn: "2027-12-31",
      requestedAt: at,
      decidedAt: at,
      decidedById: approver,
      clearEveryDays: group.clearEveryDays ?? null,
      keepYears: group.keepYears ?? null,
      clearedBy: group.clearedBy ?? null,
      members: { create: people.map((one) => ({ id: randomUUID(), ...one, addedAt: at, consentedAt: at })) },
    },
  });
  return { id, reference };
}
