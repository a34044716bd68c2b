/** Who is in a group, who administers it, and who is responsible for it now (S1.12, S3.42, S3.74, S3.75). */

export const GROUP_ROLES = { administrator: "Administrator", deputy: "Deputy", member: "Member" } as const;
export type GroupRole = keyof typeof GROUP_ROLES;

/** Why somebody is to be taken out of a chat. */
export const REMOVAL_REASONS = {
  "withdrew-consent": "took back their agreement to share their number",
  left: "has left",
  "changed-role": "has changed role or team",
  "no-longer-needed": "no longer needs the group",
  "administrator-removed": "is no longer a member, an administrator says",
} as const satisfies Record<string, string>;
export type RemovalReason = keyof typeof REMOVAL_REASONS;

export const isRemovalReason = (text: string | null): text is RemovalReason =>
  text !== null && Object.hasOwn(REMOVAL_REASONS, text);

/** The parts of a membership that decide somebody's role in the group. */
export interface Membership {
  /** null for somebody outside the directory. */
  personId: string | null;
  role: GroupRole;
  /** True once they have left the body. */
  hasLeft: boolean;
  /** Others see to their duties while they are away. */
  isAwayForLong?: boolean;
  consentedAt: Date | null;
  withdrawnAt: Date | null;
  refusedAt: Date | null;
  removalWantedAt: Date | null;
  removedAt: Date | null;
  /** YYYY-MM-DD, both included. */
  awayFrom: string | null;
  awayUntil: string | null;
}

/** Whether somebody agreed to share their number, and has not taken it back. */
export const hasConsent = ({ consentedAt, withdrawnAt }: Pick<Membership, "consentedAt" | "withdrawnAt">): boolean =>
  consentedAt !== null && withdrawnAt === null;

/** Whether they belong to the group now: on its list, and not to be taken out. */
export const isCurrentMember = (member: Membership): boolean =>
  !member.removedAt && !member.removalWantedAt && !member.refusedAt && !member.hasLeft;

/** Whether the group is a chat that they may use: they agreed, and belong to it. */
export const isIn = (member: Membership): boolean => isCurrentMember(member) && hasConsent(member);

/** The state of a member. */
export type MemberState = "waiting" | "in" | "leaving" | "refused" | "removed";

export function memberStateOf(member: Membership): MemberState {
  if (member.removedAt) return "removed";
  if (member.refusedAt) return "refused";
  if (member.removalWantedAt || member.hasLeft) return "leaving";
  return hasConsent(member) ? "in" : "waiting";
}

export const isAway = ({ awayFrom, awayUntil }: Pick<Membership, "awayFrom" | "awayUntil">, today: string): boolean =>
  awayFrom !== null && awayUntil !== null && awayFrom <= today && today <= awayUntil;

/** Its current administrators, including those outside the directory or away. */
export const administratorsOf = <Member extends Membership>(members: readonly Member[]): Member[] =>
  members.filter((member) => member.role === "administrator" && isCurrentMember(member));

/** Whether somebody may act as an administrator: as one, or as a deputy. */
export const administersGroup = (personId: string, members: readonly Membership[]): boolean =>
  members.some((one) => one.personId === personId && one.role !== "member" && isCurrentMember(one));

/**
 * Ids of people responsible for the administrators' tasks: administrators from the directory who are not away, and the
 * deputy while one of them is away or there are none.
 * @param today calendar day, YYYY-MM-DD
 */
export function inCharge(members: readonly Membership[], today: string): string[] {
  const own = members.filter((member) => member.personId !== null && isCurrentMember(member));
  const administrators = own.filter(({ role }) => role === "administrator");
  const present = administrators.filter((member) => !isAway(member, today) && !member.isAwayForLong);
  const needsDeputy = present.length === 0 || present.length < administrators.length;
  const deputies = needsDeputy ? own.filter(({ role }) => role === "deputy") : [];
  return [...present, ...deputies].flatMap(({ personId }) => personId ?? []);
}

/** Working days after which officers are notified that nobody has taken a member out. */
export const REMOVE_WITHIN_WORKING_DAYS = 3;
/** Working days within which somebody should say whether they agree. Our own figure. */
export const CONSENT_WITHIN_WORKING_DAYS = 5;
/** How long a link for somebody outside the directory is valid. */
export const LINK_HOLDS_DAYS = 14;
