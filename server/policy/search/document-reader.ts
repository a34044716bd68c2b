import "server-only";
import { decide } from "#domain/policy/decision/decide.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";

export type DocumentKind = "clause" | "obligation" | "answer" | "example";

/** One text that can be found, and the clause it belongs to or is based on. */
export interface SearchDocument {
  /** Unique among all documents. */
  id: string;
  version: PolicyVersion;
  kind: DocumentKind;
  /** Id of the clause. */
  clause: string;
  /** Only for a clause itself: its number, and its section's heading. */
  number: string;
  section: string;
  text: string;
}

/**
 * Everything in a version that can be found: clauses, obligations, the answers of its questions, its named examples.
 */
export function documentsOf(version: PolicyVersion): SearchDocument[] {
  const { slug, version: number, clauses, sections, table, examples } = version;
  const titles = new Map(sections.map(({ anchor, title }) => [anchor, title]));
  const documents: SearchDocument[] = [];
  const add = (kind: DocumentKind, name: string, clause: string | undefined, text: string, heading = "") => {
    if (clause === undefined) return;
    const own = kind === "clause" ? { number: clause, section: heading } : { number: "", section: "" };
    documents.push({ id: `${slug} ${number} ${kind} ${name}`, version, kind, clause, text, ...own });
  };
  for (const { id, text, section } of clauses) add("clause", id, id, text, titles.get(section ?? ""));
  for (const { id, because, text } of table.obligations.values()) add("obligation", id, because[0], text);
  for (const { name } of table.facts)
    for (const { answer, label, hint, examples: own } of questionFor(version, name).answers)
      add("answer", `${name} ${answer}`, clauseOfAnswer(version, name, answer), sentences([label, hint, ...own]));
  for (const [at, { name, facts }] of examples.entries()) {
    const decision = decide(table, facts);
    add("example", String(at), decision.settled ? decision.rule.because[0] : undefined, name);
  }
  return documents;
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

function sentences(parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .map((part) => (/[.?!]$/.test(part) ? part : `${part}.`))
    .join(" ");
}
