import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { makeOpenApi, OPERATIONS } from "#domain/answers/api/openapi.ts";

const FOLDER = path.resolve("app/api/v1");
const EVERYTHING_ELSE = "/[[...path]]";

const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => `/${path.dirname(file)}`)
  .sort();

it("has one route for every path of the document, and no other", () => {
  const inFiles = files.filter((file) => file !== EVERYTHING_ELSE).map((file) => file.replaceAll(/\[(\w+)\]/g, "{$1}"));
  expect(inFiles).toEqual(Object.keys(makeOpenApi().paths).sort());
  expect(files).toContain(EVERYTHING_ELSE);
});

it("documents every method that is taken", () => {
  const documented = Object.entries(makeOpenApi().paths).flatMap(([address, item]) =>
    Object.keys(item)
      .filter((key) => key !== "parameters")
      .map((method) => `${method.toUpperCase()} ${address}`),
  );
  const taken = Object.entries(OPERATIONS).flatMap(([address, methods]) =>
    Object.keys(methods).map((method) => `${method} ${address}`),
  );
  expect(documented.sort()).toEqual(taken.sort());
});
