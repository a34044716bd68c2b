import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clearedByOf, type ClearChat } from "#domain/registers/clear-down/clear-chat.ts";
import { promptedOn } from "#domain/registers/clear-down/ledger.ts";
import { inCharge } from "#domain/registers/group/member.ts";
import {
  CALL_AFTER_WORKING_DAYS,
  periodsDue,
  type CallLevel,
  type ClearDownSchedule,
} from "#domain/registers/clear-down/period.ts";
import type { HoldOnGroup } from "#server/registers/hold/queries.ts";
import type { GroupToClear } from "./repository.ts";

/** Stands for the whole group, when its administrators clear it. */
export const WHOLE_GROUP = "group";

/** The rules of a group since its approval. */
export function scheduleOf({ decidedAt, earlierRules, clearEveryDays, keepYears }: GroupToClear): ClearDownSchedule {
  const approvedOn = calendarDay(decidedAt ?? new Date(0));
  return { approvedOn, earlier: earlierRules, current: { clearEveryDays, keepYears } };
}

/** Members of the directory who are in the chat. */
export const currentMembers = ({ members }: GroupToClear) =>
  members.filter(({ personId, removedAt, person }) => personId && !removedAt && person?.status === "active");

/** Somebody's role in a group now; null if they are not in it. */
export const roleIn = (group: GroupToClear, personId: string): GroupToClear["members"][number]["role"] | null =>
  currentMembers(group).find((member) => member.personId === personId)?.role ?? null;

/** Whether somebody is responsible for the administrators' tasks now: one of them, or the deputy while one is away. */
export function isInCharge({ members }: GroupToClear, personId: string, today: string): boolean {
  const own = members.map((member) => ({ ...member, hasLeft: member.person?.status === "left" }));
  return inCharge(own, today).includes(personId);
}

/** A group's periods that are due and not cleared, and the holds that prevent clearing them. */
export type DueClearDowns = ReturnType<typeof dueClearDownsOf>;

/**
 * @param clearedFor the whole group, or one of its senders
 * @param last due day of the latest period cleared for them; "" for none
 * @param holds all holds that ever concerned the group
 */
export function dueClearDownsOf(
  group: GroupToClear,
  clearChat: ClearChat,
  { clearedFor, last, holds, today }: { clearedFor: string; last: string; holds: HoldOnGroup[]; today: string },
) {
  const by = clearedByOf(clearChat, group);
  const joined = group.members.find(({ personId }) => personId === clearedFor);
  const due = group.state === "approved" ? periodsDue(scheduleOf(group), today, last) : [];
  // Nobody has to delete messages from before they joined.
  const open = joined ? due.filter(({ to }) => to >= calendarDay(joined.addedAt)) : due;
  const since = open[0]?.dueOn ?? today;
  return {
    group,
    by,
    /** Periods that have ended and are not cleared, the oldest first; of the group, or of one sender. */
    open,
    /** In force now. */
    holds: holds.filter(({ until }) => until === null),
    /** Day on which clearing was asked for: when the oldest period was due, or when the last hold on it ended. */
    promptedOn: promptedOn(
      since,
      holds.filter(({ until }) => until !== null && calendarDay(until) >= since),
    ),
  };
}

/** For whom a group is cleared: each of its senders, or the whole group. */
export function clearersOf(group: GroupToClear, clearChat: ClearChat): string[] {
  if (clearedByOf(clearChat, group) !== "sender") return [WHOLE_GROUP];
  return currentMembers(group).flatMap(({ personId }) => personId ?? []);
}

/** Which groups may have missed a clear-down so long ago that people of a level hear of it, for `listIdsLikelyMissed`. */
export const missedUntil = (at: Date, level: CallLevel, { clearedBySender }: ClearChat) => ({
  // So many working days are at least as many calendar days.
  before: addDays(calendarDay(at), 1 - CALL_AFTER_WORKING_DAYS[level]),
  bySender: clearedBySender.flatMap(({ policy, kinds }) => kinds.map((kind) => ({ policy, kind }))),
});
