import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compilePolicyText } from "./text-html.ts";
import { parsePolicyText } from "./policy-text.ts";

const text = (body: string) => `---\ntitle: x\n---\n\n${body}\n`;
/** The problems of a whole file, each with its line. */
const said = (file: string) => parsePolicyText(file).problems.map(({ line, message }) => `line ${line}: ${message}`);
const problems = (body: string) => said(text(body));

describe("a policy's text", () => {
  it("gives its clauses with number, strength, sources, section and plain words", () => {
    const {
      clauses,
      sections,
      problems: none,
    } = parsePolicyText(
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
      {
        id: "2.1",
        strength: "must-not",
        kind: "rule",
        from: ["S3.13", "S3.17"],
        text: "You must not send it number of years.",
        section: "section-2",
      },
      {
        id: "2.2",
        strength: "information",
        kind: "risk",
        from: ["S3.7"],
        text: "A breach. one two",
        section: "section-2",
      },
    ]);
  });

  it.each([
    ["an import", 'import fs from "node:fs"', /line 5: remove the import or export/],
    ["an export", "export const a = 1", /line 5: remove the import or export/],
    ["an expression", "Two is {1 + 1}.", /line 5: braces/],
    ["a block expression", "{process.exit()}", /line 5: braces/],
    ["an expression between two comments", "{/* a */ process.exit() /* b */}", /line 5: braces/],
    ["raw HTML", "<script>alert(1)</script>", /<script> is not among what policy text may use/],
    ["an unknown component", "<Portal />", /<Portal> is not among what policy text may use/],
    ["a member of a prototype", "<constructor />", /<constructor> is not among/],
    ["an expression in an attribute", '<Clause id={"2.1"} strength="may">x</Clause>', /plain attributes only/],
    ["spread attributes", "<Callout {...x}>y</Callout>", /plain attributes only/],
    ["an event handler", '<Clause id="2.1" strength="may" onClick="x">y</Clause>', /no attribute "onClick"/],
    ["a script in a link", "[x](javascript:alert)", /may not run a script/],
    ["an obfuscated script", "[x](java&#115;cript:alert)", /line 5: a link may not run a script/],
    ["a script behind a tab", "[x](Java&#9;Script:alert)", /line 5: a link may not run a script/],
    ["a script in a definition", "[x][a]\n\n[a]: data:text/html,x", /line 7: a link may not run a script/],
    ["a link to another host in disguise", "[x](//evil.example)", /line 5: a link may not run a script/],
    ["an image", "![x](https://evil.example/a.png)", /line 5: remove the image/],
    ["an image by reference", "![x][a]\n\n[a]: https://evil.example/a.png", /line 5: remove the image/],
    ["a member component", "<a.b>x</a.b>", /<a\.b> is not among/],
    ["a fragment", "<>x</>", /<> is not among/],
    ["an attribute twice", '<Clause id="1" id="2" strength="may">x</Clause>', /has "id" twice/],
    ["what nests too deeply", `${"> ".repeat(25)}x`, /line 5: remove the long run of signs/],
    [
      "lists in lists without end",
      Array.from({ length: 40 }, (_, at) => `${"  ".repeat(at)}- a`).join("\n"),
      /levels deep/,
    ],
    ["a list in a quotation without end", `${"> 1. - ".repeat(2000)}x`, /line 5: remove the long run of signs/],
    ["components without end", `${"<Callout>\n\n".repeat(500)}x\n\n${"</Callout>\n\n".repeat(500)}`, /levels deep/],
    ["links without end", "[a](".repeat(40_000), /80000 signs/],
    ["emphasis without end", "a*".repeat(90_000), /90000 signs/],
    ["a huge file", "a ".repeat(150_000), /at most 200000 are read/],
    ["a re-export", 'export { default } from "node:fs"', /line 5: remove the import or export/],
    ["an import within a clause", '<Clause id="2.1" strength="may">\n\nimport "node:fs"\n\n{x}\n\n</Clause>', /braces/],
    ["an HTML comment", "<!-- x -->", /line 5: A note among authors/],
    ["a declaration", "<!DOCTYPE html>", /line 5: /],
    ["a frame", '<iframe src="https://evil.example"></iframe>', /<iframe> is not among/],
    ["a drawing that loads", '<svg onload="x" />', /<svg> is not among/],
    ["a component with a namespace", "<svg:script>x</svg:script>", /<svg:script> is not among/],
    ["a component inside a component", "<Callout.Script>x</Callout.Script>", /<Callout\.Script> is not among/],
    [
      "an unsafe property",
      '<Callout dangerouslySetInnerHTML="x">y</Callout>',
      /no attribute "dangerouslySetInnerHTML"/,
    ],
    ["a reference to the page", '<Callout ref="x">y</Callout>', /no attribute "ref"/],
    ["a component as an attribute", "<Callout title=<b>x</b>>y</Callout>", /./],
    ["a script in mixed case", "[x](JaVaScRiPt:alert)", /may not run a script/],
    ["a script with a colon in disguise", "[x](javascript&colon;alert)", /may not run a script/],
    ["a script behind a line end", "[x](java&#10;script:alert)", /may not run a script/],
    ["a script behind a blank", "[x](<  javascript:alert>)", /may not run a script/],
    ["a script behind a sign that nobody sees", "[x](&#x200B;javascript:alert)", /may not run a script/],
    ["Visual Basic in a link", "[x](vbscript:x)", /may not run a script/],
    ["a document in a link", "[x](data:text/html;base64,PHNjcmlwdD4=)", /may not run a script/],
    ["a file of the machine", "[x](file:///etc/passwd)", /may not run a script/],
    ["a link backwards", "[x](\\\\evil.example)", /may not run a script/],
    ["a script in angle brackets", "<javascript:alert(1)>", /line 5: /],
    ["an address in angle brackets", "<https://example.org>", /line 5: Write an address as a link/],
    ["a clause without strength", '<Clause id="2.1">x</Clause>', /clause 2.1 needs a strength/],
    ["a clause without number", '<Clause strength="may">x</Clause>', /needs a number/],
    ["a clause without text", '<Clause id="2.1" strength="may"></Clause>', /has no text/],
    [
      "a clause within a clause",
      '<Clause id="2.1" strength="may">a <Clause id="2.2" strength="may">b</Clause></Clause>',
      /line 5: give the clause a line of its own/,
    ],
    [
      "a clause below a clause",
      '<Clause id="2.1" strength="may">\n\na\n\n<Clause id="2.2" strength="may">b</Clause>\n\n</Clause>',
      /line 5: give the clause a line of its own/,
    ],
    ["a clause in a heading", '## 2 <Clause id="2.1" strength="may">x</Clause>', /line 5: give the clause a line/],
    ["a clause in a link", '[<Clause id="2.1" strength="may">x</Clause>](/x)', /line 5: give the clause a line/],
    ["a clause in a sentence", 'Also <Clause id="2.1" strength="may">x</Clause>.', /line 5: give the clause a line/],
    [
      "a tag in small letters",
      '<clause id="2.1" strength="may">x</clause>',
      /line 5: <clause> is written with a capital/,
    ],
    ["a closing tag too many", "One.</Clause>", /line 5: <\/Clause> closes nothing/],
    [
      "a tag over two paragraphs",
      '<Clause id="2.1" strength="may">x\n\ny</Clause>',
      /line 5: this tag is opened in one/,
    ],
    ["curly marks", '<Clause id=“2.1” strength="may">x</Clause>', /line 5: The quotation marks of an attribute/],
    ["a comma between attributes", '<Clause id="2.1", strength="may">x</Clause>', /line 5: attributes are written/],
    ["broken markup", '<Clause id="2.1" strength="may">x', /line 5: <Clause> is opened here and not closed/],
  ])("refuses %s, naming the line", (_, body, message) => {
    expect(problems(body).join("\n")).toMatch(message);
  });

  it("refuses two clauses with one number", () => {
    const twice = '<Clause id="2.1" strength="may">x</Clause>';
    expect(problems(`${twice}\n\n${twice}`)).toEqual([
      "line 7: clause 2.1 stands twice. Give each clause its own number.",
    ]);
  });

  it("says when there is no front matter, or one that cannot be read", () => {
    expect(said("# x")).toEqual([expect.stringMatching(/^line 1: there is no front matter\. Begin the file with/)]);
    expect(said("---\na: [\n---\n").join()).toMatch(/front matter:/);
    expect(said('---\ntitle: x\n\n## 1 What\n\n<Clause id="1.1" strength="must">x</Clause>\n')).toEqual([
      expect.stringMatching(/^line 4: the front matter does not end/),
    ]);
  });

  it("allows clauses in lists, quotations and call-outs, several on a line", () => {
    const clause = (id: string) => `<Clause id="${id}" strength="may">x</Clause>`;
    const body = `- ${clause("1")}\n\n> ${clause("2")}\n\n<Callout title="x">\n${clause("3")}\n</Callout>\n\n${clause("4")} {/* note */} ${clause("5")}`;
    const { problems: none, clauses } = parsePolicyText(text(body));
    expect([none, clauses.map(({ id }) => id)]).toEqual([[], ["1", "2", "3", "4", "5"]]);
  });

  it("keeps comments from readers", () => {
    const {
      problems: none,
      clauses,
      sections,
    } = parsePolicyText(
      text(
        '{/* a note among authors */}\n\n## 2 Title {/* ask Legal */}\n\n<Clause id="2.1" strength="may">One{/* or two? */}.</Clause>',
      ),
    );
    expect([none, sections, clauses.map((clause) => clause.text)]).toEqual([
      [],
      [{ anchor: "section-2", title: "2 Title" }],
      ["One."],
    ]);
  });

  it.each(["@jsx alert", "@jsxRuntime classic", "@jsxImportSource node:fs", "@jsxRuntime classic @jsx a.b @jsxFrag x"])(
    "takes no orders from a comment: %s",
    async (order) => {
      const body = `{/** ${order} */}\n\nSome **words**.`;
      expect(problems(body)).toEqual([]);
      await expect(compilePolicyText({ hash: body, text: body })).resolves.toBeTypeOf("string");
    },
  );

  it.each([
    ["a copy of a copy", "a: &x [1]\nb: *x", /line 2: front matter: Write the value out/],
    ["copies without end", `a: &a [1]\nb: &b [${"*a, ".repeat(900)}*a]`, /line 2: front matter: Write the value out/],
    ["a tag that makes code", "a: !!js/function 'x'", /line 2: front matter: Remove the word/],
    ["a tag that makes something else", "title: x\na: !!binary aGk=", /line 3: front matter: Remove the word/],
    ["the prototype of objects", "__proto__: { title: x }", /line 2: front matter: "__proto__" is no field/],
    ["lists without end", `a: ${"[x, ".repeat(90)}`, /line 2: front matter: The values nest/],
    ["a field twice", "a: 1\na: 2", /line 3: front matter: This field stands twice/],
  ])("refuses %s in the front matter", (_, yaml, message) => {
    const file = `---\n${yaml}\n---\n\nx\n`;
    expect([parsePolicyText(file).frontMatter, said(file).join("\n")]).toEqual([null, expect.stringMatching(message)]);
  });

  // Each would leave a mark if any of it ran: when read, compiled or shown.
  const mark = path.join(tmpdir(), `with-care-ran-${process.pid}`);
  const payload = `(globalThis.ran = 1, process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(mark)}, "x"))`;
  it.each([
    ["an expression", `{${payload}}`],
    ["an expression in a sentence", `Two is {${payload}}.`],
    ["an expression in a link", `[{${payload}}](/x)`],
    ["an export", `export const a = ${payload}`],
    ["an import that runs", `import ${JSON.stringify(`data:text/javascript,${payload}`)}`],
    ["an attribute", `<Callout title={${payload}} />`],
    ["a spread", `<Callout {...${payload}} />`],
    ["a component that is an expression", `<Callout>{(() => ${payload})()}</Callout>`],
    ["a layout", `export default function Layout() { return ${payload} }`],
    ["a script", `<script>{${payload}}</script>`],
    ["a component from the runtime", '<constructor.constructor title="x" />'],
    ["an expression behind a comment", `{/* x */ ${payload}}`],
    ["a comment that ends early", `{/* x */}{${payload}}`],
  ])("runs nothing of %s, though nobody asked the parser before", async (_, body) => {
    expect(problems(body)).not.toEqual([]);
    await expect(compilePolicyText({ hash: body, text: body })).rejects.toThrow(/is not content|line|import/i);
    expect(globalThis).not.toHaveProperty("ran");
    expect(existsSync(mark)).toBe(false);
  });

  it("is fast to refuse what is made to be slow", () => {
    const bombs = [
      "[a](".repeat(40_000),
      "- a\n".repeat(40_000),
      "a*".repeat(90_000),
      "> 1. - ".repeat(2000),
      "[".repeat(150_000),
    ];
    const start = performance.now();
    for (const bomb of bombs) expect(problems(bomb)).not.toEqual([]);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it("names at most nine faults for which the text has to be parsed again", () => {
    expect(problems("One {brace\n\n".repeat(20))).toHaveLength(9);
  });
});

describe("tables and duties of the body", () => {
  const HEAD = "---\ntitle: T\n---\n\n";

  it("reads a table as one line a row, in a clause and beside one", () => {
    const table = "| What | Tool |\n| --- | --- |\n| Times | **Chat** |\n| A \\| B | |";
    const { problems, clauses } = parsePolicyText(
      `${HEAD}<Clause id="1.1" strength="information">\n\nEach has its place:\n\n${table}\n\n</Clause>\n\n${table}\n`,
    );
    expect(problems).toEqual([]);
    expect(clauses[0]?.text).toBe("Each has its place: Times. Tool: Chat. A | B.");
  });

  it("refuses HTML, an image and a clause in a cell", () => {
    const cell = (words: string) => parsePolicyText(`${HEAD}| A |\n| --- |\n| ${words} |\n`).problems;
    expect(cell("plain")).toEqual([]);
    for (const words of ["<b>x</b>", "![x](https://x.test/a.png)", '<Clause id="1.1" strength="must">X.</Clause>'])
      expect(cell(words)).not.toEqual([]);
  });

  it("knows a duty of the body, and nothing else that a clause could bind", () => {
    const clause = (binds: string) =>
      parsePolicyText(`${HEAD}<Clause id="1.1" strength="must" ${binds}>It must.</Clause>`);
    expect(clause('binds="body"').clauses).toMatchObject([{ binds: "body" }]);
    expect(clause("").clauses[0]?.binds).toBeUndefined();
    expect(clause('binds="staff"').problems).toMatchObject([{ message: 'clause 1.1: binds is "body" or left out.' }]);
  });
});
