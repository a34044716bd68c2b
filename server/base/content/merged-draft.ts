import { stringify } from "yaml";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { unionAxes } from "#domain/policy/decision/comparison.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import type { FactSet } from "#domain/policy/decision/fact.ts";
import { mergedRules, type Combination, type Combinations } from "#domain/policy/decision/merge.ts";
import { SHARED_WORDS, wordProblems } from "#domain/policy/decision/policy-words.ts";
import type { Example, Obligation, Rule } from "#domain/policy/decision/rule-file.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { firstDayOf, lastDayOf } from "#domain/policy/policy/on-day.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence } from "#domain/policy/policy/wording.ts";
import { withFields } from "./scaffold.ts";

/** A policy that a draft takes its text and its rules from. */
export interface MergedSource {
  /** What it is called on pages. */
  name: string;
  version: PolicyVersion;
}

/** What was chosen for a combination: the place of the policy whose answer is taken; null for what none of them covers. */
type Chosen = (combination: Combination) => number | null;

/** The first part of the draft names its sources; the parts after it are theirs. */
const FIRST_PART = 2;
const COVERED_BY_NONE = "1.2";

/**
 * The files of a draft that decides every situation as it was chosen. Text, clauses, rules and duties are those of the
 * policies that something is taken from; each policy's number stands before the numbers of its clauses.
 * @param fresh the files of a new version of the body's policy: its front matter is kept
 */
export function filesOfMergedDraft(
  fresh: Readonly<Record<"policy.mdx", string>>,
  sources: readonly MergedSource[],
  { combinations, chosen, body }: { combinations: Combinations; chosen: Chosen; body: Body },
): Record<"policy.mdx" | "rules.yaml" | "questions.yaml", string> {
  const tables = sources.map(({ version }) => version.table);
  const picked = new Map<Combination, Rule | null>();
  for (const one of combinations.combinations) picked.set(one, one.rules[chosen(one) ?? -1] ?? null);
  const used = new Set(picked.values());
  const parts = sources
    .filter(({ version }) => version.table.rules.some((rule) => used.has(rule)))
    .map((source, at) => partOf(source, at + FIRST_PART, body));
  const names = new Set<string>();
  const rules = mergedRules(combinations, tables, (one) => picked.get(one) ?? null).map(({ when, taken }) => {
    const part = parts.find(({ source }) => taken !== null && source.version.table.rules.includes(taken));
    const rule = taken && part ? part.ruleOf(taken) : NOT_COVERED;
    return { ...rule, id: unusedName(rule.id, names), when };
  });
  const obligations = parts.flatMap((part) => part.obligations(new Set(rules.flatMap((rule) => rule.obligations))));
  const questions = mergedQuestions(sources.map(({ version }) => version));
  return {
    "policy.mdx": mergedText(fresh["policy.mdx"], parts),
    "rules.yaml": [
      ...parts.flatMap(leftOut).map((line) => `# ${line}\n`),
      asYaml({
        facts: Object.keys(questions),
        ...partsOfRules(sources, questions, new Set(rules.map(({ verdict }) => verdict))),
        obligations,
        rules: rules.map(withoutEmpty),
        ...partsAboutClauses(parts),
        examples: mergedExamples(sources, questions, rules, obligations),
      }),
    ].join(""),
    "questions.yaml": asYaml(
      Object.fromEntries(
        Object.entries(questions).map(([name, fact]) => [
          name,
          {
            ...fact,
            answers: Object.fromEntries(
              // `as` may be left out, but not empty.
              Object.entries(fact.answers).map(([answer, { as, ...words }]) => [
                answer,
                as === null ? words : { ...words, as },
              ]),
            ),
          },
        ]),
      ),
    ),
  };
}

const NOT_COVERED: Omit<Rule, "when"> = {
  id: "covered-by-none",
  verdict: "not-covered",
  because: [COVERED_BY_NONE],
  obligations: [],
  instead: [],
  contacts: [],
};

type Part = ReturnType<typeof partOf>;

