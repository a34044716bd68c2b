import { DMN_LATEST_VERSION } from "@kie-tools/dmn-marshaller";
import { DMN16_SPEC } from "@kie-tools/dmn-marshaller/dist/schemas/dmn-1_6/Dmn16Spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTable, situationAt, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import type { Fact } from "#domain/policy/decision/fact.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { VERDICTS } from "#domain/policy/decision/verdict.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import { enumerate } from "#domain/testing/enumerated-table.ts";
import { CLAUSE, rule, soundTable } from "#domain/testing/generated-table.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";
import { dmnEngine, readDmn, validateDmn } from "#server/testing/dmn-reader.ts";
import { rulesAsDmn } from "./dmn-writer.ts";

// The file is checked by independent tools: libxml2 with the standard's schema, Apache KIE's reader, and feelin, a FEEL
// engine.

const read = await Promise.all(["content", "server/testing/other-subject"].map((folder) => readContent(folder)));
const versions = read.flatMap((content) => content.versions.flatMap((one) => wholeVersion(one) ?? []));
const body = { name: 'Council of "Small" & <Old> Towns' };
const named = versions.map((version) => ({ name: `${version.slug} ${version.version}`, version }));

type Engine = ReturnType<typeof dmnEngine>;

/** A situation under the file's names for its inputs, which are in the order of the facts. */
function inputsFor(
  { facts }: DecisionTable,
  situation: Answers,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(facts.map(({ name }, at) => [names[at] ?? "", situation[name]]));
}

/** The first of all situations for which the file and the portal disagree, or null. */
function firstDifference({ table }: PolicyVersion, engine: Engine, names: readonly string[]) {
  for (let at = 0; at < table.situations; at++) {
    const situation = situationAt(table, at);
    const decision = decide(table, situation);
    if (!decision.settled) throw new Error("A whole situation is open.");
    const said = engine(inputsFor(table, situation, names))?.values;
    if (said?.rule !== decision.rule.id || said.verdict !== decision.rule.verdict) return { situation, said };
  }
  return null;
}

const NAMES_OF_ONE = new Map<string, string>();

/** What the reader found: the parts of the model that a person or a program looks at first. */
function open(xml: string) {
  const { definitions, version } = readDmn(xml);
  const elements = definitions.drgElement ?? [];
  const inputs = elements.flatMap((one) => (one.__$$element === "inputData" ? [one] : []));
  for (const { "@_id": id = "", "@_name": name } of [...elements, ...(definitions.itemDefinition ?? [])])
    if (!DMN16_SPEC.namedElement.isValidName(id, name, NAMES_OF_ONE)) throw new Error(`"${name}" is no name.`);
  const [decision] = elements.flatMap((one) => (one.__$$element === "decision" ? [one] : []));
  const table = decision?.expression;
  if (table?.__$$element !== "decisionTable") throw new Error("There is no decision table.");
  return { definitions, standard: version, inputs, decision, table, names: inputs.map((one) => one["@_name"]) };
}

