import type { YAMLParseError, YAMLWarning } from "yaml";

/** What an author can do about a YAML text that cannot be read, and where the cause is: often above the parser's place. */
export function explainYamlError({ code, message, pos }: YAMLParseError | YAMLWarning, text: string) {
  const at = Math.min(pos[0], text.length);
  const open = openQuoteBefore(text, at) ?? openBracketBefore(text, at);
  if (open) return open;
  const line = lineAround(text, at);
  const found = CAUSES.find(({ codes, words, line: pattern }) =>
    [codes.includes(code), words?.test(message) ?? true, pattern?.test(line) ?? true].every(Boolean),
  );
  if (found) return { offset: found.says === INDENTED ? deeperLine(text, at) : at, message: found.says };
  return {
    offset: at,
    message: "This line cannot be read. Look at its colons, brackets, quotation marks and indentation.",
  };
}

const COLON =
  'There is a second colon in this line. Put what stands after the first one into quotation marks: title: "Chats: the rules".';
const BRACKET = "A bracket [ or { is not closed, or a comma is missing between two entries.";
const NOT_FIRST = "Words cannot begin with this sign. Put all of them into quotation marks.";
const NO_COLON =
  "There is no colon in this line. Write a field as name: value, and an entry of a list after a dash and a blank.";
const INDENTED =
  "The indentation does not fit. Begin the fields of one list or entry in the same column, with blanks, and what belongs to them two blanks further in.";

/** The first that fits counts. `words` are looked for in the parser's message, `line` in the line that it names. */
const CAUSES: readonly { codes: readonly string[]; words?: RegExp; line?: RegExp; says: string }[] = [
  { codes: ["MULTIPLE_DOCS"], says: "Remove the line of three dashes: one file holds one text." },
  { codes: ["DUPLICATE_KEY"], says: "This field stands twice. Keep one of the two." },
  {
    codes: ["BLOCK_AS_IMPLICIT_KEY", "UNEXPECTED_TOKEN", "BAD_INDENT", "MULTILINE_IMPLICIT_KEY"],
    line: /^[^:"'#]*:\s+[^"'[{#\s].*:(\s|$)/,
    says: COLON,
  },
  { codes: ["BLOCK_IN_FLOW"], line: /[{,]\s*\w+:\s[^"',}]*:\s/, says: COLON },
  { codes: ["UNEXPECTED_TOKEN", "BLOCK_AS_IMPLICIT_KEY"], line: /:\s+[-?>|]/, says: NOT_FIRST },
  { codes: ["TAB_AS_INDENT"], says: "The line begins with a tab. Indent it with blanks." },
  {
    codes: ["TAG_RESOLVE_FAILED"],
    says: "Remove the word that begins with an exclamation mark, or put the whole into quotation marks.",
  },
  { codes: ["BAD_SCALAR_START"], says: NOT_FIRST },
  { codes: ["BAD_DQ_ESCAPE"], says: "Write two backslashes for one between quotation marks." },
  {
    codes: ["MISSING_CHAR"],
    words: /separated from other tokens/,
    says: "Write a blank before the sign #, or put the words into quotation marks.",
  },
  {
    codes: ["UNEXPECTED_TOKEN"],
    words: /at node end/,
    line: /["']/,
    says: 'Words stand after the closing quotation mark. Put all of them between two quotation marks, and write \\" for one inside.',
  },
  {
    codes: ["BAD_INDENT", "MISSING_CHAR", "UNEXPECTED_TOKEN", "BLOCK_IN_FLOW"],
    words: /flow|Missing ,/,
    says: BRACKET,
  },
  { codes: ["UNEXPECTED_TOKEN"], line: /[[{]/, says: BRACKET },
  { codes: ["MULTILINE_IMPLICIT_KEY"], line: /^[^:]*$/, says: NO_COLON },
  {
    codes: ["MISSING_CHAR", "MULTILINE_IMPLICIT_KEY"],
    line: /^\s*(?:- )?[\w-]+:\S/,
    says: "Write a blank after the colon.",
  },
  {
    codes: ["MISSING_CHAR"],
    words: /map values/,
    says: NO_COLON,
  },
  {
    codes: ["BAD_INDENT", "BLOCK_AS_IMPLICIT_KEY", "MULTILINE_IMPLICIT_KEY", "UNEXPECTED_TOKEN", "MISSING_CHAR"],
    says: INDENTED,
  },
];

/** A value whose first quotation mark has no partner in its line: what follows is taken for part of it, down to the next. */
function openQuoteBefore(text: string, at: number): { offset: number; message: string } | null {
  let offset = 0;
  for (const line of text.slice(0, endOfLine(text, at)).split("\n")) {
    const [whole, start = "", mark = "", rest = ""] = /^(\s*(?:- +)?(?:[\w-]+:\s+)?)(["'])(.*)$/.exec(line) ?? [];
    const inside = mark === '"' ? rest.replace(/\\./g, "  ") : rest.replace(/''/g, "  ");
    if (whole !== undefined && !inside.includes(mark))
      return {
        offset: offset + start.length,
        message: "A quotation mark is opened here and not closed. Close it at the end of the words.",
      };
    offset += line.length + 1;
  }
  return null;
}

/** Looks back over the blanks before a bracket only: a line can hold very many. */
const BEGINS_VALUE = /(?<=(?:^|[:,-])[ \t]*)[[{]/my;

/** The last bracket that begins a value above the end of a line and has no partner there. */
function openBracketBefore(text: string, at: number): { offset: number; message: string } | null {
  const above = text
    .slice(0, endOfLine(text, at))
    .replace(/"(?:\\.|[^"\n])*("?)|'[^'\n]*'|#.*/g, (part, end?: string) =>
      end === "" ? part : "x".repeat(part.length),
    );
  const open: { offset: number; sign: string }[] = [];
  for (const { 0: sign, index: offset } of above.matchAll(/[[\]{}]/g)) {
    const partner = sign === "]" ? "[" : "{";
    BEGINS_VALUE.lastIndex = offset;
    if (/[[{]/.test(sign) && (open.length > 0 || BEGINS_VALUE.test(above))) open.push({ offset, sign });
    else if (open.at(-1)?.sign === partner) open.pop();
  }
  const last = open.at(-1);
  return last ? { offset: last.offset, message: BRACKET } : null;
}

/** Where a field is indented without belonging to anything, the parser names the field above it. */
function deeperLine(text: string, at: number): number {
  const next = endOfLine(text, at) + 1;
  const indentOf = (offset: number) => /^ */.exec(text.slice(offset))?.[0].length ?? 0;
  const deeper = indentOf(next);
  return /^ *[\w-]+:/.test(text.slice(next)) && deeper > indentOf(text.lastIndexOf("\n", at - 1) + 1)
    ? next + deeper
    : at;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

const lineAround = (text: string, at: number) => text.slice(text.lastIndexOf("\n", at - 1) + 1, endOfLine(text, at));
