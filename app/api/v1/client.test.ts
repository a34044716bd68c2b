import path from "node:path";
import openapiTs, { astToString } from "openapi-typescript";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { makeOpenApi } from "#domain/answers/api/openapi.ts";

// A client is generated from the document as others do it, and programs that use it are compiled.

/** Nothing is written here: the compiler is told what stands in the two files. */
const FOLDER = path.resolve("app/api/v1");
const TYPES = path.join(FOLDER, "with-care.d.ts");
const MAIN = path.join(FOLDER, "main.ts");
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
  skipLibCheck: true,
};
const HEAD = `
import createClient from "openapi-fetch";
import type { paths } from "./with-care.d.ts";
const client = createClient<paths>({ baseUrl: "http://portal.invalid/api/v1" });
`;
const KEY = `params: { header: { "Idempotency-Key": "1" } }`;

/** What goes with each operation besides the parts of its address. */
const BODIES: Readonly<Record<string, string>> = {
  evaluate: `body: { facts: { audience: "colleague" } }`,
  evaluateVersion: `body: { situations: [{ facts: {} }] }`,
  beginException: `${KEY}, body: { for: "a@b.invalid", policy: "model", clauses: ["3.7"] }`,
  beginRecord: `${KEY}, body: { for: "a@b.invalid", about: "The hall", method: "copied" }`,
  beginGroup: `${KEY}, body: { for: "a@b.invalid", kind: "team", logo: true }`,
};

/** A line for every operation of the document. */
function callsOfAll(): string {
  return Object.entries(makeOpenApi().paths)
    .flatMap(([address, item]) =>
      Object.entries(item as Record<string, { operationId?: string }>).flatMap(([method, { operationId }]) => {
        if (operationId === undefined) return [];
        const parts = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}: "x"`);
        const given = [
          ...(parts.length > 0 ? [`params: { path: { ${parts.join(", ")} } }`] : []),
          ...(BODIES[operationId] === undefined ? [] : [BODIES[operationId]]),
        ];
        const call = `client.${method.toUpperCase()}("${address}", { ${given.join(", ")} })`;
        return `export const ${operationId} = async () => { const { data, error } = await ${call}; if (error) throw new Error(error.title); return data; };`;
      }),
    )
    .join("\n");
}

describe("a generated client", () => {
  let types: string;
  beforeAll(async () => {
    types = astToString(await openapiTs(JSON.stringify(makeOpenApi())));
  }, 60_000);

  /** What the compiler finds wrong in a program. */
  function compile(program: string): string[] {
    const files: Record<string, string> = { [TYPES]: types, [MAIN]: HEAD + program };
    const host = ts.createCompilerHost(OPTIONS);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (name) => name in files || fileExists(name);
    host.readFile = (name) => files[name] ?? readFile(name);
    host.getSourceFile = (name, ...more) => {
      const text = files[name];
      return text === undefined
        ? getSourceFile(name, ...more)
        : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
    };
    const found = ts.getPreEmitDiagnostics(ts.createProgram([MAIN], OPTIONS, host));
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  it("compiles in a program that uses every operation, and what it answers has types", () => {
    const uses = `
      export const names = async (): Promise<(string | null)[]> => (await listGroupsRegister()).rows.map(({ name }) => name);
      export const next = async (): Promise<string | null> => (await listExceptionsRegister()).after;
      export const where = async (): Promise<string> => (await beginRecord()).address;
      export const filtered = () => client.GET("/registers/groups", { params: { query: { state: "approved", sort: "review", size: "50" } } });
    `;
    expect(compile(callsOfAll() + uses)).toEqual([]);
  }, 120_000);

  it.each([
    [
      "a filter with a value that it does not take",
      `client.GET("/registers/groups", { params: { query: { state: "lost" } } });`,
    ],
    ["a filter that there is not", `client.GET("/registers/groups", { params: { query: { colour: "red" } } });`],
    ["a write without a key", `client.POST("/drafts/records", { body: { for: "a@b.invalid" } });`],
    ["a draft for nobody", `client.POST("/drafts/records", { ${KEY}, body: { about: "The hall" } });`],
    [
      "a value that a field does not take",
      `client.POST("/drafts/groups", { ${KEY}, body: { for: "a@b.invalid", kind: "social" } });`,
    ],
    ["an address that there is not", `client.GET("/registers/nothing", {});`],
    ["a field that no row has", `client.GET("/registers/groups", {}).then(({ data }) => data?.rows[0]?.colour);`],
  ])(
    "does not compile with %s",
    (_, program) => {
      const found = compile(program);
      expect(found).not.toEqual([]);
      expect(found.join("\n"), "for no other reason").not.toContain("Cannot find module");
    },
    120_000,
  );
});
