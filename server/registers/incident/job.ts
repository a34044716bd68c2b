import { PORTAL_ACTOR, eventBy } from "#domain/evidence/journal/event.ts";
import { addWorkingHours, calendarDay, addDays, momentInWords } from "#domain/base/calendar/calendar.ts";
import { timeLeft } from "#domain/base/calendar/time-left.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { isClockRunning, isReportOwed } from "#domain/registers/incident/case.ts";
import {
  deadlineOf,
  OPEN_WITHIN_WORKING_HOURS,
  WARN_AGAIN_HOURS,
  warningDue,
} from "#domain/registers/incident/clock.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import type { Job } from "#server/base/job.ts";
import { factsOf } from "./case-rules.ts";
import { listHandlers, noticesTo } from "./handler-rules.ts";
import { caseAnswersOf } from "./record-rules.ts";
import { findToChange, listWithClock, updateIncident, type IncidentRecord } from "./repository.ts";

/**
 * Warns before the 72 hours end and until they no longer count, and notifies a stand-in of a report that nobody opens.
 * Each happens once and is recorded in the case. A case that cannot be seen to does not silence the others.
 */
export const incidentJob: Job = {
  name: "incident-clock",
  title: "Warn before the 72 hours of a case end and after it, and tell a deputy of cases that nobody opens",
  cron: "*/10 * * * *",
  async run(at) {
    let [warned, escalated] = [0, 0];
    const failures: unknown[] = [];
    for (const { body, reference } of await listWithClock(getDatabase())) {
      try {
        if (await warn(body, reference, at)) warned++;
        if (await escalate(body, reference, at)) escalated++;
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} cases could not be seen to; ${warned} were warned of.`);
    return `${warned} warned, ${escalated} told to a deputy`;
  },
};

/** @returns whether a warning was sent now */
async function warn(body: string, reference: string, at: Date): Promise<boolean> {
  return transact(async (tx): Promise<Change<boolean>> => {
    const record = await findToChange(tx, body, reference);
    const deadline = record && isClockRunning(factsOf(record)) && deadlineOf(record.awareAt);
    const hours = deadline ? warningDue(deadline, at, record.warnedAtHours) : null;
    if (!record || !deadline || hours === null) return { result: false, evidence: [] };
    const { ids, withSeniorAt } = await listToWarn(tx, record, at);
    // Whoever comes to handle it later is warned then.
    if (ids.length === 0) return { result: false, evidence: [] };
    await updateIncident(tx, record.id, { warnedAtHours: [...record.warnedAtHours, hours], withSeniorAt });
    return {
      result: true,
      evidence: [eventBy({ body, personId: PORTAL_ACTOR }, at, "incident.warned", reference, { data: { hours } })],
      notices: noticesTo(ids, { body, kind: "incident-clock", reference, ...warningWords(record, deadline, at) }),
    };
  });
}

/** Who handles a case; where nobody is left who does, the senior owner does from now on. */
async function listToWarn(tx: Tx, record: IncidentRecord, at: Date) {
  const handlers = await listHandlers(tx, record);
  const withSeniorAt = handlers.length > 0 ? record.withSeniorAt : at;
  const people = handlers.length > 0 ? handlers : await listHandlers(tx, { ...record, withSeniorAt });
  return { ids: people.map(({ id }) => id), withSeniorAt };
}

function warningWords(record: IncidentRecord, deadline: Date, at: Date): Pick<Notice, "subject" | "paragraphs"> {
  const { reference } = record;
  const { isOver, words } = timeLeft(deadline, at);
  const isDecided = isReportOwed(caseAnswersOf(record));
  const open = isDecided ? "nobody has recorded that it was reported" : "nothing is decided";
  const todo = isDecided
    ? "Report it to the regulator, and record when and how."
    : "Decide whether to report it to the regulator, and record the reason either way.";
  return {
    subject: isOver ? `${reference}: the 72 hours are over` : `${reference}: ${words} to report it`,
    paragraphs: [
      isOver
        ? `The 72 hours ended on ${momentInWords(deadline)} (${words}), and ${open}. Do it now, and say why it is late.`
        : `The 72 hours end on ${momentInWords(deadline)}, and ${open} yet.`,
      `${todo} You do not have to know everything yet.`,
      ...(isOver ? [`You are told again every ${WARN_AGAIN_HOURS} hours until that is recorded.`] : []),
    ],
  };
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
      evidence: [eventBy({ body, personId: PORTAL_ACTOR }, at, "incident.escalated", reference)],
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
