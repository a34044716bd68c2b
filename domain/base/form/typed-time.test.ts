import fc from "fast-check";
import { expect, it } from "vitest";
import { readTime } from "./form-values.ts";

it.each([
  ["14:30", "14:30"],
  ["14.30", "14:30"],
  ["1430", "14:30"],
  ["930", "09:30"],
  ["9", "09:00"],
  ["9 am", "09:00"],
  ["2:30pm", "14:30"],
  ["2.30 p.m.", "14:30"],
  ["12am", "00:00"],
  ["12 pm", "12:00"],
  ["Noon", "12:00"],
  ["0:05", "00:05"],
  ["23:59", "23:59"],
  ["1am", "01:00"],
  ["1:59 a. m", "01:59"],
])("%s is %s", (typed, time) => {
  expect(readTime(typed, "The time")).toEqual({ kind: "time", time });
});

it("says what to type where it is no time", () => {
  for (const typed of ["24:00", "13pm", "0am", "14:60", "soon", "-1", "14:3", "12345", "9p.m.x", "１４:30"])
    expect(readTime(typed, "The time"), typed).toEqual({
      kind: "wrong",
      message: "The time must be a time of day, such as 14:30 or 2:30pm.",
    });
  expect(readTime(" ", "The time")).toEqual({ kind: "empty" });
});

it("never throws, and gives only times that exist", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), (typed) => {
      const read = readTime(typed, "The time");
      if (read.kind === "time") expect(read.time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
    }),
  );
});
