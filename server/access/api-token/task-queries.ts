import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import {
  END_REASONS,
  endOfToken,
  isEndReason,
  nextTokenDue,
  stateOfToken,
} from "#domain/access/api-token/api-token.ts";
import { calendarDay, dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listUnfollowed } from "./repository.ts";

/** Tokens that end soon or ended recently and have no replacement yet, as tasks for administrators. */
export async function listTokenTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "api-token.manage", actor)) return [];
  const now = clock.now();
  return (await listUnfollowed(getDatabase(), actor.body, now)).flatMap((token): Task[] => {
    const due = nextTokenDue(token, calendarDay(now));
    if (due === null) return [];
    const { reference, name, endReason } = token;
    const last = dateInWords(lastDay(endOfToken(token)));
    const ends =
      stateOfToken(token, now) === "active" ? `It is valid until the end of ${last}.` : `It ended on ${last}.`;
    return [
      {
        kind: "renew-api-token",
        key: `api-token ${reference}`,
        due,
        title: `Make the next token for ${name}`,
        reason: `${isEndReason(endReason) ? `It has ended: ${END_REASONS[endReason].toLowerCase()}.` : ends} Revoke it if the program is not used any more.`,
        href: `/admin/tokens/${reference}`,
      },
    ];
  });
}
