import "server-only";
import { addWorkingHours, calendarDay, addDays, momentInWords } from "#domain/base/calendar/calendar.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { isReportOwed } from "#domain/registers/incident/case.ts";
import { deadlineOf, OPEN_WITHIN_WORKING_HOURS, timeLeft, warningsDue } from "#domain/registers/incident/clock.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import type { Job } from "#server/base/job.ts";
import { listHandlers, noticesTo } from "./handler-rules.ts";
import { caseAnswersOf } from "./record-rules.ts";
import { findToChange, listWithClock, updateIncident, type IncidentRecord } from "./repository.ts";

/**
 * Warns before the 72 hours end, and notifies a stand-in of a report that nobody opens. Each happens once and is
 * recorded in the case.
 */
export const incidentJob: Job = {
  name: "incident-clock",
  title: "Warn before the 72 hours of a case end, and tell a deputy of cases that nobody opens",
  cron: "*/10 * * * *",
  async run(at) {
    let [warned, escalated] = [0, 0];
    for (const { body, reference } of await listWithClock(getDatabase())) {
      if (await warn(body, reference, at)) warned++;
      if (await escalate(body, reference, at)) escalated++;
    }
    return `${warned} warned, ${escalated} told to a deputy`;
  },
};

/** @returns whether a warning was sent now */
async function warn(body: string, reference: string, at: Date): Promise<boolean> {
  return transact(async (tx): Promise<Change<boolean>> => {
    const record = await findToChange(tx, body, reference);
    if (!record || record.closedAt || !record.mayBePersonalData) return { result: false, evidence: [] };
    // The clock runs until it is decided not to report it, or recorded that it was reported.
    if (record.decidedAt && !isReportOwed(caseAnswersOf(record))) return { result: false, evidence: [] };
    const deadline = deadlineOf(record.awareAt);
    const due = warningsDue(deadline, at, record.warnedAtHours);
    const hours = due.at(-1);
    if (hours === undefined) return { result: false, evidence: [] };
    await updateIncident(tx, record.id, { warnedAtHours: [...record.warnedAtHours, ...due] });
    const { isOver, words } = timeLeft(deadline, at);
    const handlers = await listHandlers(tx, record);
    const open = record.decidedAt ? "nobody has recorded that it was reported" : "nothing is decided";
    return {
      result: true,
      evidence: [{ body, event: "incident.warned", at, actor: PORTAL_ACTOR, subject: reference, data: { hours } }],
      notices: noticesTo(
        handlers.map(({ id }) => id),
        {
          body,
          kind: "incident-clock",
          reference,
          subject: isOver ? `${reference}: the 72 hours are over` : `${reference}: ${words} left to report it`,
          paragraphs: [
            isOver
              ? `The 72 hours ended on ${momentInWords(deadline)}, and ${open}. Do it now, and say why it is late.`
              : `The 72 hours end on ${momentInWords(deadline)}, and ${open} yet.`,
            record.decidedAt
              ? "Report it to the regulator, and record when and how. You do not have to know everything yet."
              : "Decide whether to report it to the regulator, and record the reason either way. You do not have to know everything yet.",
          ],
        },
      ),
    };
  });
}

/** @returns whether a stand-in was notified now */
async function escalate(body: string, reference: string, at: Date): Promise<boolean> {
  return transact(async (tx): Promise<Change<boolean>> => {
    const record = await findToChange(tx, body, reference);
    if (!record || record.closedAt || record.openedAt || record.escalatedAt || at < (await openBy(record)))
      return { result: false, evidence: [] };
    const officers = record.isKeptFromOfficers ? [] : await listHandlers(tx, { ...record, withSeniorAt: null });
    const seniors = await listPeopleWithRole(tx, body, "senior-information-risk-owner");
    const mayKnow = ({ id }: { id: string }) => id !== record.reporterId && id !== record.keptFromId;
    // Several officers stand in for each other; for a single officer, the senior owner does.
    const deputies = officers.length > 1 ? officers : [...officers, ...seniors.filter(mayKnow)];
    const withSeniorAt = record.withSeniorAt ?? (officers.length > 1 ? null : at);
    await updateIncident(tx, record.id, { escalatedAt: at, withSeniorAt });
    return {
      result: true,
      evidence: [{ body, event: "incident.escalated", at, actor: PORTAL_ACTOR, subject: reference }],
      notices: noticesTo(
        deputies.map(({ id }) => id),
        {
          body,
          kind: "incident-unopened",
          reference,
          subject: `${reference}: nobody has opened this report`,
          paragraphs: [
            `It was reported on ${momentInWords(record.reportedAt)}, and nobody who handles reports has opened it in ${OPEN_WITHIN_WORKING_HOURS} office hours.`,
            "Open it now, if you are there, and look after it.",
          ],
        },
      ),
    };
  });
}

/** When a report should have been opened: within four office hours, by the days off of its body. */
async function openBy({ body, reportedAt }: IncidentRecord): Promise<Date> {
  const { bodies } = await loadContent();
  const found = bodies.find(({ slug }) => slug === body);
  const day = calendarDay(reportedAt);
  return addWorkingHours(reportedAt, OPEN_WITHIN_WORKING_HOURS, daysOff(found, day, addDays(day, 30)));
}
