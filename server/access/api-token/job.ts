import { endOfToken, isPersonal, stateOfToken, expiryNoticesDue } from "#domain/access/api-token/api-token.ts";
import { calendarDay, dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import type { Job } from "#server/base/job.ts";
import { endTokensOfFormerMakers } from "./effects.ts";
import { OWN_TOKENS } from "./queries.ts";
import { listHolding, lockToken, writeExpiryNoticeDays } from "./repository.ts";

/**
 * Runs every hour, so that no day is missed if the portal was off for a while. Each notice is sent once, since it is
 * recorded with the token.
 */
export const watchTokenEnds: Job = {
  name: "watch-token-ends",
  title: "Tell people which tokens end soon, and end those whose maker may not have one any more",
  cron: "20 * * * *",
  async run(at) {
    let [ended, notified] = [0, 0];
    for (const body of getEnv().bodies)
      ended += await transact(async (tx): Promise<Change<number>> => {
        const written = await endTokensOfFormerMakers(tx, body, { by: PORTAL_ACTOR, at });
        return { result: written.evidence.length, ...written };
      });
    for (const { id, body } of await listHolding(getDatabase(), { body: { in: [...getEnv().bodies] } }))
      if (await tell(id, body, at)) notified++;
    return `${notified} told of, ${ended} ended`;
  },
};

/** @returns whether notices were sent now */
async function tell(id: string, body: string, at: Date): Promise<boolean> {
  return transact(async (tx): Promise<Change<boolean>> => {
    const token = await lockToken(tx, id);
    if (!token || stateOfToken(token, at) !== "active") return { result: false, evidence: [] };
    const due = expiryNoticesDue(token, calendarDay(at));
    const days = due.at(-1);
    const isOwn = isPersonal(token);
    const told = isOwn ? [token.madeBy] : await listPeopleWithRole(tx, body, "administrator");
    if (days === undefined || told.length === 0) return { result: false, evidence: [] };
    await writeExpiryNoticeDays(tx, id, [...token.toldDays, ...due]);
    const { reference, name } = token;
    const last = dateInWords(lastDay(endOfToken(token)));
    return {
      result: true,
      evidence: [
        { body, event: "api-token.end-announced", at, actor: PORTAL_ACTOR, subject: reference, data: { days } },
      ],
      notices: told.map(({ id: to }) => ({
        body,
        to,
        kind: "api-token-ends" as const,
        href: isOwn ? OWN_TOKENS : `/admin/tokens/${reference}`,
        subject: `The token for ${name} ends on ${last}`,
        paragraphs: [
          `${reference} is valid until the end of ${last}. After that the program is refused.`,
          "Make the next token before then, and enter it in the program. Both work until then.",
        ],
      })),
    };
  });
}
