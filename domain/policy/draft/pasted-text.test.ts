import { expect, it } from "vitest";
import { cleanPastedText } from "./pasted-text.ts";

it("leaves a text that needs nothing as it is", () => {
  const text = `---\ntitle: "“Chat” apps"\n---\n\n## 1 A “word” – and more\n\n- one\n\n<Clause id="1.1" strength="must">Don’t.</Clause>\n`;
  expect(cleanPastedText(text, "mdx")).toEqual({ text, cleaned: [] });
  const rules = `rules:\n  - id: a\n    says: Use the “approved” channel.\n`;
  expect(cleanPastedText(rules, "yaml")).toEqual({ text: rules, cleaned: [] });
});

it("straightens quotation marks in tags and around values, and nowhere else", () => {
  const { text, cleaned } = cleanPastedText(
    "—\ntitle: “Chat apps”\nrelated: [{ title: “A”, href: null }]\n---\n\n<Clause id=“1.1” strength=‘must’>Say “no”.</Clause>\n",
    "mdx",
  );
  expect(text).toBe(
    `---\ntitle: "Chat apps"\nrelated: [{ title: "A", href: null }]\n---\n\n<Clause id="1.1" strength='must'>Say “no”.</Clause>\n`,
  );
  expect(cleaned).toEqual(["dashes", "quotes"]);
  expect(cleanPastedText("ask: “What?”\nanswers: [“a”, “b”]\n- “c”\n", "yaml").text).toBe(
    `ask: "What?"\nanswers: ["a", "b"]\n- "c"\n`,
  );
});

it("makes lists of bullets and numbers typed by hand, and ordinary blanks and line ends", () => {
  const { text, cleaned } = cleanPastedText("•\tOne\r\no\tInner\r\n1.\tFirst\va\u00A0b\u00AD\u200B", "mdx");
  expect(text).toBe("- One\n  - Inner\n1. First\na b");
  expect(cleaned).toEqual(["invisible", "blanks", "bullets"]);
});

it("takes out styles that were pasted as text", () => {
  const { text, cleaned } = cleanPastedText(
    `<!-- /* Font Definitions */ @font-face {font-family:Calibri; mso-font-charset:0;} -->\n<p class="MsoNormal" style="mso-style-name:x"><span lang=EN-GB>Words</span><o:p></o:p></p>\n`,
    "mdx",
  );
  expect(text).toBe("Words\n");
  expect(cleaned).toEqual(["styles"]);
});

it("takes no longer for a text made to be slow", () => {
  const hostile = ["<!--", "<p mso-", "•", "“", ": “", "\t", "---\n"].map((part) => part.repeat(200_000 / part.length));
  for (const text of hostile) for (const format of ["mdx", "yaml"] as const) cleanPastedText(`${text} mso-`, format);
}, 20_000);
