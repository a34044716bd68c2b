import { type AnyNode, isTag, isText } from "domhandler";
import { parseDocument } from "htmlparser2";
import { expect, it } from "vitest";
import { parsePolicyText } from "#server/base/content/policy-text.ts";
import { hasStructure, type PastedNode, pastedHtml } from "./pasted-html.ts";

function nodeOf(node: AnyNode): PastedNode {
  return {
    name: isText(node) ? "" : "name" in node ? String(node.name) : "root",
    words: isText(node) ? node.data : "",
    attribute: (name) => (isTag(node) ? (node.attribs[name] ?? "") : ""),
    children:
      "children" in node
        ? node.children.filter((child) => isTag(child) || isText(child) || "children" in child).map(nodeOf)
        : [],
  };
}

const paste = (html: string) => pastedHtml(nodeOf(parseDocument(html, { decodeEntities: true })));
const FRONT = "---\ntitle: x\n---\n\n";

/** As Word writes a paragraph of a list: the mark is there for programs that know no lists. */
const item = (level: number, mark: string, words: string) =>
  `<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${words}<o:p></o:p></p>`;

it("keeps headings, bold and italic words, links and paragraphs, without the word processor’s styles", () => {
  const { text, cleaned } =
    paste(`<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {mso-style-unhide:no;} --></style></head>
    <body lang=EN-GB><h1><b>2&nbsp;What you may
    send<o:p></o:p></b></h1><p class=MsoNormal>You<b> must </b><i>not</i> send
    a <span style='mso-bidi-font-weight:bold'>file</span>. See <a href="https://www.example.org/guide">the guide</a>.<o:p></o:p></p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>`);
  expect(text).toBe(
    "## 2 What you may send\n\nYou **must** _not_ send a file. See [the guide](https://www.example.org/guide).\n",
  );
  expect(cleaned).toEqual(expect.arrayContaining(["headings", "styles"]));
});

it("makes lists of Word’s list paragraphs, by their levels and marks, and of bullets typed by hand", () => {
  const word = paste(
    item(1, "·", "One") +
      item(2, "o", "Inner") +
      item(1, "·", "Two") +
      "<p>Between</p>" +
      item(1, "1.", "First") +
      item(1, "2.", "Second"),
  );
  expect(word.text).toBe("- One\n  - Inner\n- Two\n\nBetween\n\n1. First\n2. Second\n");
  expect(paste("<p>•&nbsp;&nbsp;One</p><p>• Two</p>").text).toBe("- One\n- Two\n");
  expect(paste("<ul><li>One<ul><li>Inner</li></ul></li></ul>").text).toBe("- One\n  - Inner\n");
  // Word on the web and Google Docs.
  expect(paste("<ul><li>One</li><ul><li>Inner</li></ul></ul>").text).toBe("- One\n  - Inner\n");
});

it("leaves out what was deleted, keeps what was added, and drops reviewers’ comments", () => {
  const { text, cleaned } = paste(
    `<p class=MsoNormal>Keep <del cite="mailto:A"><span>the old</span></del><ins cite="mailto:A">the new</ins> words<a class=msocomanchor href="#_msocom_1">[A1]</a>.</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p>Why?</p></div></div>`,
  );
  expect(text).toBe("Keep the new words.\n");
  expect(cleaned).toEqual(expect.arrayContaining(["deleted", "inserted", "comments"]));
});

it("puts footnotes where they are referred to, since policies have none", () => {
  const { text, cleaned } = paste(
    `<p>Keep it<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.</p><div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1">[1]</a> For six years.</p></div></div>`,
  );
  expect(text).toBe("Keep it (For six years.).\n");
  expect(cleaned).toContain("footnotes");
});

it("keeps tables, with as many cells in each row, and says which cells were merged", () => {
  const { text, cleaned } = paste(
    "<table><thead><tr><th><p><b>App</b></p></th><th>Use</th></tr></thead><tbody><tr><td>A | B<br>C</td></tr><tr><td colspan=2>None</td></tr></tbody></table>",
  );
  expect(text).toBe("| **App**  | Use |\n| -------- | --- |\n| A \\| B C |     |\n| None     |     |\n");
  expect(cleaned).toEqual(["tables", "merged"]);
});

it("drops pictures, scripts and addresses that run something, and escapes what MDX would read as code", () => {
  const { text, cleaned } = paste(
    `<p>{1+1} and &lt;script&gt;alert(1)&lt;/script&gt; <img src=x onerror=alert(1)> <a href="javascript:alert(1)">here</a> <b onclick="x()">now</b></p><script>alert(2)</script>`,
  );
  expect(cleaned).toContain("pictures");
  const { problems } = parsePolicyText(FRONT + text);
  expect(problems).toEqual([]);
  expect(text).toContain("\\{1+1}");
  expect(text).not.toMatch(/javascript|onerror|alert\(2\)/);
});

it("reads Google Docs’ bold by its style, not by the element around everything", () => {
  const docs = `<b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-weight:400">You </span><span style="font-weight:700">must</span></p></b>`;
  expect(paste(docs).text).toBe("You **must**\n");
});

it("knows what has structure from what another program coloured", () => {
  expect(hasStructure("<p class=MsoNormal>x</p>")).toBe(true);
  expect(hasStructure("<div><span style='color:#000'>## Heading</span></div>")).toBe(false);
});
