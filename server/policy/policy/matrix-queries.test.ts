import { expect, it } from "vitest";
import { readerIn } from "#server/testing/content.ts";
import { getMatrixFor, getMatrixPage } from "./matrix-queries.ts";

const reader = readerIn("nao");
const subject = async (query: Record<string, string | string[]>) =>
  (await getMatrixPage(reader, "model", query))?.subject ?? null;

it("shows the version that the address names, next to an earlier one, and drops invalid ones", async () => {
  expect(await subject({})).toEqual({ policy: "model", version: null, since: null, on: null });
  expect(await subject({ version: "1.1", since: "1.0" })).toEqual({
    policy: "model",
    version: "1.1",
    since: "1.0",
    on: null,
  });
  expect(await subject({ version: "1.0", since: "2.0" })).toEqual({
    policy: "model",
    version: "1.0",
    since: null,
    on: null,
  });
  expect(await subject({ version: "7.0", since: ["1.0", "nothing"] })).toMatchObject({ version: null, since: "1.0" });
  expect(await getMatrixPage(reader, "no-such-policy", {})).toBeNull();
});

it("knows of no exceptions for another body's policy", async () => {
  expect((await getMatrixPage(reader, "model", {}))?.granted).toEqual([]);
});

it("provides a file of the matrix that the address asks for", async () => {
  const page = await getMatrixFor(reader, new URLSearchParams("policy=model&rows=purpose&columns=audience"));
  expect(page?.subject.policy).toBe("model");
  expect([page?.state.rows, page?.state.columns]).toEqual(["purpose", "audience"]);
});
