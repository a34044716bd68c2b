import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Fact } from "#domain/policy/decision/fact.ts";
import type { MatrixSubject } from "#domain/policy/decision/matrix-state.ts";
import type { Matrix, Obligation, Rule } from "#domain/policy/decision/rule-file.ts";
import type { OwnWords } from "#domain/policy/decision/verdict.ts";
import { ownTable, type GrantedException } from "#domain/policy/exception/coverage.ts";
import { resultSentence } from "#domain/policy/exception/result-sentence.ts";
import { firstDayOf } from "#domain/policy/policy/on-day.ts";
import { clauseById, compareVersions, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import type { MatrixPage } from "#server/policy/policy/matrix-queries.ts";
import type { MatrixSource } from "./matrix-picture.ts";

/** A decision table with its words: what decides, and nothing else. */
export interface TableContent {
  facts: [name: string, fact: Fact][];
  rules: Rule[];
  /** Only if two versions are compared. */
  obligations: Obligation[];
  /** Texts of the clauses that rules name. */
  clauses: Record<string, string>;
  /** As far as the version's rules for exceptions matter to its table. */
  lifts: readonly string[];
  binding: readonly string[];
  /** The policy's own words for verdicts, where it has any. */
  words: OwnWords["words"];
}

/** The same as sent to a browser: one string, serialised once per version and parsed once, not for every request. */
export type TableData = { key: string; version: string; json: string };

/** What a matrix page sends to the browser, which then works without further requests. */
export interface MatrixData {
  subject: MatrixSubject;
  table: TableData;
  matrix: Matrix;
  /** Address of the policy's text. */
  textPath: string;
  /** Whether the wizard answers from this version. */
  isCurrent: boolean;
  before: TableData | null;
  granted: GrantedException[];
  /** Reference → last day in words. */
  lastDays: Record<string, string>;
  /** Versions that may be shown, newest first; and those that this one can be compared with. */
  versions: { value: string; label: string; isEarlier: boolean }[];
}

export function matrixData({ policy: { version }, before, versions, subject, granted }: MatrixPage): MatrixData {
  const path = `/policies/${version.slug}`;
  return {
    subject: subject,
    table: tableData(version, before !== null),
    matrix: version.matrix,
    textPath: subject.version === null ? path : `${path}/versions/${version.version}`,
    isCurrent: subject.version === null,
    before: before && tableData(before, true),
    granted: [...granted],
    lastDays: lastDaysOf(granted),
    versions: versions.map(({ version: { version: number }, state }) => ({
      value: number,
      label: `${number} (${STATE_WORDS[state].toLowerCase()})`,
      isEarlier: compareVersions(number, version.version) < 0,
    })),
  };
}

/** The same for what is worked out only on the server. */
export const matrixSource = ({ policy: { version }, before, granted }: MatrixPage): MatrixSource => ({
  version,
  before: before && { version: before.version, table: before.table },
  own: granted.length > 0 ? ownTable(version, granted) : null,
  lastDays: lastDaysOf(granted),
});

const known = new WeakMap<DecisionTable, Map<string, TableData>>();

function tableData(version: PolicyVersion, isCompared: boolean): TableData {
  const { table } = version;
  const ofTable = known.get(table) ?? new Map<string, TableData>();
  known.set(table, ofTable);
  // A version has a table for each of its periods.
  const ofPeriod = [version.hash, firstDayOf(version)].filter(Boolean).join(" from ");
  const key = isCompared ? `${ofPeriod} compared` : ofPeriod;
  const data = ofTable.get(key) ?? {
    key,
    version: version.version,
    json: JSON.stringify(tableContent(version, isCompared)),
  };
  ofTable.set(key, data);
  return data;
}

function tableContent(version: PolicyVersion, isCompared: boolean): TableContent {
  const { table } = version;
  const cited = [...new Set(table.rules.flatMap(({ because }) => because))];
  return {
    facts: table.facts.map(({ name, fact }) => {
      const { ask, short, answers } = questionFor(version, name);
      const words = answers.map(({ answer, label, when }) => [answer, { label, when, hint: null, as: null }] as const);
      return [name, { ask, short, help: null, ordered: fact.ordered, answers: Object.fromEntries(words) }];
    }),
    rules: table.rules.map((rule) => ({
      id: rule.id,
      when: rule.when,
      verdict: rule.verdict,
      says: resultSentence(rule, { words: version.words }),
      because: rule.because,
      obligations: rule.obligations,
      instead: [],
      contacts: [],
    })),
    obligations: isCompared ? [...table.obligations.values()].map(({ id, text }) => ({ id, text, because: [] })) : [],
    clauses: Object.fromEntries(cited.map((id) => [id, clauseById(version, id).text])),
    lifts: version.exceptionRules.lifts,
    binding: version.exceptionRules.binding.filter((id) => cited.includes(id)),
    words: { verdicts: version.words.verdicts, results: {} },
  };
}

const lastDaysOf = (granted: readonly GrantedException[]): Record<string, string> =>
  Object.fromEntries(granted.map(({ reference, endsAt }) => [reference, dateInWords(lastDay(endsAt))]));
