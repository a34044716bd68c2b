import "server-only";
import type { GroupKind } from "#domain/registers/group/group.ts";
import type { GroupState } from "#domain/registers/group/state.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { List } from "#server/base/db/list-page.ts";
import { holding } from "#server/base/db/part-of-text.ts";
import type { GroupRecord, MemberRecord } from "./repository.ts";

// The group register as a list. A group may have hundreds of members: they are counted where they are.

type Tx = Prisma.TransactionClient;

/** What a line of the register says of a group. */
export interface RegisterLine extends Omit<GroupRecord, "members" | "requester" | "decidedBy" | "closedBy"> {
  /** Its administrators and deputies, and the reader. */
  members: Pick<
    MemberRecord,
    "personId" | "role" | "name" | "hasLeft" | "removedAt" | "refusedAt" | "removalWantedAt"
  >[];
  /** How many are in the chat. */
  memberCount: number;
}

/** Filters of the register; null lets all through. */
export interface RegisterLineFilter {
  states: readonly GroupState[] | null;
  kinds: readonly GroupKind[] | null;
  /** Part of a name, a purpose or a reference; "" is in all. */
  text: string;
  /** Approved ones with a review before this day, YYYY-MM-DD. */
  reviewBefore: string | null;
  ids: readonly string[] | null;
}

const isHere: Prisma.GroupMemberWhereInput = {
  removedAt: null,
  removalWantedAt: null,
  refusedAt: null,
  OR: [{ personId: null }, { person: { status: "active" } }],
};

const fieldsFor = (readerId: string) =>
  ({
    members: {
      where: { removedAt: null, OR: [{ role: { not: "member" } }, { personId: readerId }] },
      select: {
        personId: true,
        role: true,
        name: true,
        removedAt: true,
        refusedAt: true,
        removalWantedAt: true,
        person: { select: { name: true, status: true } },
      },
      orderBy: [{ addedAt: "asc" }, { id: "asc" }],
    },
    _count: { select: { members: { where: { ...isHere, consentedAt: { not: null }, withdrawnAt: null } } } },
  }) satisfies Prisma.ChatGroupInclude;

type LineRow = Prisma.ChatGroupGetPayload<{ include: ReturnType<typeof fieldsFor> }>;

const toLine = ({ members, _count, state, ...row }: LineRow): RegisterLine => ({
  ...row,
  state: state === "requested" && row.sentBackAt ? "sent-back" : state,
  memberCount: _count.members,
  members: members.map(({ person, name, ...member }) => ({
    ...member,
    name: person?.name ?? name ?? "",
    hasLeft: person?.status === "left",
  })),
});

/** The groups of a body that a filter finds, by name. */
export function registerOf(tx: Tx, body: string, readerId: string, filter: RegisterLineFilter): List<RegisterLine> {
  return {
    within: { body },
    filter: whereOf(filter),
    order: [
      ["name", "asc"],
      ["id", "asc"],
    ],
    key: "reference",
    read: async (part) => (await tx.chatGroup.findMany({ ...part, include: fieldsFor(readerId) })).map(toLine),
  };
}

function whereOf({ states, kinds, text, reviewBefore, ids }: RegisterLineFilter): Prisma.ChatGroupWhereInput {
  return {
    AND: [
      states ? { OR: [{ id: { in: [] } }, ...states.map(inState)] } : {}, // an empty OR lets all through
      kinds ? { kind: { in: [...kinds] } } : {},
      text ? { OR: (["name", "purpose", "reference"] as const).map((field) => ({ [field]: holding(text) })) } : {},
      reviewBefore === null ? {} : { state: "approved", reviewOn: { lt: reviewBefore } },
      ids ? { id: { in: [...ids] } } : {},
    ],
  };
}

function inState(state: GroupState): Prisma.ChatGroupWhereInput {
  if (state === "sent-back") return { state: "requested", sentBackAt: { not: null } };
  return state === "requested" ? { state, sentBackAt: null } : { state };
}

/** The ids of the approved groups of a body with fewer than two administrators. */
export async function listShortOfAdministrators(tx: Tx, body: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT g.id FROM "ChatGroup" g
      LEFT JOIN ("GroupMember" m LEFT JOIN "Person" p ON p.id = m."personId")
        ON m."groupId" = g.id AND m.role = 'administrator' AND m."removedAt" IS NULL AND m."removalWantedAt" IS NULL
       AND m."refusedAt" IS NULL AND (p.id IS NULL OR p.status = 'active')
     WHERE g.body = ${body} AND g.state = 'approved'
     GROUP BY g.id HAVING count(m.id) < 2`;
  return rows.map(({ id }) => id);
}
