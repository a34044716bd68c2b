/** A version as it decides on a day, and when its answers change (docs/glossary.md, "Period"). */
import { nextChange, type ComingChange } from "#domain/policy/decision/period.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import type { PolicyVersion } from "./policy.ts";

/** By version and period: what is remembered by version or by table is then remembered by period too. */
const views = new WeakMap<PolicyVersion, Map<number, PolicyVersion>>();

/**
 * A version as it decides on a day. Its text, number and hash stay what they are; its table, its rules for exceptions
 * and the hash of its rules are those of the period that the day is in.
 * @param day calendar day in the United Kingdom, YYYY-MM-DD
 * @returns the version itself if no rule of it begins or ends on a day
 */
export function versionOn<Version extends PolicyVersion>(version: Version, day: string): Version {
  if (version.days.length === 0) return version;
  const at = version.days.filter((first) => first <= day).length;
  const known = views.get(version) ?? new Map<number, PolicyVersion>();
  const view = known.get(at) ?? viewOf(version, at);
  views.set(version, known.set(at, view));
  return view as Version;
}

function viewOf(version: PolicyVersion, at: number): PolicyVersion {
  const { periods } = version;
  const period = periods[at] ?? periods[0];
  const [rules = ""] = version.rulesHash.split(" from ");
  // Not spread, which would parse the text of a version that nobody reads.
  return Object.create(Object.prototype, {
    ...Object.getOwnPropertyDescriptors(version),
    periods: { value: periods, enumerable: true },
    table: { value: period.table, enumerable: true },
    exceptionRules: { value: period.exceptionRules, enumerable: true },
    rulesHash: { value: period.from === null ? rules : `${rules} from ${period.from}`, enumerable: true },
  }) as PolicyVersion;
}

/** All rules of a version, whenever they hold, each once: for what counts clauses and statements. */
export const rulesOf = ({ periods, table, days }: PolicyVersion): readonly Rule[] =>
  days.length === 0 ? table.rules : [...new Set(periods.flatMap((period) => period.table.rules))];

/** When the answer to a settled situation changes next, in the version as it is looked at; null if it never does. */
export const nextChangeIn = ({ periods, table, days }: PolicyVersion, answers: Answers): ComingChange | null =>
  days.length === 0 ? null : nextChange(periods, table, answers);

/** The last day of the period that the version is looked at in, YYYY-MM-DD; null if it has no end. */
export const lastDayOf = ({ periods, table, days }: PolicyVersion): string | null =>
  days.length === 0 ? null : (periods.find((period) => period.table === table)?.until ?? null);

/** The first day of that period, YYYY-MM-DD; null if it has no beginning. */
export const firstDayOf = ({ periods, table, days }: PolicyVersion): string | null =>
  days.length === 0 ? null : (periods.find((period) => period.table === table)?.from ?? null);
