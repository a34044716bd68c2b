/** Reads a rules file part by part: what is wrong is named, what is right stays provable. */
import { z } from "zod";
import { buildTable, type DecisionTable } from "./decision-table.ts";
import { describeFact, type Fact, type FactSet } from "./fact.ts";
import type { Fault } from "./fault.ts";
import { issueWords } from "./issue-words.ts";
import {
  exampleSchema,
  matrixSchema,
  orderSchema,
  obligationSchema,
  ruleFileSchema,
  ruleSchema,
  sourcesSchema,
  wordingSchema,
  type Example,
  type Matrix,
  type Sources,
  type Wording,
} from "./rule-file.ts";

export interface ParsedRules {
  table: DecisionTable;
  matrix: Matrix | null;
  wording: Record<string, Wording>;
  sources: Sources;
  examples: Example[];
}

/**
 * Reads the parsed YAML of a rules file against the facts.
 * @param known the facts that the policy may use
 * @param file path below the content folder, named in the faults
 * @returns what could be read (null when there is no table at all) and a fault for each thing that could not
 */
export function parseRules(raw: unknown, known: FactSet, file: string): { rules: ParsedRules | null; faults: Fault[] } {
  const faults: Fault[] = [];
  const fault = (message: string, rule: string | null = null) =>
    faults.push({ file, rule, kind: "content", situation: null, message });
  const read = <T>(schema: z.ZodType<T>, value: unknown, where: string, rule: string | null = null): T | null => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) fault(`${[where, ...issue.path].join(".")}: ${issueWords(issue)}`, rule);
    // A key that nobody knows is a fault, but the rest of what it stands in can still be proven.
    const unknown = parsed.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
    );
    if (unknown.length === 0 || !isRecord(value)) return null;
    const known = Object.fromEntries(Object.entries(value).filter(([key]) => !unknown.includes(key)));
    return schema.safeParse(known).data ?? null;
  };

  const whole = ruleFileSchema.safeParse(raw);
  if (!whole.success)
    for (const issue of whole.error.issues) fault(`${issue.path.join(".") || "the file"}: ${issueWords(issue)}`);
  // A wrong or unknown key must not hide what else can be proven.
  const parts = whole.success ? whole.data : isRecord(raw) ? raw : null;
  if (parts === null || !Array.isArray(parts.facts) || !Array.isArray(parts.rules)) return { rules: null, faults };

  const facts: [string, Fact][] = [];
  for (const name of parts.facts as unknown[]) {
    const fact = typeof name === "string" && Object.hasOwn(known, name) ? known[name] : undefined;
    if (typeof name !== "string" || !fact)
      fault(`facts: there is no fact "${String(name)}". The facts are ${Object.keys(known).join(", ")}.`);
    else if (facts.some(([other]) => other === name)) fault(`facts: "${name}" is named twice.`);
    else facts.push([name, fact]);
  }
  const factOf = new Map(facts);

  /** Says whether these answers exist; an answer that does not is a fault. */
  const areAnswers = (answers: Record<string, string | string[]>, where: string, rule: string | null = null): boolean =>
    Object.entries(answers).every(([name, given]) => {
      const fact = factOf.get(name);
      if (!fact) {
        fault(`${where}: "${name}" is not among the facts of this policy (${[...factOf.keys()].join(", ")}).`, rule);
        return false;
      }
      return [given].flat().every((answer) => {
        if (Object.hasOwn(fact.answers, answer)) return true;
        fault(`${where}.${name}: there is no answer "${answer}". The answers are ${describeFact(fact)}.`, rule);
        return false;
      });
    });

  const obligations = list(parts.obligations).flatMap((value, at) => {
    const obligation = read(obligationSchema, value, `obligations.${nameOf(value, at)}`);
    return obligation ? [obligation] : [];
  });
  repeated(obligations.map(({ id }) => id)).forEach((id) => fault(`obligations: the id "${id}" is used twice.`));

  const rules = list(parts.rules).flatMap((value, at) => {
    const id = nameOf(value, at);
    const rule = read(ruleSchema, value, `rules.${id}`, id);
    if (!rule || !areAnswers(rule.when, `rules.${id}.when`, id)) return [];
    for (const obligation of rule.obligations)
      if (!obligations.some((known) => known.id === obligation))
        fault(`rules.${id}.obligations: there is no obligation "${obligation}".`, id);
    return [rule];
  });
  repeated(rules.map(({ id }) => id)).forEach((id) => fault(`rules: the id "${id}" is used twice.`, id));
  const usedObligations = new Set(rules.flatMap((rule) => rule.obligations));
  for (const { id } of obligations)
    if (rules.length > 0 && !usedObligations.has(id))
      fault(`obligations.${id}: no rule uses it. Name it in a rule or remove it.`);

  const examples = list(parts.examples).flatMap((value, at) => {
    const example = read(exampleSchema, value, `examples.${at + 1}`);
    return example && areAnswers(example.facts, `examples "${example.name}"`) ? [example] : [];
  });

  const wording: Record<string, Wording> = {};
  for (const [name, value] of Object.entries(isRecord(parts.questions) ? parts.questions : {})) {
    const words = read(wordingSchema, value, `questions.${name}`);
    if (!words) continue;
    const spoken = [...Object.keys(words.answers), ...Object.keys(words.examples)];
    if (areAnswers({ [name]: spoken }, "questions")) wording[name] = words;
  }

  const sources = read(sourcesSchema, parts.sources ?? {}, "sources") ?? { served: {}, information: {} };
  const isOrderFixed = read(orderSchema, parts.order, "order") === "fixed";
  const matrix = readMatrix();
  if (facts.length === 0) return { rules: null, faults };
  try {
    const table = buildTable(facts, rules, obligations, isOrderFixed);
    return { rules: { table, matrix, wording, sources, examples }, faults };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    fault(error.message);
    return { rules: null, faults };
  }

  function readMatrix(): Matrix | null {
    const matrix = read(matrixSchema, parts?.matrix, "matrix");
    if (!matrix) return null;
    const { rows, columns, assume } = matrix;
    if (!areAnswers({ [rows]: [], [columns]: [] }, "matrix") || !areAnswers(assume, "matrix.assume")) return null;
    if (rows === columns) fault(`matrix: rows and columns are both "${rows}".`);
    for (const name of factOf.keys()) {
      const isAxis = name === rows || name === columns;
      if (isAxis && Object.hasOwn(assume, name))
        fault(`matrix.assume: "${name}" is an axis; nothing is assumed of it.`);
      if (!isAxis && !Object.hasOwn(assume, name)) fault(`matrix.assume: say what is assumed of "${name}".`);
    }
    return matrix;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(value: unknown, at: number): string {
  return isRecord(value) && typeof value.id === "string" ? value.id : String(at + 1);
}

function repeated(names: string[]): Set<string> {
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
}
