import { expect, it } from "vitest";
import { FormValues, lengthOf } from "./form-values.ts";

const valueOf = (text: string) => FormValues.from([["field", text]]).text("field");

it("keeps text as PostgreSQL and browsers agree on it", () => {
  expect(valueOf("a\0b")).toBe("ab");
  expect(valueOf("one\r\ntwo\rthree\nfour")).toBe("one\ntwo\nthree\nfour");
  expect(valueOf("a\uD83D b \uDE00 c")).toBe("a\uFFFD b \uFFFD c");
  expect(valueOf("whole \u{1F600}")).toBe("whole \u{1F600}");
});

it("cleans the names of fields as it cleans their values", () => {
  const values = FormValues.from([["a\uD83D", "x"]]);
  expect(values.text("a\uFFFD")).toBe("x");
});

it("reads the last of several values, all of them where all are asked for, and unknown names as empty", () => {
  const file = new Blob(["x"]);
  const values = FormValues.from([
    ["field", " first "],
    ["field", " last "],
    ["file", file],
  ]);
  expect(values.text("field")).toBe("last");
  expect(values.all("field")).toEqual([" first ", " last "]);
  expect([values.text("file"), values.text("other"), values.all("other")]).toEqual(["", "", []]);
  expect(values.text("__proto__")).toBe("");
});

it("counts characters as people do", () => {
  expect(lengthOf("a\u{1F600}é")).toBe(3);
});
