import { PORTAL_ACTOR, eventBy } from "#domain/evidence/journal/event.ts";
import {
  addDays,
  calendarDay,
  dateInWords,
  isWorkingDay,
  workingDaysBefore,
  workingDaysBetween,
} from "#domain/base/calendar/calendar.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Job } from "#server/base/job.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { requestNotice } from "./change.ts";
import { findRequestToChange, listSearchesToRemind, updateSearches } from "./repository.ts";
import { readSearchers } from "./searcher-rules.ts";
import { waitingSearches } from "./service.ts";

/** Working days from one reminder after the day asked for to the next. Our own figure: no source gives one. */
const REMIND_AGAIN_WORKING_DAYS = 2;

/** Reminds people of a search: the working day before it is asked for, and every two working days after that day. */
export const remindOfSearches: Job = {
  name: "search-reminders",
  title: "Remind people who were asked to search and have not answered",
  cron: "20 7 * * *",
  async run(at) {
    const { bodies } = await loadContent();
    const today = calendarDay(at);
    let reminded = 0;
    for (const { id, position, request } of await listSearchesToRemind(getDatabase())) {
      const holidays = daysOff(
        bodies.find(({ slug }) => slug === request.body),
        addDays(today, -60),
        today,
      );
      if (isWorkingDay(today, holidays) && (await remind(id, position, request, at, holidays))) reminded++;
    }
    return `${reminded} reminded`;
  },
};

async function remind(
  id: string,
  position: number,
  { body, reference }: { body: string; reference: string },
  at: Date,
  holidays: ReadonlySet<string>,
): Promise<boolean> {
  const today = calendarDay(at);
  return transact(async (tx): Promise<Change<boolean>> => {
    const request = await findRequestToChange(tx, body, reference);
    const search = request && waitingSearches(request).find((one) => one.id === id);
    if (!search || request.closedAt || !isReminderDue(search, today, holidays)) return { result: false, evidence: [] };
    await updateSearches(tx, [id], { remindedOn: today });
    const { answerBy } = search;
    const searchers = await (await readSearchers(tx, body))(search, request);
    const words = {
      subject: answerBy < today ? "Your answer to a search is overdue" : "Please answer a search by tomorrow",
      paragraphs: [`You were asked to search and to say what you found by ${dateInWords(answerBy)}.`],
    };
    return {
      result: true,
      evidence: [
        eventBy({ body, personId: PORTAL_ACTOR }, at, "search-request.reminded", reference, {
          data: { search: position, to: searchers.map(({ id }) => id).join(" ") },
        }),
      ],
      notices: searchers.map(({ id }) => requestNotice(request, id, "search-reminder", { ...words, search: position })),
    };
  });
}

/** Whether somebody is reminded on a working day. @param today YYYY-MM-DD */
export function isReminderDue(
  { answerBy, remindedOn }: { answerBy: string; remindedOn: string | null },
  today: string,
  holidays: ReadonlySet<string>,
): boolean {
  const eve = workingDaysBefore(answerBy, 1, holidays);
  if (today < eve) return false;
  if (remindedOn === null || remindedOn < eve) return true;
  return answerBy < today && workingDaysBetween(remindedOn, today, holidays) >= REMIND_AGAIN_WORKING_DAYS;
}
