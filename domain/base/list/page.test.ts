import { expect, it } from "vitest";
import { countInWords, pageOf, readPageCursor, writePageCursor, type PageCursor } from "./page.ts";

it("reads a place from an address as it was written, each list its own", () => {
  for (const cursor of [{ after: "GRP-2222-2222" }, { before: "12" }, { after: "a.b_c-d" }, null] as PageCursor[])
    for (const list of [undefined, "own"]) {
      const query = Object.fromEntries(writePageCursor(cursor, list));
      expect(readPageCursor(query, list)).toEqual(cursor);
      expect(readPageCursor(query, "other")).toBeNull();
    }
});

it("takes no place from what cannot be one, and the last of several", () => {
  for (const after of ["", "a b", "a\0", "é", "a'", "x".repeat(101)]) expect(readPageCursor({ after })).toBeNull();
  expect(readPageCursor({ after: ["one", "two"] })).toEqual({ after: "two" });
  expect(readPageCursor({ after: "one", before: "two" })).toEqual({ after: "one" });
});

it("makes pages of a list in memory", () => {
  const page = (cursor: PageCursor) => pageOf([..."abcdefg"], (row) => row, cursor, 3);
  expect(page(null)).toEqual({ rows: ["a", "b", "c"], before: null, after: { after: "c" } });
  expect(page({ after: "c" })).toEqual({ rows: ["d", "e", "f"], before: { before: "d" }, after: { after: "f" } });
  expect(page({ after: "f" })).toEqual({ rows: ["g"], before: { before: "g" }, after: null });
  expect(page({ before: "g" })).toEqual(page({ after: "c" }));
  expect(page({ after: "z" })).toEqual({ ...page(null), isElsewhere: true });
  for (const first of [{ before: "b" }, { before: "d" }, { after: "g" }]) expect(page(first)).toEqual(page(null));
  expect(pageOf([], String, null)).toEqual({ rows: [], before: null, after: null });
});

it("says how many there are as far as one page tells", () => {
  const count = (rows: number, before: PageCursor, after: PageCursor) =>
    countInWords({ rows: Array.from({ length: rows }), before, after }, "group", "groups");
  expect([count(0, null, null), count(1, null, null), count(2, null, null)]).toEqual([
    "0 groups",
    "1 group",
    "2 groups",
  ]);
  expect(count(25, null, { after: "a" })).toBe("More than 25 groups");
  expect([count(1, { before: "b" }, null), count(25, { before: "b" }, { after: "c" })]).toEqual([
    "1 more group",
    "25 more groups",
  ]);
});
