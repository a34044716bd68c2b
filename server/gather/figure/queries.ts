import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addDays, endOfDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import {
  figurePeriodProblems,
  showFigures,
  yearUntil,
  type FigurePeriod,
  type FigureTable,
  type ShownFigures,
} from "#domain/gather/figure/figure.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { APP_STATES } from "#domain/registers/app/app.ts";
import { KINDS } from "#domain/registers/incident/kind.ts";
import { REQUEST_KINDS } from "#domain/registers/information-request/information-request.ts";
import { clock } from "#server/base/clock.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { readAnswersAtMoments } from "#server/policy/acknowledgement/board-queries.ts";
import { readExceptionsAtMoments } from "#server/policy/exception/figures-queries.ts";
import { countAppStates } from "#server/registers/app/queries.ts";
import { countClearDownsBetween, listMissedDays } from "#server/registers/clear-down/ledger-queries.ts";
import { countGroupsAt } from "#server/registers/group/figures-queries.ts";
import { readAccidentFigures } from "#server/registers/incident/count-queries.ts";
import { readRequestFigures } from "#server/registers/information-request/queries.ts";

/** The figures of a period. */
export interface Figures extends FigurePeriod {
  tables: ShownFigures[];
}

/** What is counted: a body's records, from the first day of a period to the last. */
interface Counted extends FigurePeriod {
  body: Body;
  /** The moments at which the period begins and is over. */
  begin: Date;
  end: Date;
}

type FigureReader = (counted: Counted) => Promise<FigureTable[]>;

/**
 * One reader for each register that requesters ask about, in the order of the page. A register that joins adds its own,
 * which returns exact counts: small ones are hidden here.
 */
const FIGURE_READERS: readonly FigureReader[] = [
  readPolicies,
  readGroups,
  readApps,
  readClearDowns,
  readIncidents,
  readExceptions,
  readRequests,
];

/**
 * The figures of the actor's body for a period; null for those who may not know.
 * @param typed days as in the address; the twelve months up to today if both are empty or left out
 */
export async function getFigures(actor: Actor, typed: Partial<FigurePeriod>) {
  if (!can(actor, "figure.read", actor)) return null;
  const body = await getOwnBody(actor);
  if (!body) return null;
  const today = clock.today();
  const [from, until] = [typed.from?.trim() ?? "", typed.until?.trim() ?? ""];
  const period = from === "" && until === "" ? yearUntil(today) : { from, until };
  const problems = figurePeriodProblems(period, today);
  return problems.length > 0 ? { problems } : readFigures(body, period);
}

/** The same for what has authorised already. */
export async function readFigures(body: Body, period: FigurePeriod): Promise<Figures> {
  const counted = { ...period, body, begin: startOfDay(period.from), end: endOfDay(period.until) };
  const tables = await Promise.all(FIGURE_READERS.map((read) => read(counted)));
  return { ...period, tables: tables.flat().map(showFigures) };
}

async function readPolicies({ body, until, end }: Counted): Promise<FigureTable[]> {
  const { policies } = await readAnswersAtMoments(body, [{ day: until, at: end }]);
  return policies.map(({ title, version, counts }) => {
    const rows = counts[0] ?? [];
    const people = rows.reduce((sum, row) => sum + row.people, 0);
    const accepted = rows.reduce((sum, row) => sum + row.accepted, 0);
    return {
      title: `${title}, version ${version}`,
      what: "People at the end",
      rows: [
        { label: "Had accepted it", count: accepted },
        { label: "Had not", count: people - accepted },
      ],
      isWhole: true,
    };
  });
}

async function readGroups({ body, end }: Counted): Promise<FigureTable[]> {
  const { byTeam, byApp } = await countGroupsAt(body.slug, end);
  const what = "Chat groups at the end";
  return [
    { title: "Chat groups by department", what, rows: named(byTeam, "Without a department"), isWhole: true },
    { title: "Chat groups by app", what, rows: named(byApp, "Not recorded"), isWhole: true },
  ];
}

async function readApps({ body, end }: Counted): Promise<FigureTable[]> {
  const states = await countAppStates(body.slug, end);
  const rows = states.map(({ state, count }) => ({ label: APP_STATES[state], count }));
  return [{ title: "Apps on the register", what: "At the end", rows, isWhole: true }];
}

async function readClearDowns({ body, from, until, begin, end }: Counted): Promise<FigureTable[]> {
  const [done, missed] = await Promise.all([
    countClearDownsBetween(body.slug, begin, end),
    listMissedDays(body, addDays(from, -1), until),
  ]);
  const rows = [
    { label: "Confirmed", count: done },
    { label: "Missed", count: missed.length },
  ];
  return [{ title: "Clear-downs of chat groups", what: "In the period", rows, isWhole: false }];
}

/** Accidents that the body came to know of. */
async function readIncidents({ body, begin, end }: Counted): Promise<FigureTable[]> {
  const { byKind, byApp, breaches } = await readAccidentFigures(body.slug, begin, end);
  const what = "In the period";
  const kinds = byKind.map(({ name, count }) => ({ label: KINDS[name].title, count }));
  return [
    { title: "Accidents by kind", what, rows: kinds, isWhole: true },
    { title: "Accidents by app", what, rows: named(byApp, "Not recorded"), isWhole: true },
    { title: "Possible breaches of personal data", what, rows: [{ label: "All", count: breaches }], isWhole: false },
  ];
}

async function readExceptions({ body, until, begin, end }: Counted): Promise<FigureTable[]> {
  const { at, approved, declined } = await readExceptionsAtMoments(body.slug, [{ day: until, at: end }], begin);
  const decided = [
    { label: "Approved", count: approved },
    { label: "Declined", count: declined },
  ];
  const standing = [
    { label: "In force", count: at[0]?.inForce ?? 0 },
    { label: "Waiting for a decision", count: at[0]?.waiting ?? 0 },
  ];
  return [
    { title: "Exceptions decided", what: "In the period", rows: decided, isWhole: false },
    { title: "Exceptions at the end", what: "At the end", rows: standing, isWhole: false },
  ];
}

/** What people asked the body for, and what searching for it took. */
async function readRequests({ body, ...period }: Counted): Promise<FigureTable[]> {
  const { byKind, searches, answered, minutes } = await readRequestFigures(body.slug, period);
  const kinds = byKind.map(({ kind, count }) => ({ label: REQUEST_KINDS[kind].label, count }));
  const searched = [
    { label: "People asked to search", count: searches },
    { label: "Answers", count: answered },
    { label: "Hours of searching", count: Math.round(minutes / 60), of: answered },
  ];
  return [
    { title: "Requests and complaints by kind", what: "Received in the period", rows: kinds, isWhole: true },
    { title: "Searches for requests", what: "In the period", rows: searched, isWhole: false },
  ];
}

function named(counts: readonly { name: string | null; count: number }[], none: string): FigureTable["rows"] {
  const { compare } = new Intl.Collator("en-GB");
  const sorted = [...counts].sort(
    (a, b) => Number(a.name === null) - Number(b.name === null) || compare(a.name ?? "", b.name ?? ""),
  );
  return sorted.map(({ name, count }) => ({ label: name ?? none, count }));
}
