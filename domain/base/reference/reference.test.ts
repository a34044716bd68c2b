import fc from "fast-check";
import { expect, it } from "vitest";
import {
  formatReference,
  parseReference,
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
  for (const typed of ["ACK-7K3M-9QT", "ACK-7K3M-9QTPX", "ACK-OK3M-9QTP", "ACK7K3M9QTP", "EX-7K3M-9QTP"])
    expect(parseReference("ACK", typed)).toBeNull();
});
