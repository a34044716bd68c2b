import { create } from "xmlbuilder2";
import type { TableFact } from "#domain/policy/decision/decision-table.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { periodInWords } from "#domain/policy/decision/prove.ts";
import { verdictWord, VERDICTS } from "#domain/policy/decision/verdict.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import { firstDayOf, lastDayOf } from "#domain/policy/policy/on-day.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";

/** DMN 1.6, the newest that a maintained reader opens (docs/decisions/021). Its diagrams are those of 1.5. */
const MODEL = "https://www.omg.org/spec/DMN/20240513/MODEL/";
const DIAGRAM = "https://www.omg.org/spec/DMN/20230324/DMNDI/";

/** What the decision returns besides the verdict: name → type. */
const OUTPUTS = {
  verdict: "tVerdict",
  rule: "string",
  clauses: "tTexts",
  obligations: "tTexts",
  instead: "tTexts",
} as const;
const ANNOTATIONS = ["Says", "Because", "Reading"] as const;
/** The decision's own name; facts are in lower case, so none has the same name. */
const DECISION_NAME = "Verdict";

/**
 * The decision table of a version as a DMN model: one input per fact, in the order in which they may be asked, one
 * decision with hit policy FIRST, its rules in table order with their own ids. The same content gives the same file,
 * byte for byte.
 * @param body whose policy it is
 * @throws Error if a rule cites a clause that is not in the text
 */
export function rulesAsDmn(version: PolicyVersion, body: Pick<Body, "name">): string {
  const { slug, frontMatter, table } = version;
  const about = aboutVersion(version, body);
  const definitions = {
    "@xmlns": MODEL,
    "@xmlns:dmndi": DIAGRAM,
    "@xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "@xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
    "@id": "definitions",
    "@name": `Policy ${slug} ${version.version}`,
    "@label": oneLine(`${frontMatter.title}, version ${version.version}`),
    "@namespace": `urn:with-care:policy:${slug}:${version.version}`,
    "@exporter": "With Care",
    description: plain(about),
    itemDefinition: [...table.facts.map((fact) => answerType(version, fact)), ...OWN_TYPES],
    decision: {
      "@id": DECISION_ID,
      "@name": DECISION_NAME,
      "@label": oneLine(frontMatter.title),
      description: ["The rules are tried in their order. The first that fits decides.", whenItHolds(version)]
        .filter(Boolean)
        .join(" "),
      question: "What does the policy say about this situation?",
      allowedAnswers: VERDICTS.map((verdict) => `${verdict}: ${verdictWord(version, verdict)}`).join("\n"),
      variable: { "@id": "variable.decision", "@name": DECISION_NAME, "@typeRef": "tOutcome" },
      informationRequirement: table.facts.map(({ name }) => ({
        "@id": requirementId(name),
        requiredInput: { "@href": `#${inputId(name)}` },
      })),
      decisionTable: decisionTable(version),
    },
    inputData: table.facts.map(({ name }) => inputData(version, name)),
    textAnnotation: { "@id": NOTE_ID, text: plain(about) },
    association: {
      "@id": NOTE_LINE_ID,
      sourceRef: { "@href": `#${DECISION_ID}` },
      targetRef: { "@href": `#${NOTE_ID}` },
    },
    "dmndi:DMNDI": diagramOf(table.facts.map(({ name }) => name)),
  };
  return create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "\uFFFD" }, { definitions }).end({
    prettyPrint: true,
  });
}

/** For a version whose rules begin or end on a day: the days on which this table holds. */
function whenItHolds(version: PolicyVersion): string {
  const words = periodInWords({ from: firstDayOf(version), until: lastDayOf(version) });
  return words === null ? "" : `${words} it is this table; on other days some rules differ.`;
}

const aboutVersion = ({ frontMatter, version, hash, isPublished }: PolicyVersion, { name }: Pick<Body, "name">) =>
  [
    `${frontMatter.title}. ${name}.`,
    `Version ${version}, ${frontMatter.status}.`,
    isPublished
      ? `Fingerprint of text, rules and questions (SHA-256): ${hash}`
      : "Not published: it is still being written.",
  ].join("\n");