describe.each(named)("the rules of $name as DMN", ({ version }) => {
  const xml = rulesAsDmn(version, body);
  const validated = validateDmn(xml);
  const { facts, rules } = version.table;

  it("are valid, and a reader of the newest standard opens them completely", async () => {
    const { errors, canonical } = await validated;
    expect(errors).toEqual([]);
    const { standard, definitions, inputs, decision, table, names } = open(canonical);
    expect(standard).toBe(DMN_LATEST_VERSION);
    expect(definitions["@_name"]).toBe(`Policy ${version.slug} ${version.version}`);
    expect(definitions.description?.__$$text).toContain(body.name);
    const stated = version.isPublished ? version.hash : "Not published";
    expect(definitions.artifact?.[0]).toMatchObject({ text: { __$$text: expect.stringContaining(stated) as string } });
    expect(names).toEqual(facts.map(({ name }) => name));
    expect(table["@_hitPolicy"]).toBe("FIRST");
    expect(table.input?.map((one) => one["@_label"])).toEqual(facts.map(({ name }) => questionFor(version, name).ask));
    expect(table.output.map((one) => one["@_name"])).toEqual(["verdict", "rule", "clauses", "obligations", "instead"]);
    expect(table.rule).toHaveLength(rules.length);
    const readings = table.rule?.map(({ annotationEntry }) => annotationEntry?.[2]?.text?.__$$text ?? "");
    expect(readings).toEqual(rules.map(({ reading }) => reading ?? ""));
    const required = decision?.informationRequirement?.map((one) => one.requiredInput?.["@_href"]);
    expect(required).toEqual(inputs.map((one) => `#${one["@_id"]}`));
    const drawn = definitions["dmndi:DMNDI"]?.["dmndi:DMNDiagram"]?.[0]?.["dmndi:DMNDiagramElement"] ?? [];
    const ids = [...canonical.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(drawn).toHaveLength(2 * facts.length + 3);
    for (const one of drawn) expect(ids).toContain(one["@_dmnElementRef"]);
  });

  it("decide every situation as the portal does", async () => {
    const { definitions, names } = open((await validated).canonical);
    const engine = dmnEngine(definitions);
    expect(firstDifference(version, engine, names)).toBeNull();
    const winners = enumerate(version.table);
    rules.forEach((expected, row) => {
      const answers = situationAt(version.table, winners.indexOf(row));
      const { because: clauses, instead } = expected;
      const obligations = obligationsOf(version, expected).map(({ text }) => text);
      const values = { verdict: expected.verdict, rule: expected.id, clauses, obligations, instead };
      expect(engine(inputsFor(version.table, answers, names))).toEqual({ row, values });
    });
  });

  it("would fail with a different answer in a cell, a different verdict, or a missing rule", () => {
    const { names } = open(xml);
    const differs = (changed: string) => {
      expect(changed).not.toBe(xml);
      return firstDifference(version, dmnEngine(open(changed).definitions), names) !== null;
    };
    const cell = /(<inputEntry [^>]*>\s*<text>)"[^<]*(<\/text>)/;
    expect(differs(xml.replace(cell, "$1-$2"))).toBe(true);
    expect(differs(xml.replace(cell, '$1"something-else"$2'))).toBe(true);
    expect(differs(xml.replace(/(then\.verdict">\s*<text>)"[^"]*"/, '$1"perhaps"'))).toBe(true);
    expect(differs(xml.replace(/ *<rule (?![\s\S]*<rule )[\s\S]*?<\/rule>\n/, ""))).toBe(true);
  });
});

it("every situation of every policy was among them", () => {
  const policies = versions.filter(({ slug }) => slug !== "ai-tools");
  expect(policies.length).toBeGreaterThanOrEqual(8);
  expect(policies.reduce((sum, { table }) => sum + table.situations, 0)).toBeGreaterThanOrEqual(63_450);
});

describe("what authors may write", () => {
  // XML and FEEL markup, line ends, a control character, half a surrogate pair, and letters of other scripts.
  const MARKS = [
    '"',
    "'",
    "\\",
    "\\n",
    "\\u0041",
    "${x}",
    "&amp;",
    "&",
    "<b>",
    "]]>",
    "-->",
    "\n",
    "\r\n",
    "\t",
    "\u0001",
    "\uD800",
    "\u2028",
    "é",
    "漢",
    "😀",
  ];
  const nasty = fc
    .array(fc.oneof(fc.constantFrom(...MARKS), fc.string({ unit: "binary", minLength: 1, maxLength: 4 })), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join(""));
  /** Characters that XML cannot hold are replaced by the replacement character. */
  const inXml = (text: string) => text.replaceAll(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");

  it("is read back as it was written, and decides the same", async () => {
    await fc.assert(
      fc.asyncProperty(soundTable, fc.array(nasty, { minLength: 6, maxLength: 6 }), async (table, words) => {
        const version = madeUp(table, words);
        const { errors, canonical } = await validateDmn(rulesAsDmn(version, { name: words[5] ?? "" }));
        expect(errors).toEqual([]);
        const { definitions, names } = open(canonical);
        const engine = dmnEngine(definitions);
        expect(firstDifference(version, engine, names)).toBeNull();
        const said = engine(inputsFor(table, situationAt(table, 0), names));
        expect(said?.values.instead).toEqual(words.slice(0, 2).map(inXml));
      }),
      { numRuns: 6, examples: [[first(fc.sample(soundTable, { numRuns: 1, seed: 1 })), [MARKS.join(""), ...MARKS]]] },
    );
  });

  const fact: Fact = {
    ask: "?",
    short: "?",
    help: null,
    ordered: false,
    answers: Object.fromEntries(["yes", "null"].map((label) => [label, { label, hint: null, when: null, as: null }])),
  };

  it("is not taken for an entity", () => {
    const version = madeUp(buildTable([["if", fact]], [rule("all", {}, "never")], []), [
      "a &#38; b",
      "c &lt; d",
      "&",
      "e",
      "f & g",
    ]);
    const written = rulesAsDmn(version, { name: "h &amp; i" });
    for (const text of ["a &amp;#38; b", "c &amp;lt; d", 'label="&amp;"', "f &amp; g", "h &amp;amp; i"])
      expect(written).toContain(text);
  });

  it("may include any name of a fact: reserved words of FEEL, hyphens, names of our own types and outputs", async () => {
    const given = "if not date-and-time date in verdict texts a-b-1 string rule then of".split(" ");
    const rules = given.map((name, at) =>
      rule(`r${at}`, { [name]: ["null"] }, first(VERDICTS.slice(at % VERDICTS.length))),
    );
    const facts = given.map((name) => [name, fact] as const);
    const version = madeUp(buildTable(facts, [...rules, rule("rest", {}, "allowed")], []), []);
    const { errors, canonical } = await validateDmn(rulesAsDmn(version, body));
    expect(errors).toEqual([]);
    const { definitions, names } = open(canonical);
    expect(names).toContain("date_and_time");
    expect(firstDifference(version, dmnEngine(definitions), names)).toBeNull();
  });
});

function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error("There is none.");
  return item;
}

/** A version with this table, and with these words wherever an author may write some. */
function madeUp(
  table: DecisionTable,
  [one = "1", two = "2", three = "3", four = "4", five = "5"]: string[],
): PolicyVersion {
  const real = first(versions);
  const facts = table.facts.map(({ name, fact }) => {
    const answers = Object.fromEntries(
      Object.entries(fact.answers).map(([answer, words]) => [answer, { ...words, label: four, hint: five }]),
    );
    return [name, { ...fact, ask: three, short: four, help: five, answers }] as const;
  });
  const rules = table.rules.map((row) => ({ ...row, instead: [one, two], says: three, reading: five }));
  const clauses = [{ ...real.clauses[0], id: CLAUSE, text: four }] as PolicyVersion["clauses"];
  return {
    ...real,
    clauses,
    wording: {},
    table: buildTable(facts, rules, []),
    frontMatter: { ...real.frontMatter, title: three },
  };
}
