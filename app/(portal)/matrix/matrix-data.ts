import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { dateInWords, lastDay } from "#domain/calendar/calendar.ts";
import type { DecisionTable } from "#domain/decision/decision-table.ts";
import type { Fact } from "#domain/decision/fact.ts";
import type { MatrixPlace } from "#domain/decision/matrix-state.ts";
import type { Matrix, Obligation, Rule } from "#domain/decision/rule-file.ts";
import { ownTable, type GrantedException } from "#domain/exception/coverage.ts";
import { resultSentence } from "#domain/exception/result-sentence.ts";
import { clauseById, compareVersions, type PolicyVersion } from "#domain/policy/policy.ts";
import { questionFor } from "#domain/policy/wording.ts";
import type { MatrixPage } from "#server/policy/matrix-queries.ts";
import type { MatrixSource } from "./matrix-picture.ts";

/** A decision table as it travels to a browser: what decides, in its words, and nothing else. */
export interface TableData {
  /** Names the content: equal hash, equal table. */
  hash: string;
  version: string;
  facts: [name: string, fact: Fact][];
  rules: Rule[];
  /** Only where two versions are compared. */
  obligations: Obligation[];
}

/** What the page of a matrix sends to the browser, which answers from it without asking again. */
export interface MatrixData {
  place: MatrixPlace;
  table: TableData;
  matrix: Matrix;
  /** Texts of the clauses that rules name. */
  clauses: Record<string, string>;
  /** Address of the policy's text. */
  textPath: string;
  /** Whether the wizard answers from this version. */
  isCurrent: boolean;
  before: TableData | null;
  granted: GrantedException[];
  /** Reference → last day in words. */
  lastDays: Record<string, string>;
  /** Versions that may be shown, the newest first; and of those the ones that this one can be compared with. */
  versions: { value: string; label: string; isEarlier: boolean }[];
}

export function matrixData({ policy, before, versions, place, granted }: MatrixPage): MatrixData {
  const { version } = policy;
  const cited = [...new Set(version.table.rules.flatMap(({ because }) => because))];
  const path = `/policies/${version.slug}`;
  return {
    place,
    table: tableData(version, version.table, before !== null),
    matrix: version.matrix,
    clauses: Object.fromEntries(cited.map((id) => [id, clauseById(version, id).text])),
    textPath: place.version === null ? path : `${path}/versions/${version.version}`,
    isCurrent: place.version === null,
    before: before && tableData(before, before.table, true),
    granted: [...granted],
    lastDays: lastDaysOf(granted),
    versions: versions.map(({ version: { version: number }, state }) => ({
      value: number,
      label: `${number} (${STATE_WORDS[state].toLowerCase()})`,
      isEarlier: compareVersions(number, version.version) < 0,
    })),
  };
}

/** The same for what is worked out on the server alone. */
export function matrixSource({ policy: { version }, before, granted }: MatrixPage): MatrixSource {
  return {
    version,
    before: before && { version: before.version, table: before.table },
    own: granted.length > 0 ? ownTable(version.table, granted) : null,
    lastDays: lastDaysOf(granted),
  };
}

function tableData(version: PolicyVersion, table: DecisionTable, isCompared: boolean): TableData {
  return {
    hash: version.hash,
    version: version.version,
    facts: table.facts.map(({ name, fact }) => {
      const { ask, short, answers } = questionFor(version, name);
      const words = answers.map(({ answer, label, when }) => [answer, { label, when, hint: null, as: null }] as const);
      return [name, { ask, short, help: null, ordered: fact.ordered, answers: Object.fromEntries(words) }];
    }),
    rules: table.rules.map((rule) => ({
      ...{ id: rule.id, when: rule.when, verdict: rule.verdict, says: resultSentence(rule) },
      ...{ because: rule.because, obligations: rule.obligations, instead: [], contacts: [] },
    })),
    obligations: isCompared ? [...table.obligations.values()].map(({ id, text }) => ({ id, text, because: [] })) : [],
  };
}

function lastDaysOf(granted: readonly GrantedException[]): Record<string, string> {
  return Object.fromEntries(granted.map(({ reference, endsAt }) => [reference, dateInWords(lastDay(endsAt))]));
}
