/** Reads a rules file part by part: errors are reported, and the valid parts can still be proven. */
import { z } from "zod";
import type { DecisionTable } from "./decision-table.ts";
import { describeFact, type Fact, type FactSet } from "./fact.ts";
import { schemaProblems } from "./issue-words.ts";
import { policyWordsSchema, SHARED_WORDS, wordProblems, type PolicyWords } from "./policy-words.ts";
import { buildPeriods, type RulePeriod } from "./period.ts";
import {
  aboutSchema,
  type ClauseSubjects,
  type Example,
  exampleSchema,
  type Fault,
  type Matrix,
  matrixSchema,
  type Obligation,
  obligationSchema,
  orderSchema,
  type Rule,
  ruleFileSchema,
  ruleSchema,
  type Sources,
  sourcesSchema,
  type Wording,
  wordingSchema,
} from "./rule-file.ts";

export interface ParsedRules {
  /** The table of the first period: its facts, obligations and size are those of every period. */
  table: DecisionTable;
  /** One, unless rules begin or end on a day. */
  periods: readonly [RulePeriod, ...RulePeriod[]];
  /** All rules, whenever they hold, in table order. */
  rules: readonly Rule[];
  matrix: Matrix | null;
  wording: Record<string, Wording>;
  words: PolicyWords;
  sources: Sources;
  examples: Example[];
  /** The part about exceptions, not parsed yet; undefined if there is none. */
  exceptions: unknown;
  about: ClauseSubjects;
  /** The ways into the check, not parsed yet; undefined if there are none. */
  starts: unknown;
  /** False if a fact, a rule or an obligation could not be read: then what follows from the others is not known. */
  isComplete: boolean;
}

/**
 * Reads the parsed YAML of a rules file against the facts.
 * @param known the facts that the policy may use
 * @param file path below the content folder, for the faults
 * @returns what could be read (null if there is no table at all) and a fault for everything that could not
 */
export function parseRules(raw: unknown, known: FactSet, file: string): { rules: ParsedRules | null; faults: Fault[] } {
  const faults: Fault[] = [];
  const fault: NoteFault = (message, rule = null) =>
    void faults.push({ file, rule, kind: "content", situation: null, message });
  const whole = ruleFileSchema.safeParse(raw);
  if (!whole.success) for (const problem of schemaProblems(whole.error.issues, raw)) fault(problem);
  // A wrong or unknown key must not hide what else can be proven.
  const parts = whole.success ? whole.data : isRecord(raw) ? raw : null;
  if (parts === null || !Array.isArray(parts.facts) || !Array.isArray(parts.rules)) return { rules: null, faults };

  const facts = readFacts(parts.facts, known, fault);
  const areFactsRead = facts.length === parts.facts.length;
  const reader = new PartReader(new Map(facts), fault, areFactsRead);
  const obligations = readObligations(parts.obligations, reader);
  const rules = readRules(parts.rules, { known: obligations, named: list(parts.obligations).map(nameOf) }, reader);
  const isComplete =
    areFactsRead && rules.length === parts.rules.length && obligations.length === list(parts.obligations).length;
  const examples = readExamples(parts.examples, reader);
  const wording = readWording(parts.questions, reader);
  const words = readWords(parts.words, rules, reader);
  const sources = reader.read(sourcesSchema, parts.sources ?? {}, "sources") ?? { served: {}, information: {} };
  const about = readAbout(parts.about, reader);
  const isOrderFixed = reader.read(orderSchema, parts.order, "order") === "fixed";
  const matrix = readMatrix(parts.matrix, reader);
  if (facts.length === 0) return { rules: null, faults };
  try {
    const periods = buildPeriods(facts, rules, obligations, isOrderFixed);
    const [{ table }] = periods;
    const { exceptions, starts } = parts;
    return {
      rules: {
        table,
        periods,
        rules,
        matrix,
        wording,
        words,
        sources,
        examples,
        exceptions,
        about,
        starts,
        isComplete,
      },
      faults,
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    fault(error.message);
    return { rules: null, faults };
  }
}

type NoteFault = (message: string, rule?: string | null) => void;

/** Reads the parts of the file one by one, against the facts of the policy. */
class PartReader {
  constructor(
    readonly facts: ReadonlyMap<string, Fact>,
    readonly fault: NoteFault,
    /** Whether every fact that the policy names is among them; if not, nothing is said of those that are not. */
    private readonly areFactsRead: boolean,
  ) {}

  /** @returns null if it cannot be read; a fault says why */
  read<T>(schema: z.ZodType<T>, value: unknown, where: string, rule: string | null = null): T | null {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const problem of schemaProblems(parsed.error.issues, value, where)) this.fault(problem, rule);
    // An unknown key is a fault, but the rest of the part can still be proven.
    const unknown = parsed.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
    );
    if (unknown.length === 0 || !isRecord(value)) return null;
    const known = Object.fromEntries(Object.entries(value).filter(([key]) => !unknown.includes(key)));
    return schema.safeParse(known).data ?? null;
  }

  /** Whether these answers exist; an answer that does not is a fault. */
  areAnswers(answers: Record<string, string | string[]>, where: string, rule: string | null = null): boolean {
    return Object.entries(answers).every(([name, given]) => {
      const fact = this.facts.get(name);
      if (!fact) {
        const names = [...this.facts.keys()].join(", ");
        if (this.areFactsRead)
          this.fault(`${where}: "${name}" is not among the facts of this policy (${names}).`, rule);
        return false;
      }
      return [given].flat().every((answer) => {
        if (Object.hasOwn(fact.answers, answer)) return true;
        this.fault(`${where}.${name}: there is no answer "${answer}". The answers are ${describeFact(fact)}.`, rule);
        return false;
      });
    });
  }
}

