import fc from "fast-check";
import { expect, it } from "vitest";
import { safeReturnPath, signInPath } from "./return-path.ts";

it.each(["/policies", "/check?policy=nao&device=work", "/policies/nao#c-2.1", "/search?q=a%20b%2F%2Fc", "/"])(
  "keeps %s",
  (path) => expect(safeReturnPath(path)).toBe(path),
);

it.each([
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "evil",
  "",
  " /policies",
  "/a\u0000b",
  "/a\u007f",
  "/..//evil.example",
  "/./\\evil",
  "/sign-in",
  "/sign-in?returnTo=/x",
  "/sign-out",
  `/${"a".repeat(3000)}`,
  null,
  undefined,
  7,
  {},
])("turns %j into the home page", (path) => expect(safeReturnPath(path)).toBe("/"));

it("never leaves this site, whatever is asked for", () => {
  const parts = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "evil.example",
    "@",
    ":",
    "\t",
    "\r",
    "%2f",
    "%5c",
    "?",
    "#",
    "http:",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
      const target = new URL(safeReturnPath(pieces.join("")), "https://portal.example/sign-in");
      expect(target.origin).toBe("https://portal.example");
    }),
  );
});

it("leads to the sign-in page and back", () => {
  expect(signInPath("/")).toBe("/sign-in");
  expect(signInPath("/check?policy=nao")).toBe("/sign-in?returnTo=%2Fcheck%3Fpolicy%3Dnao");
  expect(signInPath("//evil")).toBe("/sign-in");
});
