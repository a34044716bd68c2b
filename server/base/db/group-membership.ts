import type { Prisma } from "#server/base/db/generated/client.ts";

/** Somebody of the directory who is in a chat group now, as `isIn` of domain/registers/group/member.ts says it. */
export const IN_GROUP = {
  removedAt: null,
  removalWantedAt: null,
  refusedAt: null,
  withdrawnAt: null,
  consentedAt: { not: null },
  person: { status: "active" },
} as const satisfies Prisma.GroupMemberWhereInput;

/** The approved groups that somebody is in now. */
export const groupsOfMember = (personId: string): Prisma.ChatGroupWhereInput => ({
  state: "approved",
  members: { some: { ...IN_GROUP, personId } },
});
