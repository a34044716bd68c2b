import { describe, expect, it } from "vitest";
import { parsePolicyText } from "./policy-text.ts";

const text = (body: string) => `---\ntitle: x\n---\n\n${body}\n`;
const problems = (body: string) => parsePolicyText(text(body)).problems;

describe("a policy's text", () => {
  it("gives its clauses with number, strength, sources, section and plain words", () => {
    const { clauses, sections, problems: none } = parsePolicyText(
      text(
        [
          "## 2 What you may send",
          '<Clause id="2.1" strength="must-not" from="S3.13 S3.17">You **must not** send it <Gap>number of years</Gap>.</Clause>',
          '<Clause id="2.2" strength="information" kind="risk" from="S3.7">\n\nA breach.\n\n- one\n- two\n\n</Clause>',
        ].join("\n\n"),
      ),
    );
    expect(none).toEqual([]);
    expect(sections).toEqual([{ anchor: "section-2", title: "2 What you may send" }]);
    expect(clauses).toEqual([
      { id: "2.1", strength: "must-not", kind: "rule", from: ["S3.13", "S3.17"], text: "You must not send it number of years.", section: "section-2" },
      { id: "2.2", strength: "information", kind: "risk", from: ["S3.7"], text: "A breach. one two", section: "section-2" },
    ]);
  });

  it.each([
    ["an import", 'import fs from "node:fs"', /line 5: remove the import or export/],
    ["an export", "export const a = 1", /line 5: remove the import or export/],
    ["an expression", "Two is {1 + 1}.", /line 5: remove the expression/],
    ["a block expression", "{process.exit()}", /line 5: remove the expression/],
    ["an expression between two comments", "{/* a */ process.exit() /* b */}", /line 5: remove the expression/],
    ["raw HTML", "<script>alert(1)</script>", /<script> is not among what policy text may use/],
    ["an unknown component", "<Portal />", /<Portal> is not among what policy text may use/],
    ["a member of a prototype", "<constructor />", /<constructor> is not among/],
    ["an expression in an attribute", '<Clause id={"2.1"} strength="may">x</Clause>', /plain attributes only/],
    ["spread attributes", "<Callout {...x}>y</Callout>", /plain attributes only/],
    ["an event handler", '<Clause id="2.1" strength="may" onClick="x">y</Clause>', /no attribute "onClick"/],
    ["a script in a link", "[x](javascript:alert)", /may not run a script/],
    ["a clause without strength", '<Clause id="2.1">x</Clause>', /clause 2.1 needs a strength/],
    ["a clause without number", '<Clause strength="may">x</Clause>', /needs a number/],
    ["a clause without text", '<Clause id="2.1" strength="may"></Clause>', /has no text/],
    ["broken markup", '<Clause id="2.1" strength="may">x', /line \d+/],
  ])("refuses %s, naming the line", (_, body, message) => {
    expect(problems(body).join("\n")).toMatch(message);
  });

  it("refuses two clauses with one number", () => {
    const twice = '<Clause id="2.1" strength="may">x</Clause>';
    expect(problems(`${twice}\n\n${twice}`)).toEqual(["line 7: clause 2.1 stands twice. Give each clause its own number."]);
  });

  it("says when there is no front matter, or one that cannot be read", () => {
    expect(parsePolicyText("# x").problems.join()).toMatch(/no front matter/);
    expect(parsePolicyText("---\na: [\n---\n").problems.join()).toMatch(/front matter:/);
  });

  it("allows comments", () => {
    expect(problems("{/* a note among authors */}")).toEqual([]);
  });
});
