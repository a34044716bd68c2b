import { readFileSync } from "node:fs";
import path from "node:path";
import { getMarshaller, type DmnLatestModel } from "@kie-tools/dmn-marshaller";
import { evaluate, unaryTest } from "feelin";
import { create } from "xmlbuilder2";
import { validateXML } from "xmllint-wasm";

const SCHEMAS = path.resolve("node_modules/@kie-tools/dmn-marshaller/src/schemas/dmn-1_6");
const [MAIN, ...IMPORTED] = ["DMN16.xsd", "DMNDI15.xsd", "DI.xsd", "DC.xsd"].map((fileName) => ({
  fileName,
  contents: readFileSync(path.join(SCHEMAS, fileName), "utf8"),
}));

/** What the reader expects of a browser. */
class DOMParser {
  parseFromString(xml: string): unknown {
    return create(xml).node;
  }
}
Object.assign(globalThis, { DOMParser });

/**
 * Validates files against the schema of DMN 1.6 with libxml2.
 * @returns what is wrong with them, and each as libxml2 understood it, in canonical form
 */
export async function validateDmn(xml: string): Promise<{ errors: string[]; canonical: string }> {
  if (!MAIN) throw new Error("There is no schema.");
  const { errors, normalized } = await validateXML({
    xml: { fileName: "rules.dmn", contents: xml },
    schema: MAIN,
    preload: IMPORTED,
    normalization: "c14n",
  });
  return { errors: errors.map(({ rawMessage }) => rawMessage), canonical: normalized };
}

type Definitions = DmnLatestModel["definitions"];

/** Opens a file with the reader of Apache KIE, in the version of the standard that it is written in. */
export function readDmn(xml: string): { definitions: Definitions; version: string } {
  const marshaller = getMarshaller(xml, { upgradeTo: "latest" });
  return { definitions: marshaller.parser.parse().definitions, version: marshaller.originalVersion };
}

export interface DmnOutcome {
  /** Which row of the table decided, from 0. */
  row: number;
  values: Readonly<Record<string, unknown>>;
}

/**
 * The one decision of a file as an engine that knows nothing of us: FEEL is evaluated by feelin, the hit policy is FIRST as
 * the standard says. What a cell says of a value is worked out once.
 * @returns a function from the values of the inputs, by name, to the outcome; null where no row fits
 */
export function dmnEngine(definitions: Definitions): (inputs: Readonly<Record<string, unknown>>) => DmnOutcome | null {
  const [decision] = (definitions.drgElement ?? []).flatMap((element) =>
    element.__$$element === "decision" ? [element] : [],
  );
  const table = decision?.expression;
  if (table?.__$$element !== "decisionTable") throw new Error("The file holds no decision table.");
  if (table["@_hitPolicy"] !== "FIRST") throw new Error(`The hit policy is ${table["@_hitPolicy"]}.`);
  const columns = (table.input ?? []).map(({ inputExpression }) => textOf(inputExpression));
  const names = table.output.map((output) => output["@_name"] ?? "");
  const rows = (table.rule ?? []).map(({ inputEntry, outputEntry }) => {
    if (inputEntry?.length !== columns.length || outputEntry.length !== names.length)
      throw new Error("A rule has not one entry a column.");
    return { tests: inputEntry.map(textOf), outputs: outputEntry.map(textOf) };
  });
  const known = new Map<string, Map<unknown, unknown>>(columns.map((column) => [column, new Map()]));
  const valueOf = (column: string, inputs: Readonly<Record<string, unknown>>): unknown => {
    if (!Object.hasOwn(inputs, column)) throw new Error(`The input "${column}" is missing.`);
    const values = known.get(column);
    if (values && !values.has(inputs[column])) values.set(inputs[column], evaluated(column, inputs));
    return values?.get(inputs[column]);
  };
  const cells = new Map<string, Map<unknown, boolean>>();
  const holds = (test: string, value: unknown): boolean => {
    const answers = cells.get(test) ?? new Map<unknown, boolean>();
    cells.set(test, answers);
    const answer = answers.get(value) ?? tested(test, value);
    answers.set(value, answer);
    return answer;
  };
  const results = new Map<number, DmnOutcome["values"]>();
  return (inputs) => {
    const values = columns.map((column) => valueOf(column, inputs));
    const row = rows.findIndex(({ tests }) => tests.every((test, at) => holds(test, values[at])));
    const found = rows[row];
    if (!found) return null;
    const said =
      results.get(row) ??
      Object.fromEntries(names.map((name, at) => [name, evaluated(found.outputs[at] ?? "", {})] as const));
    results.set(row, said);
    return { row, values: said };
  };
}

function textOf(expression: { text?: { __$$text: string } | undefined }): string {
  return expression.text?.__$$text ?? "";
}

function evaluated(expression: string, context: Readonly<Record<string, unknown>>): unknown {
  const { value, warnings } = evaluate(expression, context);
  if (warnings.length > 0) throw new Error(`${expression}: ${JSON.stringify(warnings)}`);
  return value;
}

function tested(test: string, value: unknown): boolean {
  const { value: answer, warnings } = unaryTest(test, { "?": value });
  if (warnings.length > 0) throw new Error(`${test}: ${JSON.stringify(warnings)}`);
  return answer === true;
}
