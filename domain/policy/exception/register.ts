/**
 * The register of all exceptions: its filters and orders, and what its charts show
 * (docs/glossary.md, "References and addresses").
 */
import { addMonths, lastDay } from "#domain/base/calendar/calendar.ts";
import { RISK_LEVELS, type RiskLevel } from "#domain/base/risk/risk.ts";
import { EXCEPTION_STATES, type ExceptionState } from "./state.ts";

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
  /** Id of whoever decided, or part of their name. */
  decider: string;
  /** Words in the reference, the name or the reason. */
  q: string;
}

export const REGISTER_STATES = EXCEPTION_STATES.filter((state) => state !== "draft");

/** In which order the register is read; what has no such day or risk comes last. */
export const REGISTER_ORDERS = {
  newest: "Newest first",
  reference: "Reference",
  ends: "Last day, earliest first",
  risk: "Remaining risk, highest first",
  sent: "Sent last, latest first",
  decided: "Decided, latest first",
} as const;
export type RegisterOrder = keyof typeof REGISTER_ORDERS;

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads filters from an address; if one is repeated the last counts, and invalid values are left out. */
export function readRegisterFilter(query: Query): ExceptionRegisterFilter {
  const text = (name: string) => lastOf(query, name).replaceAll("\0", "").trim().slice(0, 200).trim();
  return {
    state: REGISTER_STATES.find((state) => state === text("state")) ?? "",
    level: RISK_LEVELS.find((level) => level === text("level")) ?? "",
    policy: text("policy"),
    clause: text("clause"),
    team: text("team"),
    ends: /^[12]\d{3}-(0[1-9]|1[0-2])$/.test(text("ends")) ? text("ends") : "",
    decider: text("decider"),
    q: text("q"),
  };
}

/** Reads the order from an address; the newest first if it names none. */
export function readRegisterOrder(query: Query): RegisterOrder {
  const name = lastOf(query, "sort");
  return isOrder(name) ? name : "newest";
}

const isOrder = (name: string): name is RegisterOrder => Object.hasOwn(REGISTER_ORDERS, name);

const lastOf = (query: Query, name: string): string => [query[name] ?? []].flat().at(-1) ?? "";

/** The query string of a filtered register, in a fixed order; "" for all of it, the newest first. */
export function writeRegisterFilter(filter: ExceptionRegisterFilter, order: RegisterOrder = "newest"): string {
  const given = Object.entries({ ...filter, sort: order === "newest" ? "" : order }).filter(
    ([, value]) => value !== "",
  );
  return new URLSearchParams(given).toString();
}

/** This month and each of the next twelve, in order, YYYY-MM. @param today YYYY-MM-DD */
export const monthsOfEndings = (today: string): string[] =>
  Array.from({ length: 13 }, (_, at) => addMonths(`${today.slice(0, 7)}-01`, at).slice(0, 7));

/**
 * The last day on which it is or was in force, YYYY-MM-DD: for one that was revoked or withdrawn, the day on which that
 * was; null if it was never in force.
 */
export function lastDayOfException({ state, exception: { startsAt, endsAt } }: Ending): string | null {
  if (!startsAt || !endsAt || startsAt >= endsAt) return null;
  return IN_FORCE_ONCE.includes(state) ? lastDay(endsAt) : null;
}

const IN_FORCE_ONCE: readonly ExceptionState[] = ["approved", "expired", "revoked", "withdrawn"];

interface Ending {
  state: ExceptionState;
  exception: { startsAt: Date | null; endsAt: Date | null };
}
