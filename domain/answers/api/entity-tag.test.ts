import { expect, it } from "vitest";
import { isNotModified } from "./entity-tag.ts";

it.each(['"a"', 'W/"a"', '"b", "a"', '"b",W/"a" , "c"', "*", " * ", '"b, c", "a"'])("holds: %s", (header) =>
  expect(isNotModified(header, '"a"')).toBe(true),
);

it.each([null, "", "a", '"b"', '"A"', 'W/"b"', '"a', '"b", *', '"a,b"'])("does not hold: %s", (header) =>
  expect(isNotModified(header, '"a"')).toBe(false),
);