function readFacts(names: readonly unknown[], known: FactSet, fault: NoteFault): [string, Fact][] {
  const facts: [string, Fact][] = [];
  for (const name of names) {
    const fact = typeof name === "string" && Object.hasOwn(known, name) ? known[name] : undefined;
    if (typeof name !== "string" || !fact)
      fault(`facts: there is no fact "${String(name)}". The facts are ${Object.keys(known).join(", ")}.`);
    else if (facts.some(([other]) => other === name)) fault(`facts: "${name}" is named twice.`);
    else facts.push([name, fact]);
  }
  return facts;
}

function readObligations(part: unknown, reader: PartReader): Obligation[] {
  const obligations = list(part).flatMap((value, at) => {
    const obligation = reader.read(obligationSchema, value, `obligations.${nameOf(value, at)}`);
    return obligation ? [obligation] : [];
  });
  for (const id of repeated(obligations.map((one) => one.id)))
    reader.fault(`obligations: the id "${id}" is used twice.`);
  return obligations;
}

function readRules(
  part: unknown,
  obligations: { known: readonly Obligation[]; named: readonly string[] },
  reader: PartReader,
): Rule[] {
  const rules = list(part).flatMap((value, at) => {
    const id = nameOf(value, at);
    const rule = reader.read(ruleSchema, value, `rules.${id}`, id);
    if (!rule || !reader.areAnswers(rule.when, `rules.${id}.when`, id)) return [];
    if (rule.from !== undefined && rule.until !== undefined && rule.from > rule.until)
      reader.fault(
        `rules.${id}: it ends on ${rule.until}, before it begins on ${rule.from}. Correct one of the two.`,
        id,
      );
    for (const obligation of rule.obligations)
      if (!obligations.named.includes(obligation))
        reader.fault(`rules.${id}.obligations: there is no obligation "${obligation}".`, id);
    return [rule];
  });
  for (const id of repeated(rules.map((one) => one.id))) reader.fault(`rules: the id "${id}" is used twice.`, id);
  const usedObligations = new Set(rules.flatMap((rule) => rule.obligations));
  for (const { id } of obligations.known)
    if (rules.length === list(part).length && !usedObligations.has(id))
      reader.fault(`obligations.${id}: no rule uses it. Name it in a rule or remove it.`);
  return rules;
}

const readExamples = (part: unknown, reader: PartReader): Example[] =>
  list(part).flatMap((value, at) => {
    const example = reader.read(exampleSchema, value, `examples.${at + 1}`);
    return example && reader.areAnswers(example.facts, `examples "${example.name}"`) ? [example] : [];
  });

function readWording(part: unknown, reader: PartReader): Record<string, Wording> {
  const wording: Record<string, Wording> = {};
  for (const [name, value] of Object.entries(isRecord(part) ? part : {})) {
    const words = reader.read(wordingSchema, value, `questions.${name}`);
    if (!words) continue;
    const spoken = [...Object.keys(words.answers), ...Object.keys(words.examples)];
    if (reader.areAnswers({ [name]: spoken }, "questions")) wording[name] = words;
  }
  return wording;
}

function readWords(part: unknown, rules: readonly Rule[], reader: PartReader): PolicyWords {
  const words = reader.read(policyWordsSchema, part ?? {}, "words") ?? SHARED_WORDS;
  for (const problem of wordProblems(words, new Set(rules.map(({ verdict }) => verdict)))) reader.fault(problem);
  return words;
}

function readAbout(part: unknown, reader: PartReader): ClauseSubjects {
  const about = reader.read(aboutSchema, part ?? {}, "about") ?? {};
  return Object.fromEntries(
    Object.entries(about).filter(([clause, answers]) => reader.areAnswers(answers, `about.${clause}`)),
  );
}

function readMatrix(part: unknown, reader: PartReader): Matrix | null {
  const matrix = reader.read(matrixSchema, part, "matrix");
  if (!matrix) return null;
  const { rows, columns, assume } = matrix;
  if (!reader.areAnswers({ [rows]: [], [columns]: [] }, "matrix") || !reader.areAnswers(assume, "matrix.assume"))
    return null;
  if (rows === columns) reader.fault(`matrix: rows and columns are both "${rows}".`);
  for (const name of reader.facts.keys()) {
    const isAxis = name === rows || name === columns;
    if (isAxis && Object.hasOwn(assume, name))
      reader.fault(`matrix.assume: "${name}" is an axis; nothing is assumed of it.`);
    if (!isAxis && !Object.hasOwn(assume, name)) reader.fault(`matrix.assume: say what is assumed of "${name}".`);
  }
  return matrix;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const nameOf = (value: unknown, at: number): string =>
  isRecord(value) && typeof value.id === "string" ? value.id : String(at + 1);

const repeated = (names: string[]): Set<string> => new Set(names.filter((name, at) => names.indexOf(name) !== at));
