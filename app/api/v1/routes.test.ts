import { expect, it } from "vitest";
import { makeOpenApi, OPERATIONS } from "#domain/answers/api/openapi.ts";

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
