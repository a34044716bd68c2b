import fc from "fast-check";
import { expect, it } from "vitest";
import { ScimError } from "./error.ts";
import { parseFilter, type Filter } from "./filter.ts";

const is = (path: string, value: string | number | boolean | null): Filter => ({
  kind: "compare",
  path,
  comparator: "eq",
  value,
});

it("gives and precedence over or, and brackets over both", () => {
  const [a, b, c] = [is("a", 1), is("b", true), is("c", null)];
  expect(parseFilter("a eq 1 or b eq true and c eq null")).toEqual({
    kind: "or",
    parts: [a, { kind: "and", parts: [b, c] }],
  });
  expect(parseFilter("(a EQ 1 OR b eq True) AND c eq NULL")).toEqual({
    kind: "and",
    parts: [{ kind: "or", parts: [a, b] }, c],
  });
  expect(parseFilter("not (a eq 1 or (b eq true))")).toEqual({ kind: "not", part: { kind: "or", parts: [a, b] } });
});

it("reads text as in JSON, and words without quotation marks as in some documentation", () => {
  expect(parseFilter(String.raw`name eq "a \"b\" (c) and [d] \u00e9"`)).toEqual(is("name", 'a "b" (c) and [d] é'));
  expect(parseFilter("externalId eq jyoung")).toEqual(is("externalId", "jyoung"));
  expect(parseFilter("id eq 00-1a@b.c")).toEqual(is("id", "00-1a@b.c"));
  expect(parseFilter("n eq -1.5")).toEqual(is("n", -1.5));
  expect(parseFilter("title pr")).toEqual({ kind: "present", path: "title" });
});

it("reads value filters of an attribute, and the path after them", () => {
  const work = is("type", "work");
  expect(parseFilter('emails[type eq "work"]')).toEqual({ kind: "values", path: "emails", part: work });
  expect(parseFilter('emails[type eq "work"].value eq "a@b"')).toEqual({
    kind: "values",
    path: "emails",
    part: { kind: "and", parts: [work, is("value", "a@b")] },
  });
  const urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
  expect(parseFilter(`${urn} eq "x"`)).toEqual(is(urn, "x"));
});

it("accepts twenty nested brackets, and no more", () => {
  const nested = (depth: number) => `${"(".repeat(depth)}a eq 1${")".repeat(depth)}`;
  expect(parseFilter(nested(20))).toEqual(is("a", 1));
  expect(() => parseFilter(nested(21))).toThrow("brackets within brackets");
});

it("turns any text into either a filter or an error", () => {
  const piece = fc.constantFrom(
    "a",
    "eq",
    "and",
    "or",
    "not",
    "(",
    ")",
    "[",
    "]",
    '"x"',
    "1",
    ".b",
    " ",
    "\\",
    '"',
    "pr",
    "é",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((all) => all.join(" ")),
      ),
      (text) => {
        try {
          parseFilter(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
          expect(error).toMatchObject({ status: 400, scimType: "invalidFilter" });
        }
      },
    ),
  );
});