/** The answers of a fact as a type. Its name cannot clash with our own types, whatever an author calls the fact. */
function answerType(version: PolicyVersion, { name, answers }: TableFact) {
  const words = questionFor(version, name).answers.map(({ answer, label, hint }) =>
    [`${answer}: ${label}`, hint].filter(Boolean).join(" – "),
  );
  return {
    "@id": `type.${name}`,
    "@name": typeName(name),
    description: plain(words.join("\n")),
    typeRef: "string",
    allowedValues: { "@id": `type.${name}.values`, text: unaryTests(answers) },
  };
}

const typeName = (fact: string) => `tFact${fact.slice(0, 1).toUpperCase()}${feelName(fact).slice(1)}`;

/**
 * Characters that have to be escaped in a literal. All others may stay; those that XML cannot hold are replaced on
 * writing.
 */
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const OWN_TYPES = [
  {
    "@id": "verdict-type",
    "@name": "tVerdict",
    description: "Strictest first. not-covered stands outside the order.",
    typeRef: "string",
    allowedValues: { "@id": "verdict-type.values", text: unaryTests(VERDICTS) },
  },
  { "@id": "texts-type", "@name": "tTexts", "@isCollection": "true", typeRef: "string" },
  {
    "@id": "outcome-type",
    "@name": "tOutcome",
    itemComponent: Object.entries(OUTPUTS).map(([name, typeRef]) => ({
      "@id": `outcome-type.${name}`,
      "@name": name,
      typeRef,
    })),
  },
];

function inputData(version: PolicyVersion, name: string) {
  const { ask, short, help } = questionFor(version, name);
  return {
    "@id": inputId(name),
    "@name": feelName(name),
    "@label": oneLine(short),
    description: plain([ask, help].filter(Boolean).join("\n")),
    variable: { "@id": `variable.${name}`, "@name": feelName(name), "@typeRef": typeName(name) },
  };
}

function decisionTable(version: PolicyVersion) {
  const { facts, rules } = version.table;
  return {
    "@id": "table",
    "@hitPolicy": "FIRST",
    "@outputLabel": DECISION_NAME,
    input: facts.map(({ name, answers }) => ({
      "@id": `column.${name}`,
      "@label": oneLine(questionFor(version, name).ask),
      inputExpression: { "@id": `column.${name}.expression`, "@typeRef": typeName(name), text: feelName(name) },
      inputValues: { "@id": `column.${name}.values`, text: unaryTests(answers) },
    })),
    output: Object.entries(OUTPUTS).map(([name, typeRef]) => ({
      "@id": `result.${name}`,
      "@name": name,
      "@typeRef": typeRef,
      ...(name === "verdict" && { outputValues: { "@id": "result.verdict.values", text: unaryTests(VERDICTS) } }),
    })),
    annotation: ANNOTATIONS.map((name) => ({ "@name": name })),
    rule: rules.map((rule) => tableRow(version, rule)),
  };
}

function tableRow(version: PolicyVersion, rule: Rule) {
  const entryId = (name: string) => `rule.${rule.id}.${name}`;
  const outputs: Record<keyof typeof OUTPUTS, string> = {
    verdict: feelText(rule.verdict),
    rule: feelText(rule.id),
    clauses: feelList(rule.because),
    obligations: feelList(obligationsOf(version, rule).map(({ text }) => text)),
    instead: feelList(rule.instead),
  };
  const notes: Record<(typeof ANNOTATIONS)[number], string> = {
    Says: rule.says ?? "",
    Because: rule.because.map((id) => `${id} ${clauseById(version, id).text}`).join("\n"),
    Reading: rule.reading ?? "",
  };
  return {
    "@id": `rule.${rule.id}`,
    // Some modelling tools show annotations, others the description.
    ...(rule.says !== undefined && { description: plain(rule.says) }),
    inputEntry: version.table.facts.map(({ name }) => ({
      "@id": entryId(`when.${name}`),
      text: unaryTests(rule.when[name] ?? []),
    })),
    outputEntry: Object.entries(outputs).map(([name, text]) => ({
      "@id": entryId(`then.${name}`),
      text: literal(text),
    })),
    annotationEntry: ANNOTATIONS.map((name) => ({ text: plain(notes[name]) })),
  };
}

