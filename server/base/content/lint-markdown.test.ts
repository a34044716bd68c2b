import type { Text } from "mdast";
import { describe, expect, it } from "vitest";
import { markdownSlips, plainWordSlips, spoiltLetters } from "./lint-markdown.ts";
import { yamlPlaces } from "./plain-yaml.ts";
import { parseTree } from "./policy-text.ts";

/** What readers would stumble over in these words, which begin on line 5. */
function errorsIn(words: string) {
  const text = `---\ntitle: x\n---\n\n${words}\n`;
  const { tree, problems } = parseTree(text);
  expect(problems).toEqual([]);
  const slips = [...(tree ? markdownSlips(tree, text) : []), ...spoiltLetters(text)];
  return slips.filter(({ level }) => level === "error");
}

describe("what readers would stumble over", () => {
  it.each<[words: string, line: number, column: number, message: RegExp]>([
    // Tables
    ["| A | B |\n| one | two |", 0, 1, /not shown as a table/],
    ["| A | B | C |\n| --- | --- |\n| 1 | 2 | 3 |", 0, 1, /not shown as a table/],
    ["| A | B |\n\n| --- | --- |\n\n| 1 | 2 |", 0, 1, /not shown as a table/],
    ["A | B\nC | D", 0, 1, /not shown as a table/],
    ["| A | B |\n| --- | --- |\n| 1 | 2 | 3 |", 2, 1, /the row has 3 cells, the head 2: the last are not shown/],
    ["| A | B |\n| --- | --- |\n| 1 | 2 |\nAnd then.", 3, 1, /has become part of the table above/],
    ["| A | |\n| --- | --- |\n| 1 | 2 |", 0, 5, /the column has no name/],
    ["| A | B |\n| --- | --- |", 0, 1, /a head and no rows/],
    ["Who\tWhat\tWhen", 0, 3, /apart by tabs/],
    // Marks
    ["See the note.[^1]", 0, 14, /footnotes are not shown/],
    ["See the note.[^1]\n\n[^1]: word", 0, 14, /footnotes are not shown/],
    ["You ~~must~~ may.", 0, 5, /not struck through/],
    ["You** must **do it.", 0, 4, /the sign \*\* stays/],
    ["You **must do it.", 0, 5, /the sign \*\* stays/],
    ["You **must\n\ndo** it.", 0, 5, /the sign \*\* stays/],
    ["You *must do it.", 0, 5, /the sign \* stays/],
    ["You _must do it.", 0, 5, /the sign _ stays/],
    ["You __must do it.", 0, 5, /the sign __ stays/],
    ["Open `Settings now.", 0, 6, /the sign ` stays/],
    ["This is ==important== now.", 0, 9, /the signs == stay/],
    ["> [!NOTE]\n> Mind this.", 0, 3, /not shown as a box/],
    ["- [ ] Ask first", 0, 3, /boxes to tick/],
    ["- [x] Ask first", 0, 3, /boxes to tick/],
    // Headings
    ["##91 What", 0, 1, /a heading has a blank after its ##/],
    ["Words go on.\n###What", 1, 1, /a heading has a blank after its ###/],
    ["Words go on.\n---", 0, 1, /line of dashes below makes a heading/],
    ["## 91 One\n\n## 91 Two", 2, 1, /has the same number/],
    ["## Why\n\n## Why", 2, 1, /has the same words/],
    ["##", 0, 1, /the heading has no words/],
    // Lists
    ["• one\n• two", 0, 1, /not shown as a list/],
    ["· one", 0, 1, /not shown as a list/],
    ["– one", 0, 1, /not shown as a list/],
    ["Bring:\n– one\n– two", 1, 1, /not shown as a list/],
    ["-one\n-two", 0, 1, /not shown as a list/],
    ["\uF0B7 one", 0, 1, /not shown as a list/],
    ["a) one\nb) two", 0, 1, /numbers by hand/],
    ["(i) one\n(ii) two", 0, 1, /numbers by hand/],
    ["1.one", 0, 1, /numbers by hand/],
    ["Do this:\n2. one\n3. two", 1, 1, /numbers by hand/],
    ["4.1 One\n4.2 Two", 0, 1, /numbers by hand/],
    ["- one\n-\n- two", 1, 1, /the entry of the list is empty/],
    // Links
    ["See [this] (https://www.gov.uk).", 0, 5, /is not read as a link/],
    ["See [this](https://www.gov.uk/a page).", 0, 5, /is not read as a link/],
    ["See [this](https://www.gov.uk", 0, 5, /is not read as a link/],
    ["See (this)[https://www.gov.uk].", 0, 5, /is not read as a link/],
    ["See [this][there].", 0, 5, /is not read as a link/],
    ["See [[the policy]].", 0, 5, /is not read as a link/],
    ["See [](https://www.gov.uk).", 0, 5, /the link has no words/],
    ["See https://www.gov.uk now.", 0, 5, /cannot be pressed/],
    ["See www.gov.uk now.", 0, 5, /cannot be pressed/],
    ["See http:/www.gov.uk now.", 0, 5, /cannot be pressed/],
    // Boxes, letters, dates
    ['<Callout title="Mind"></Callout>', 0, 1, /the box is empty/],
    ["Donâ€™t send it.", 0, 4, /another encoding/],
    ["What\u200Bsoever.", 0, 5, /nobody sees/],
    ["It ends on 30 February 2027.", 0, 12, /there is no 30 February 2027/],
    ["It ends on 31 April.", 0, 12, /there is no 31 April/],
    ["It ends on 29 February 2027.", 0, 12, /there is no 29 February 2027/],
    ["It ends on 31/02/2027.", 0, 12, /there is no day 31\/02\/2027/],
    ["It ends on 2027-02-30.", 0, 12, /there is no day 2027-02-30/],
    ["It ends on Monday 1 December 2026.", 0, 12, /is a Tuesday/],
  ])("%j", (words, line, column, message) => {
    expect(errorsIn(words).map(({ line: below, column: place, message: said }) => [below - 5, place, said])).toEqual([
      [line, column, expect.stringMatching(message)],
    ]);
  });

  it("is not seen in what is right", () => {
    const words = [
      "You **must** not, and *never* or __not__ ***ever***.",
      "Write \\*, \\#1, \\[ ] or \\~~ if you mean the sign. 5 * 3 = 15, snake_case, a_b_c and #hash.",
      "Use `**code**`, ``a ` b`` and `| a | b |`.",
      "- one\n- two\n\n1. one\n2. two\n   - three",
      "See [www.gov.uk](https://www.gov.uk), [a*b](#clause-1.1) and e-mail.",
      "| A | B |\n| --- | :-: |\n| 1 | 2 \\| 3 |\n| 2 | |",
      "A dash – like this – is fine.\n– Even where a line begins with one.",
      "It was said (a) here and (b) there. Version 1.1 of the app.\n1.2 is newer.",
      "Every year by 31 March. From 1 to 31 March 2027, on Tuesday 1 December 2026.\n\nThat is 2026-11-30 or 30/11/2026.",
      "It costs £5… really. 20 % of 3 < 4 is wrong.".replace("<", "\\<"),
    ].join("\n\n");
    expect(errorsIn(words)).toEqual([]);
  });

  // The tree is made by hand: the parser may refuse such a text, and words on one line come from rules too.
  it.each([
    ["blanks before a line", `One\n${" ".repeat(190_000)}two`],
    ["blanks behind a row of dashes", `One\n--|--|${" ".repeat(190_000)}x`],
    ["footnotes without end", `${"[^a ".repeat(7900)}${"x".repeat(170_000)}`],
    ["links without end", `${"[a][".repeat(3500)}${"x".repeat(180_000)}`],
    ["addresses without a dot", "http-".repeat(40_000)],
    ["days without a year", "1 May\n".repeat(20_000)],
  ])("is fast over %s", (_, text) => {
    const position = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: text.length } };
    const children: Text[] = [{ type: "text", value: text, position }];
    const start = performance.now();
    markdownSlips({ type: "root", children: [{ type: "paragraph", children, position }] }, text);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it.each([
    ["links without end", "](".repeat(100_000)],
    ["a tag without end", `<${"a".repeat(190_000)}`],
  ])("is fast over %s in plain words", (_, words) => {
    const start = performance.now();
    plainWordSlips(yamlPlaces(JSON.stringify(words)));
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
