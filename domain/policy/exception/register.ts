/**
 * The register of all exceptions: its filters, and the counts for its two charts
 * (docs/glossary.md, "References and addresses").
 */
import { addMonths, lastDay } from "#domain/base/calendar/calendar.ts";
import { levelOf, RISK_LEVELS, type RiskLevel, type RiskScores, type Score } from "#domain/base/risk/risk.ts";
import { EXCEPTION_STATES, type ExceptionState } from "./state.ts";

/** The details of an exception that the register uses. */
export interface RegisterEntry {
  state: ExceptionState;
  exception: {
    reference: string;
    policy: string;
    clauses: readonly string[];
    justification: string;
    requester: { name: string; teamId: string | null; teamName: string | null };
    residual: number | null;
    startsAt: Date | null;
    endsAt: Date | null;
    risks: readonly Pick<RiskScores, "likelihoodAfter" | "impactAfter">[];
  };
}

/** Filters of the register; "" matches everything. */
export interface ExceptionRegisterFilter {
  state: ExceptionState | "";
  level: RiskLevel | "";
  policy: string;
  clause: string;
  /** Id of the requester's team, or part of its name. */
  team: string;
  /** Month of the last day, YYYY-MM. */
  ends: string;
  /** Words in the reference, the name or the reason. */
  text: string;
}

export const REGISTER_STATES = EXCEPTION_STATES.filter((state) => state !== "draft");

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads filters from an address; if one is repeated the last counts, and invalid values are left out. */
export function readRegisterFilter(query: Query): ExceptionRegisterFilter {
  const text = (name: string) => ([query[name] ?? []].flat().at(-1) ?? "").trim();
  return {
    state: REGISTER_STATES.find((state) => state === text("state")) ?? "",
    level: RISK_LEVELS.find((level) => level === text("level")) ?? "",
    policy: text("policy"),
    clause: text("clause"),
    team: text("team"),
    ends: /^\d{4}-(0[1-9]|1[0-2])$/.test(text("ends")) ? text("ends") : "",
    text: text("text").slice(0, 200).trim(),
  };
}

/** The query string of a filtered register, in a fixed order; "" for all of it. */
export function writeRegisterFilter(
  filter: ExceptionRegisterFilter,
  more: Readonly<Record<string, string>> = {},
): string {
  const given = Object.entries({ ...filter, ...more }).filter(([, value]) => value !== "");
  return new URLSearchParams(given).toString();
}

/** The entries that match a filter, in their order. */
export function filterRegister<Entry extends RegisterEntry>(
  entries: readonly Entry[],
  filter: ExceptionRegisterFilter,
): Entry[] {
  const words = filter.text.toLowerCase();
  return entries.filter(
    ({ state, exception }) =>
      (filter.state === "" || state === filter.state) &&
      (filter.level === "" || (exception.residual !== null && levelOf(exception.residual) === filter.level)) &&
      (filter.policy === "" || exception.policy === filter.policy) &&
      (filter.clause === "" || exception.clauses.includes(filter.clause)) &&
      (filter.team === "" || isOfTeam(exception.requester, filter.team)) &&
      (filter.ends === "" || endMonth({ state, exception }) === filter.ends) &&
      [exception.reference, exception.requester.name, exception.justification].some((text) =>
        text.toLowerCase().includes(words),
      ),
  );
}

function isOfTeam({ teamId, teamName }: RegisterEntry["exception"]["requester"], team: string): boolean {
  return teamId === team || (teamName?.toLowerCase().includes(team.toLowerCase()) ?? false);
}

/** Number of requests whose worst risk, after mitigation, is in each cell: `likelihood impact` → count. */
export function countWorstRisks(entries: readonly RegisterEntry[]): (likelihood: Score, impact: Score) => number {
  const counts = new Map<string, number>();
  for (const { exception } of entries) {
    const [worst] = [...exception.risks].sort(
      (a, b) => b.likelihoodAfter * b.impactAfter - a.likelihoodAfter * a.impactAfter || b.impactAfter - a.impactAfter,
    );
    if (!worst) continue;
    const key = `${worst.likelihoodAfter} ${worst.impactAfter}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (likelihood, impact) => counts.get(`${likelihood} ${impact}`) ?? 0;
}

/**
 * Number of approved exceptions ending in this month and each of the next twelve; none can end later.
 * @param today calendar day, YYYY-MM-DD
 */
export function countEndings(entries: readonly RegisterEntry[], today: string): { month: string; count: number }[] {
  return Array.from({ length: 13 }, (_, at) => addMonths(`${today.slice(0, 7)}-01`, at).slice(0, 7)).map((month) => ({
    month,
    count: entries.filter((entry) => entry.state === "approved" && endMonth(entry) === month).length,
  }));
}

/**
 * The last day on which it is or was in force, YYYY-MM-DD: for one that was revoked or withdrawn, the day on which that
 * was; null if it was never in force.
 */
export function lastDayOfException({ state, exception: { startsAt, endsAt } }: Ending): string | null {
  if (!startsAt || !endsAt || startsAt >= endsAt) return null;
  return IN_FORCE_ONCE.includes(state) ? lastDay(endsAt) : null;
}

const IN_FORCE_ONCE: readonly ExceptionState[] = ["approved", "expired", "revoked", "withdrawn"];

type Ending = Pick<RegisterEntry, "state"> & { exception: Pick<RegisterEntry["exception"], "startsAt" | "endsAt"> };

/** Month of the last day, YYYY-MM, or "". */
function endMonth(entry: Ending): string {
  return lastDayOfException(entry)?.slice(0, 7) ?? "";
}

/** The months in which approved or expired ones end, each once, in order: YYYY-MM. */
export function listEndMonths(entries: readonly RegisterEntry[]): string[] {
  return [...new Set(entries.map(endMonth))].filter((month) => month !== "").sort();
}