/** Text that XML can hold and every parser reads the same way: line ends are normalised. */
const plain = (text: string): string => literal(text.replaceAll(/\r\n?/g, "\n").trim());

/** Text for an attribute, where XML does not preserve line ends. */
const oneLine = (text: string): string => literal(text.replaceAll(/\s+/g, " ").trim());

/**
 * The library decodes anything that looks like an entity, once when reading and once when writing: `&lt;` would become
 * "<".
 */
const literal = (text: string): string => text.replaceAll("&", "&amp;amp;");

/** FEEL's reserved words, from its grammar or as types (DMN 1.6, 10.3.1). */
const RESERVED = new Set(
  "and between context date days duration else every external false for function hours if in instance item list minutes months not null number of or range return satisfies seconds some string then time true years".split(
    " ",
  ),
);
/** A fact's name that FEEL can read anywhere: no hyphen, which is also a minus, and no reserved word. */
export function feelName(fact: string): string {
  const name = fact.replaceAll("-", "_");
  return RESERVED.has(name) ? `${name}_` : name;
}

/** A text as a FEEL literal, in quotation marks. */
export function feelText(text: string): string {
  return `"${text.replaceAll(/["\\\n\r\t]/g, (character) => ESCAPES[character] ?? character)}"`;
}

/** Texts as a FEEL list. */
export const feelList = (texts: readonly string[]): string => `[${texts.map(feelText).join(", ")}]`;

/** A FEEL unary test: "is one of these" or, if there are none, "is anything". */
export function unaryTests(answers: readonly string[]): string {
  return answers.length === 0 ? "-" : answers.map(feelText).join(", ");
}

export const DECISION_ID = "decision";
export const NOTE_ID = "note";
export const NOTE_LINE_ID = "note-line";
export const inputId = (fact: string) => `input.${fact}`;
export const requirementId = (fact: string) => `requirement.${fact}`;

/** In the units of DMN diagrams, which modelling tools show as pixels. */
const WIDTH = 160;
const HEIGHT = 60;
const GAP = 40;
const TOP = 80;
const NOTE = { width: 460, height: 100 };
const BETWEEN_ROWS = 140;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A diagram of the model: the decision in the middle, its inputs in one row below it, what it is about beside it. */
export function diagramOf(facts: readonly string[]) {
  const row = facts.length * (WIDTH + GAP) - GAP;
  const decision: Box = { x: GAP + Math.max(0, (row - WIDTH) / 2), y: TOP, width: WIDTH, height: HEIGHT };
  const note: Box = { ...NOTE, x: decision.x + WIDTH + 2 * GAP, y: TOP + (HEIGHT - NOTE.height) / 2 };
  const inputs = facts.map((fact, at) => {
    const box = { x: GAP + at * (WIDTH + GAP), y: TOP + HEIGHT + BETWEEN_ROWS, width: WIDTH, height: HEIGHT };
    return { fact, box };
  });
  return {
    "dmndi:DMNDiagram": {
      "@id": "diagram",
      "@name": "Overview",
      "dmndi:DMNShape": [
        shape(DECISION_ID, decision),
        ...inputs.map(({ fact, box }) => shape(inputId(fact), box)),
        shape(NOTE_ID, note),
      ],
      "dmndi:DMNEdge": [
        ...inputs.map(({ fact, box }) =>
          edge(requirementId(fact), [middle(box), box.y], [middle(decision), decision.y + HEIGHT]),
        ),
        edge(NOTE_LINE_ID, [decision.x + WIDTH, TOP + HEIGHT / 2], [note.x, TOP + HEIGHT / 2]),
      ],
    },
  };
}

const shape = (element: string, { x, y, width, height }: Box) => ({
  "@id": `shape.${element}`,
  "@dmnElementRef": element,
  "dc:Bounds": { "@x": x, "@y": y, "@width": width, "@height": height },
});

const edge = (element: string, ...points: [x: number, y: number][]) => ({
  "@id": `edge.${element}`,
  "@dmnElementRef": element,
  "di:waypoint": points.map(([x, y]) => ({ "@x": x, "@y": y })),
});

const middle = ({ x, width }: Box): number => x + width / 2;