/** One policy's part of the draft. @param number stands before the numbers of its clauses and sections */
function partOf(source: MergedSource, number: number, body: Body) {
  const { version, name } = source;
  const title = `${name}: ${version.frontMatter.title}, version ${version.version}`;
  const clauseIn = (id: string) => `${number}.${id}`;
  const dutyIn = (id: string) => `part-${number}-${id}`;
  return {
    source,
    number,
    title,
    ruleOf(rule: Rule): Omit<Rule, "when"> {
      const { from: _, until: __, when: ___, ...said } = rule;
      return {
        ...said,
        id: `part-${number}-${rule.id}`,
        because: rule.because.map(clauseIn),
        obligations: rule.obligations.map(dutyIn),
        // Those of another body are not known here.
        contacts: rule.contacts.filter((id) => body.contacts.some((contact) => contact.id === id)),
      };
    },
    obligations: (used: ReadonlySet<string>): Obligation[] =>
      [...version.table.obligations.values()]
        .map((one) => ({ ...one, id: dutyIn(one.id), because: one.because.map(clauseIn) }))
        .filter(({ id }) => used.has(id)),
    about: Object.entries(version.about).map(([id, answers]) => [clauseIn(id), answers] as const),
    starts: (version.starts ?? []).map((way) =>
      "clauses" in way && way.clauses ? { ...way, clauses: way.clauses.map(clauseIn) } : way,
    ),
    lifts: version.exceptionRules.lifts.map(clauseIn),
    text: renumbered(version, number),
  };
}

/** What clauses are about, and what people come with: all of every part; of several ways with one title, the first. */
function partsAboutClauses(parts: readonly Part[]) {
  const about = Object.fromEntries(parts.flatMap((part) => part.about));
  const starts = firstOfEach(parts.map((part) => Object.fromEntries(part.starts.map((way) => [way.title, way]))));
  return {
    ...(Object.keys(about).length > 0 && { about }),
    ...(Object.keys(starts).length > 0 && { starts: Object.values(starts) }),
  };
}

/** What the author has to add: policies say different things of exceptions, and nobody but the author can choose. */
function leftOut({ title, number, lifts, source: { version } }: Part): string[] {
  const { decide, longest, extend, target } = version.exceptionRules;
  const steps = Object.entries(decide).flatMap(([risk, roles]) =>
    risk === "because" ? [] : [`${risk} risk: ${roles.map((one) => [one].flat().join(" or ")).join(", then ")}`],
  );
  const what = lifts.length === 0 ? "nothing can be departed from" : `clauses ${lifts.join(", ")} can be departed from`;
  return [
    `To add under "exceptions" if it is to hold here: in part ${number} (${oneLine(title)}) ${what}.`,
    `  Who decides: ${steps.join("; ")}. Longest: ${longest.months} months. Extended: at most ${extend.most} times. To decide: within ${target.workingDays} working days.`,
    ...(version.starts === null
      ? [
          `To add under "starts": what people come with to part ${number}, which starts.yaml has for where it comes from.`,
        ]
      : []),
  ];
}

const oneLine = (words: string) => words.replace(/\s+/g, " ");

