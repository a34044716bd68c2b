import { problemIf } from "#domain/base/form/form-values.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { LONGEST_NAME, LONGEST_PURPOSE, registerTextProblems } from "#domain/registers/group/group.ts";
import { isIn } from "#domain/registers/group/member.ts";
import { mayDo } from "#domain/registers/group/state.ts";
import { changeGroup, NOT_FOUND, NOTHING_TO_DO, type GroupResult, type GroupChangeOutcome, written } from "./change.ts";
import { findAlertByStartKey, insertAlert, listAlerts, writeCall } from "./repository.ts";

export interface SentAlert {
  startKey: string;
  /** When it was posted in the chat; null if the date or time is invalid. */
  postedAt: Date | null;
  postedBy: string;
  message: string;
}

/**
 * Logs a first notification that was posted in an emergency group. Each member of the chat then has to be phoned, to
 * make sure it has reached them (S3.62, S3.63).
 */
export const logAlert = async (actor: Actor, reference: string, sent: SentAlert): Promise<GroupResult> =>
  changeGroup(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    if (!mayDo(actor, "log-alert", group)) return NOT_FOUND;
    if (await findAlertByStartKey(tx, actor.personId, sent.startKey)) return NOTHING_TO_DO;
    const { startKey, postedAt, postedBy, message } = sent;
    const problems = [
      ...problemIf(postedAt === null, "postedAt", "Write the day and the time, such as 2027-03-27 and 14:05."),
      ...problemIf(postedAt !== null && postedAt > at, "postedAt", "It can't have been posted in the future."),
      ...registerTextProblems("postedBy", postedBy, "Say who posted it.", LONGEST_NAME),
      ...registerTextProblems("message", message, "Write what the message said.", LONGEST_PURPOSE),
    ];
    if (problems.length > 0 || postedAt === null) return { code: "invalid", problems };
    const memberIds = group.members.filter(isIn).map(({ id }) => id);
    const id = randomUUID();
    await insertAlert(tx, {
      id,
      groupId: group.id,
      startKey,
      postedAt,
      postedBy,
      message,
      loggedAt: at,
      loggedById: actor.personId,
      memberIds,
    });
    return written([
      {
        step: "alert-logged",
        detail: `Posted ${momentInWords(postedAt)} by ${postedBy}: ${message}`,
        data: { alert: id, members: memberIds.length },
      },
    ]);
  });

/** Records that a member was phoned about an alert, or has confirmed it, now. */
export const logCall = async (
  actor: Actor,
  reference: string,
  { alertId, memberId, what }: { alertId: string; memberId: string; what: "phoned" | "confirmed" },
): Promise<GroupResult> =>
  changeGroup(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    if (!mayDo(actor, "log-alert", group)) return NOT_FOUND;
    const alert = (await listAlerts(tx, group.id)).find(({ id }) => id === alertId);
    const call = alert?.calls.find((one) => one.memberId === memberId);
    if (!alert || !call) return NOT_FOUND;
    if (what === "confirmed" && !call.phonedAt) await writeCall(tx, { alertId, memberId, column: "phonedAt", at });
    const column = what === "phoned" ? "phonedAt" : "confirmedAt";
    if (!(await writeCall(tx, { alertId, memberId, column, at }))) return NOTHING_TO_DO;
    const name = group.members.find(({ id }) => id === memberId)?.name ?? "";
    return written([
      { step: "call-logged", detail: `${name}: ${what}`, data: { alert: alertId, member: memberId, what } },
    ]);
  });
