import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { can, ROLES } from "#domain/access/permission/permission.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { isFirstWorkingDayOfMonth, lastDayOfMonthBefore } from "#domain/gather/board/moments.ts";
import { standingInWords, timesInWords } from "#domain/gather/board/share.ts";
import { SUPPRESSED_WORDS, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { findPersonByEmail, listPeopleWithRole } from "#server/access/identity/queries.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Job } from "#server/base/job.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { readBoard, type Board } from "./queries.ts";
import { insertBoardReport, isBoardReportSent } from "./repository.ts";

/** Sends the report of last month to those whom the body names, once, on its first working day. */
export const SEND_BOARD_REPORTS: Job = {
  name: "send-board-reports",
  title: "Send the board’s report of last month on the first working day",
  // Again through the day: the portal may not have been running at eight.
  cron: "10 8-16 * * 1-5",
  async run(at) {
    const { bodies } = await loadContent();
    const sent: string[] = [];
    for (const body of bodies) {
      const people = await sendReport(body, at);
      if (people !== null) sent.push(`${body.slug}: ${people === 1 ? "1 person" : `${people} people`}`);
    }
    return sent.length === 0 ? "Nothing to send" : `Sent to ${sent.join(", ")}`;
  },
};

/** @returns how many people were told; null where nothing was due */
async function sendReport(body: Body, at: Date): Promise<number | null> {
  const today = calendarDay(at);
  const named = body.boardReport?.to ?? [];
  if (named.length === 0 || !isFirstWorkingDayOfMonth(today, daysOff(body, today, today))) return null;
  const day = lastDayOfMonthBefore(today);
  const month = day.slice(0, 7);
  if (await isBoardReportSent(getDatabase(), body.slug, month)) return null;
  const people = await listNamed(body.slug, named);
  if (people.size === 0) return 0;
  const board = await readBoard(body, day);
  return transact(async (tx) => {
    if (!(await insertBoardReport(tx, { body: body.slug, month, sentAt: at }))) return { result: null, evidence: [] };
    return {
      result: people.size,
      evidence: [
        {
          body: body.slug,
          event: "board-report.sent",
          at,
          actor: PORTAL_ACTOR,
          subject: month,
          data: { people: people.size, chain: board.head.position },
        },
      ],
      notices: [...people].map(([to, mayRead]) => reportNotice(board, body.slug, to, mayRead)),
    };
  });
}

/** Ids of those whom the body names and who work for it now, and whether they may open the page. */
async function listNamed(body: string, named: readonly string[]): Promise<Map<string, boolean>> {
  const tx = getDatabase();
  const people = new Map<string, boolean>();
  for (const one of named) {
    const role = ROLES.find((each) => each === one);
    if (role) {
      const mayRead = can({ roles: [role], body }, "board.read", { body });
      for (const { id } of await listPeopleWithRole(tx, body, role))
        people.set(id, mayRead || (people.get(id) ?? false));
      continue;
    }
    const person = await findPersonByEmail(tx, one);
    if (person?.body === body && person.status === "active")
      people.set(person.id, can(person, "board.read", { body }) || (people.get(person.id) ?? false));
  }
  return people;
}

const inWords = (count: ShownCount) => (count.kind === "shown" ? String(count.count) : SUPPRESSED_WORDS[count.kind]);

/** The figures in words: no names, and no small numbers. */
function reportNotice(board: Board, body: string, to: string, mayRead: boolean): Notice {
  const { day, policies, months, head } = board;
  const month = months.at(-1);
  const events = month && [
    `Exceptions in force on ${dateInWords(day)}: ${inWords(month.exceptionsInForce)}. Waiting for a decision: ${inWords(month.exceptionsWaiting)}.`,
    `In ${dateInWords(day.slice(0, 7))}: accidents ${month.accidents}, possible breaches of personal data ${month.breaches}, clear-downs missed ${month.missedClearDowns}.`,
  ];
  return {
    body,
    to,
    kind: "board-report",
    subject: `The board’s report of ${dateInWords(day.slice(0, 7))}`,
    paragraphs: [
      ...policies.map(
        ({ title, version, all, target, times }) =>
          `${title}, version ${version}. ${standingInWords(all.at(-1) ?? null, target)} ${timesInWords(times)}`,
      ),
      ...(events ?? []),
      head.position === 0
        ? "No evidence was recorded by then."
        : `Evidence row ${head.position} was the last by then: ${head.hash}`,
      mayRead
        ? "The page has it by employer and team, over twelve months, and prints on paper."
        : "The page opens for senior information risk owners, governance officers, auditors and policy owners.",
    ],
    href: `/board?on=${day}`,
  };
}