/** A policy's text with its number before those of its clauses and sections, and without the statements of its source. */
function renumbered({ text, clauses }: PolicyVersion, number: number): string {
  const ids = new Set(clauses.map(({ id }) => id));
  return text
    .replace(/<Clause\b[^>]*>/g, (tag) =>
      tag.replace(/\sfrom\s*=\s*("[^"]*"|'[^']*')/, "").replace(/\sid\s*=\s*["']/, `$&${number}.`),
    )
    .replace(/^## (?=\d)/gm, `## ${number}.`)
    .replace(/\]\(#(clause|section)-(?=\d)/g, `](#$1-${number}.`)
    .replace(/\bclauses? \d[\d., ]*(?:(?:and|or|to) \d+(?:\.\d+)*)?/g, (words) =>
      words.replace(/\d+(?:\.\d+)+/g, (id) => (ids.has(id) ? `${number}.${id}` : id)),
    )
    .trim();
}

function mergedText(fresh: string, parts: readonly Part[]): string {
  const [, yaml = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(fresh) ?? [];
  const named = parts.map(({ title, number }) => `${plain(title)} (part ${number})`);
  const head = withFields(yaml, {
    changeNote: JSON.stringify(`Put together from ${inOneSentence(parts.map(({ title }) => title))}.`),
    source: "null",
    gaps: "[]",
  });
  const [first] = parts;
  const [example] = first?.source.version.clauses ?? [];
  const numbers =
    first && example
      ? ` The number of the part stands before the numbers of its clauses: its clause ${example.id} is ${first.number}.${example.id} here.`
      : "";
  return [
    `---\n${head}\n---`,
    "## 1 Where this policy comes from",
    `<Clause id="1.1" strength="information">This policy was put together from ${inOneSentence(named)}.${numbers}${parts.map(periodOf).join("")}</Clause>`,
    `<Clause id="${COVERED_BY_NONE}" strength="information">What none of them covers, this policy does not cover. That does not make it allowed.</Clause>`,
    ...parts.flatMap(({ number, title, text }) => [`## ${number} From ${plain(title)}`, text]),
    "",
  ].join("\n\n");
}

/** Words as they stand in a text: no sign in them begins anything. */
const plain = (words: string): string => words.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#~&|]/g, "\\$&");

/** That the rules of a part are those of some days, and lost their days; "" where they always hold. */
function periodOf({ source: { version }, number }: Part): string {
  const [first, last] = [firstDayOf(version), lastDayOf(version)];
  const days = [first && `from ${dateInWords(first)}`, last && `until ${dateInWords(last)}`].filter(Boolean).join(" ");
  return days && ` The rules of part ${number} hold ${days} where they come from. Here they have no days.`;
}

/** The facts of all policies with every answer of any, each in the words of the first that has it. */
function mergedQuestions(versions: readonly PolicyVersion[]): FactSet {
  const tables = versions.map(({ table }) => table);
  const axes = unionAxes(tables);
  return Object.fromEntries(
    axes.map(({ name, fact, answers }) => {
      const all = firstOfEach(
        tables.flatMap(({ facts }) => facts.filter((one) => one.name === name).map((one) => one.fact.answers)),
      );
      const after = fact.after?.filter((other) => axes.some((axis) => axis.name === other)) ?? [];
      const { after: _, ...words } = fact;
      const known = answers.flatMap((answer) => (all[answer] ? [[answer, all[answer]] as const] : []));
      return [name, { ...words, ...(after.length > 0 && { after }), answers: Object.fromEntries(known) }];
    }),
  );
}

/**
 * Matrix and wording: those of the first policy, and of the next where it has none. Words: the first that fit every
 * verdict that is given.
 */
function partsOfRules(sources: readonly MergedSource[], questions: FactSet, verdicts: ReadonlySet<Verdict>) {
  const versions = sources.map(({ version }) => version);
  const [{ matrix } = { matrix: null }] = versions;
  const words =
    versions.map((one) => one.words).find((one) => wordProblems(one, verdicts).length === 0) ?? SHARED_WORDS;
  const assumed = firstOfEach(versions.map((one) => one.matrix.assume));
  const others = Object.keys(questions).filter((name) => name !== matrix?.rows && name !== matrix?.columns);
  const assume = Object.fromEntries(
    others.map((name) => [name, assumed[name] ?? Object.keys(questions[name]?.answers ?? {})[0] ?? ""]),
  );
  return {
    ...(matrix && { matrix: { ...matrix, assume } }),
    ...(words !== SHARED_WORDS && { words }),
    questions: firstOfEach(versions.map(({ wording }) => wording)),
  };
}

/** The examples of all policies with the verdicts that they have now; those that are no longer settled are left out. */
function mergedExamples(
  sources: readonly MergedSource[],
  questions: FactSet,
  rules: readonly Rule[],
  obligations: readonly Obligation[],
): Example[] {
  const table = buildTable(Object.entries(questions), rules, obligations);
  const names = new Set<string>();
  return sources
    .flatMap(({ version }) => version.examples)
    .flatMap(({ name, facts }) => {
      const decision = decide(table, facts);
      if (!decision.settled || names.has(name)) return [];
      names.add(name);
      return [{ name, facts, verdict: decision.rule.verdict }];
    });
}

/** All entries; of several with the same name, the first. */
const firstOfEach = <Value>(all: readonly Readonly<Record<string, Value>>[]): Record<string, Value> =>
  Object.fromEntries(all.toReversed().flatMap((one) => Object.entries(one)));

function unusedName(wanted: string, names: Set<string>): string {
  let name = wanted;
  for (let count = 2; names.has(name); count++) name = `${wanted}-${count}`;
  names.add(name);
  return name;
}

const withoutEmpty = (rule: Rule): object =>
  Object.fromEntries(
    Object.entries(rule).filter(([, value]) => typeof value === "string" || Object.keys(value ?? {}).length > 0),
  );

const asYaml = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
