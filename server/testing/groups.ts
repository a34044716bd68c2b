import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import type { Database } from "#server/base/db/database.ts";
import { makeReference } from "#server/base/make-reference.ts";

export interface TestGroup {
  id: string;
  reference: string;
}

interface GroupInTest {
  administrators: readonly Actor[];
  deputy?: Actor;
  members?: readonly Actor[];
  /** Who approved it; a person is made up where none is given. */
  approvedBy?: Actor;
  name?: string;
  kind?: "team" | "partner" | "emergency";
  clearEveryDays?: number | null;
  keepYears?: number | null;
  /** YYYY-MM-DD; in a year unless given. */
  reviewOn?: string;
  /** When it was asked for, approved, and everybody agreed; now unless given. */
  at?: Date;
}

/** Puts an approved group into the register of the first administrator's body; all its people have agreed to share their number. */
export async function addApprovedGroup({ prisma }: Pick<Database, "prisma">, group: GroupInTest): Promise<TestGroup> {
  const { administrators, deputy, members = [], name = "Duty rota", kind = "team" } = group;
  const [first] = administrators;
  if (!first) throw new Error("A group needs an administrator.");
  const { body, personId: requesterId } = first;
  const at = group.at ?? clock.now();
  const id = randomUUID();
  const reference = makeReference("GRP");
  const approvedBy = group.approvedBy?.personId ?? (await makeOfficer(prisma, body));
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
      requesterId,
      startKey: id,
      state: "approved",
      leastAdministrators: 2,
      name,
      kind,
      app: "WhatsApp",
      purpose: "Who covers which shift.",
      policy: body,
      version: "1",
      hash: "0".repeat(64),
      hasLogo: true,
      clearEveryDays: group.clearEveryDays ?? null,
      keepYears: group.keepYears ?? null,
      reviewOn: group.reviewOn ?? addDays(calendarDay(at), 365),
      requestedAt: at,
      decidedAt: at,
      decidedById: approvedBy,
      members: { create: people.map((one) => ({ id: randomUUID(), ...one, addedAt: at, consentedAt: at })) },
    },
  });
  return { id, reference };
}

async function makeOfficer(prisma: Database["prisma"], body: string): Promise<string> {
  const id = `officer-${randomUUID()}`;
  const name = "Somebody who approves groups";
  await prisma.person.create({
    data: { id, body, employer: body, name, email: `${id}@${body}.invalid`, roles: ["employee"] },
  });
  return id;
}
