import { describe, expect, it } from "vitest";
import { readPlainYaml } from "./plain-yaml.ts";

describe("YAML that people write", () => {
  it("is words, numbers, lists and fields", () => {
    const text = 'a: [1, "1.0", yes, null]\nb:\n  - { c: true }\nconstructor: x\n"<<": { a: 2 }\n';
    expect(readPlainYaml(text)).toEqual({
      value: { a: [1, "1.0", "yes", null], b: [{ c: true }], constructor: "x", "<<": { a: 2 } },
      problems: [],
    });
  });

  it.each([
    ["a copy", "a: &x 1\nb: *x", 1, /Write the value out/],
    [
      "copies of copies",
      `a: &a [${"x,".repeat(9)}]\nb: &b [${"*a,".repeat(9)}]\nc: [${"*b,".repeat(9)}]`,
      1,
      /Write the value/,
    ],
    ["a copy of nothing", "b: 1\na: *x", 2, /Write the value out/],
    ["a tag nobody knows", "b: 1\na: !thing x", 2, /Remove the word/],
    ["a tag for code", "a: !!js/function 'function () {}'", 1, /Remove the word/],
    ["a tag for bytes", "a: !!binary aGk=", 1, /Remove the word that begins with an exclamation mark/],
    ["a tag for a set", "b: 1\na: !!set { x }", 2, /Remove the word/],
    ["a prototype", "b: 1\n__proto__: { admin: true }", 2, /"__proto__" is no field/],
    ["a prototype further in", "b:\n  - c:\n      __proto__: 1", 3, /"__proto__" is no field/],
    ["a field twice", "a: 1\na: 2", 2, /stands twice/],
    ["two documents", "a: 1\n---\nb: 2", 2, /one file holds one text/],
    ["a sign that nobody sees", 'b: 1\na: "x\\0y"', 2, /Remove the sign that nobody can see/],
    ["brackets without end", `b: 1\na: ${"[".repeat(3000)}${"]".repeat(3000)}`, 2, /nest more than 30 levels/],
    ["dashes without end", `${"- ".repeat(60_000)}x`, 1, /nest more than 30 levels/],
    [
      "steps without end",
      Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
      31,
      /nest more than/,
    ],
    [
      "fields without end",
      Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join("\n"),
      1,
      /more than 10000 fields/,
    ],
  ])("refuses %s", (_, text, line, message) => {
    const { value, problems } = readPlainYaml(text);
    expect(value).toBeUndefined();
    expect(problems[0]).toEqual({
      line,
      column: expect.any(Number) as number,
      message: expect.stringMatching(message) as string,
    });
    expect({}).not.toHaveProperty("admin");
  });

  it.each([
    ["title: WhatsApp: the rules\nbody: x\n", 1, 8, /second colon/],
    ["related:\n  - { title: A: b, href: null }\n", 2, 14, /second colon/],
    ["title: x\n  body: y\n", 2, 3, /indentation does not fit/],
    ["a:\n  - b\n c: d\n", 3, 1, /indentation does not fit/],
    ["a: [b, c\nd: e\n", 1, 4, /A bracket/],
    ["rules: [\n  - id: a\n    when: {}\n", 1, 8, /A bracket/],
    ["a:\n  - b: { x: [y }\n", 2, 13, /A bracket/],
    ['related:\n  - { title: "A" href: null }\n', 2, 18, /a comma is missing/],
    ["title: WhatsApp\nbody x\nstatus: y\n", 2, 1, /no colon in this line/],
    ["title:WhatsApp\nbody: x\n", 1, 1, /blank after the colon/],
    ["a: > b\n", 1, 6, /cannot begin with this sign/],
    ["title: - x\n", 1, 8, /cannot begin with this sign/],
    ["a: %x\n", 1, 4, /cannot begin with this sign/],
    ['a: "x\nb: "c"\n', 1, 4, /opened here and not closed/],
    ["a: 'it's here'\n", 1, 8, /Words stand after the closing/],
    ["a:\n\t- b\n", 2, 1, /begins with a tab/],
  ])("says what is wrong with %j, where it is", (text, line, column, message) => {
    expect(readPlainYaml(text).problems).toEqual([{ line, column, message: expect.stringMatching(message) as string }]);
  });

  it.each([
    ["brackets that begin no value", `a: x ${"[]".repeat(100_000)}\nb: c: d`, 2, /second colon/],
    ["quotation marks behind a backslash", `a: x "${'\\"'.repeat(100_000)}\nb: c: d`, 2, /second colon/],
    ["blanks within a bracket", `a: { b:${" ".repeat(190_000)}x y: z }`, 1, /second colon|bracket/i],
  ])("is fast to say what is wrong with very many %s", (_, text, line, message) => {
    const start = performance.now();
    expect(readPlainYaml(text).problems[0]).toMatchObject({ line, message: expect.stringMatching(message) as string });
    expect(performance.now() - start).toBeLessThan(3000);
  });

  const bomb = Array.from({ length: 30 }, (_, at) => `k${at + 1}: &k${at + 1} [${`*k${at},`.repeat(9)}]\n`).join("");
  it.each([
    ["in one list", `title: x\na: &x 1\nb: [${"*x, ".repeat(9_000)}]\n`, 2, 4, 9_001],
    [
      "in fields",
      `title: x\n${Array.from({ length: 4_500 }, (_, at) => `a${at}: &x${at} 1\nb${at}: *x${at}\n`).join("")}`,
      2,
      5,
      9_000,
    ],
    ["as keys", `? &x 1\n: y\n${Array.from({ length: 200 }, (_, at) => `*x : ${at}\n`).join("")}`, 1, 3, 201],
    ["of everything", `&all\nb: [${"*all,".repeat(50)}]`, 1, 1, 51],
    ["of copies of copies", `k0: &k0 x\n${bomb}`, 1, 5, 31 + 30 * 9],
  ])("refuses very many copies %s at once, and where they begin", (_, text, line, column, count) => {
    const message = expect.stringMatching(
      new RegExp(`^Write the value out: .* There are ${count} such signs`),
    ) as string;
    expect(readPlainYaml(text).problems).toEqual([{ line, column, message }]);
  });

  it("counts lines from the top of the file that it stands in", () => {
    expect(readPlainYaml("a: 1\na: 2", 1).problems).toMatchObject([{ line: 3 }]);
  });
});
