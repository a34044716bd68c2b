import fc from "fast-check";
import { expect, it } from "vitest";
import {
  formatReference,
  parseReference,
  partsOfReference,
  REFERENCE_ALPHABET,
  REFERENCE_CODE_LENGTH,
  REFERENCE_PREFIXES,
} from "./reference.ts";

const digits = fc.array(fc.integer({ min: 0, max: REFERENCE_ALPHABET.length - 1 }), {
  minLength: REFERENCE_CODE_LENGTH,
  maxLength: REFERENCE_CODE_LENGTH,
});
const prefix = fc.constantFrom(...REFERENCE_PREFIXES);

it("reads what it writes, however it is typed, and as one kind only", () => {
  fc.assert(
    fc.property(prefix, prefix, digits, (kind, other, code) => {
      const reference = formatReference(kind, code);
      expect(parseReference(kind, ` ${reference.toLowerCase()}\n`)).toBe(reference);
      if (other !== kind) expect(parseReference(other, reference)).toBeNull();
    }),
  );
});

it.each(["EX-2A84-H3RD", "ex2a84h3rd", "EX 2A84 H3RD", "ex–2a84–h3rd", " EX-2A84H3RD\u00a0"])("reads %j", (typed) => {
  expect(parseReference("EX", typed)).toBe("EX-2A84-H3RD");
});

it.each([
  ["EX2A84H3RD", true],
  ["ex-2a84", true],
  ["ex 2", true],
  ["2a84h3rd", true],
  ["a84 h3", true],
  ["h3rd", true],
  ["4h3", true],
  ["ex-h3rd", false],
  ["grp 2a84", false],
  ["2a85", false],
  ["a report about it", false],
  ["", false],
])("finds EX-2A84-H3RD by %j: %s", (typed, isFound) => {
  expect(partsOfReference(typed).some((part) => "EX-2A84-H3RD".includes(part))).toBe(isFound);
});

it("finds a reference by any part of it from three signs on, with or without its hyphens", () => {
  fc.assert(
    fc.property(prefix, digits, fc.nat(9), fc.integer({ min: 3, max: 8 }), (kind, code, from, length) => {
      const reference = formatReference(kind, code);
      const at = Math.min(from, 5);
      const part = reference
        .slice(kind.length)
        .replaceAll("-", "")
        .slice(at, at + length);
      for (const typed of [part, part.toLowerCase(), reference.slice(0, kind.length + 1 + from)])
        expect(partsOfReference(typed).some((one) => reference.includes(one))).toBe(true);
    }),
  );
});

it("has no letters that look or sound like others, none twice", () => {
  expect(REFERENCE_ALPHABET).not.toMatch(/[01OILU]/);
  expect(new Set(REFERENCE_ALPHABET).size).toBe(REFERENCE_ALPHABET.length);
});

it.each([[[]], [[1, 2, 3]], [[0, 1, 2, 3, 4, 5, 6, 99]], [[0, 1, 2, 3, 4, 5, 6, -1]], [[0, 1, 2, 3, 4, 5, 6, 7, 8]]])(
  "makes nothing of %j",
  (code) => {
    expect(() => formatReference("EX", code)).toThrow(RangeError);
  },
);

it("takes nothing else for a reference", () => {
  fc.assert(fc.property(fc.string(), (typed) => parseReference("ACK", typed) === null));
  for (const typed of ["ACK-7K3M-9QT", "ACK-7K3M-9QTPX", "ACK-OK3M-9QTP", "ACK_7K3M_9QTP", "EX-7K3M-9QTP"])
    expect(parseReference("ACK", typed)).toBeNull();
});
