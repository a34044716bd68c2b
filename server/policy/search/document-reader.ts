import { decide } from "#domain/policy/decision/decide.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { unnamedWays, waysInto, type Starts, type StartWay } from "#domain/policy/search/starts.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";

export type DocumentKind = "clause" | "obligation" | "answer" | "example" | "way";

/** One text that can be found, and the clause it belongs to or is based on. */
export interface SearchDocument {
  /** Unique among all documents. */
  id: string;
  version: PolicyVersion;
  kind: DocumentKind;
  /** Ids of the clauses that it belongs to or leads to, the closest first. */
  clauses: readonly string[];
  /** Only for a clause itself: its number, and its section's heading without its own. */
  number: string;
  section: string;
  text: string;
  /** Answers of the check that it stands for; null for a clause or an obligation. */
  answers: Answers | null;
  /** For a way of content/starts.yaml or of the version: that way. */
  way: StartWay | null;
}

type More = Partial<Pick<SearchDocument, "number" | "section" | "answers">>;

/**
 * Everything in a version that can be found: clauses, obligations, the answers of its questions, its named examples.
 */
export function documentsOf(version: PolicyVersion): SearchDocument[] {
  const { slug, version: number, clauses, sections, table, examples } = version;
  const titles = new Map(sections.map(({ anchor, title }) => [anchor, title]));
  const documents: SearchDocument[] = [];
  const add = (kind: DocumentKind, name: string, clause: string | undefined, text: string, more: More = {}) => {
    const own = { number: "", section: "", answers: null, way: null, ...more };
    const based = clause === undefined ? [] : [clause];
    documents.push({ id: `${slug} ${number} ${kind} ${name}`, version, kind, clauses: based, text, ...own });
  };
  for (const { id, text, section } of clauses)
    add("clause", id, id, text, { number: id, section: titles.get(section ?? "")?.replace(/^[\d.]+\s+/, "") ?? "" });
  for (const { id, because, text } of table.obligations.values()) add("obligation", id, because[0], text);
  for (const { name } of table.facts)
    for (const { answer, label, hint, examples: own } of questionFor(version, name).answers)
      add("answer", `${name} ${answer}`, clauseOfAnswer(version, name, answer), sentences([label, hint, ...own]), {
        answers: { [name]: answer },
      });
  for (const [at, { name, facts }] of examples.entries()) {
    const decision = decide(table, facts);
    add("example", String(at), decision.settled ? decision.rule.because[0] : undefined, name, { answers: facts });
  }
  return documents;
}

/**
 * What people come with, and where it leads in this version: a text for each of their phrases. What leads to something that is not there is left out.
 */
export function waysOf(version: PolicyVersion, starts: Starts): SearchDocument[] {
  const { slug, version: number, clauses, table } = version;
  const known = new Set(clauses.map(({ id }) => id));
  const isKnown = ([fact, answer]: [string, string]) =>
    table.facts.some(({ name, answers }) => name === fact && answers.includes(answer));
  return [...waysInto(starts, version), ...starts.all, ...unnamedWays(starts, version)].flatMap((way, at) => {
    const answers = "answers" in way ? (way.answers ?? null) : null;
    if (!answers && "clauses" in way && way.clauses && !way.clauses.some((id) => known.has(id))) return [];
    if (answers && !Object.entries(answers).every(isKnown)) return [];
    const named = "clauses" in way && way.clauses ? way.clauses.filter((id) => known.has(id)) : [];
    const led = named.length > 0 ? named : answers ? clausesOfAnswers(version, answers) : [];
    return [way.title, ...way.words].map((text, phrase): SearchDocument => {
      const id = `${slug} ${number} way ${at} ${phrase}`;
      return { id, version, kind: "way", clauses: led, number: "", section: "", text, answers, way };
    });
  });
}

function clausesOfAnswers(version: PolicyVersion, answers: Answers): string[] {
  const decision = decide(version.table, answers);
  if (decision.settled) return decision.rule.because.slice(0, 1);
  const based = Object.entries(answers).map(([fact, answer]) => clauseOfAnswer(version, fact, answer));
  return based.filter((clause) => clause !== undefined).slice(0, 1);
}

/**
 * The clause that an answer is based on: that of the first rule among those that name the fewest other answers and
 * facts besides it. None if no rule uses it.
 */
function clauseOfAnswer({ table }: PolicyVersion, fact: string, answer: string): string | undefined {
  const [closest] = table.rules
    .filter(({ when, because }) => when[fact]?.includes(answer) && because.length > 0)
    .map((rule) => ({ rule, others: Object.values(rule.when).flat().length }))
    .sort((one, other) => one.others - other.others);
  return closest?.rule.because[0];
}

const sentences = (parts: readonly (string | null)[]): string =>
  parts
    .filter((part) => part !== null)
    .map((part) => (/[.?!]$/.test(part) ? part : `${part}.`))
    .join(" ");
