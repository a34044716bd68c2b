import { VFileMessage } from "vfile-message";
import { placeIn, type PlacedProblem } from "./plain-yaml.ts";

/** What an author can do about a text that cannot be read, and the text without the cause, if the rest can be read. */
interface Explained {
  problem: PlacedProblem;
  /** As long as the text, so that places stay; null if nothing more can be said. */
  mended: string | null;
}

/** @param error what the parser threw @param components the names of the tags that a text may have */
export function explainTextError(error: unknown, source: string, components: readonly string[]): Explained {
  const reason = error instanceof VFileMessage ? error.reason : String(error);
  const place =
    error instanceof VFileMessage ? { line: error.line ?? 1, column: error.column ?? 1 } : { line: 1, column: 1 };
  const at = offsetOf(source, place);
  const explained = (offset: number, message: string, mended: string | null = null): Explained => ({
    problem: { ...placeIn(source, offset), message },
    mended,
  });
  const instead = (offset: number, sign: string) => source.slice(0, offset) + sign + source.slice(offset + 1);
  const without = (name: string, offset: number) =>
    blanked(blanked(source, offset, /^<[^<>]*>?/), source.indexOf(`</${name}`, offset), /^<[^<>]*>?/);

  if (/import\/exports|only import/.test(reason)) {
    const start = Math.max(
      ...[...source.slice(0, at + 1).matchAll(/^(?:export|import)\b/gm)].map(({ index }) => index),
      0,
    );
    return explained(start, CODE_WORD, instead(start, source.charAt(start).toUpperCase()));
  }
  if (/expression|in code|spread/.test(reason)) {
    const start = Math.max(0, source.lastIndexOf("{", /end of file/.test(reason) ? source.length : at));
    const isValue = source.charAt(start - 1) === "=";
    return explained(start, isValue ? VALUE : BRACES, isValue ? null : instead(start, "("));
  }
  const [, name = "", line, column] =
    /(?:closing tag for|expected corresponding closing tag for) `<\/?([^>`]*)>` \((\d+):(\d+)/.exec(reason) ?? [];
  if (line !== undefined) {
    const start = offsetOf(source, { line: Number(line), column: Number(column) });
    if (!components.includes(name)) return explained(start, notATag(name, components), without(name, start));
    const [, next = ""] = new RegExp(`<(/?)${name}\\b`).exec(source.slice(start + 1)) ?? [];
    return explained(
      start,
      next === "/" ? APART : `<${name}> is opened here and not closed. Write </${name}> where it ends.`,
    );
  }
  if (/Expected the closing tag/.test(reason)) return explained(at, APART);
  if (/closing slash/.test(reason)) {
    const start = Math.max(0, source.lastIndexOf("<", at));
    const [tag = "</>"] = /^<[^<>]*>/.exec(source.slice(start)) ?? [];
    const message = `${tag} closes nothing: no such tag is open here. Remove it, or open the tag before.`;
    return explained(start, message, blanked(source, start, /^<[^<>]*>?/));
  }
  if (/lazy line/.test(reason))
    return explained(at, "Begin this line as the one above it, with the same > or the same blanks.");
  return explainTag(source, at, explained, components);
}

/** A tag that is not written as it should be, or a sign that is taken for the beginning of one. */
function explainTag(
  source: string,
  at: number,
  explained: (offset: number, message: string, mended?: string | null) => Explained,
  components: readonly string[],
): Explained {
  const start = Math.max(0, source.lastIndexOf("<", at));
  const rest = source.slice(start);
  const mended = `${source.slice(0, start)}(${source.slice(start + 1)}`;
  const [tag = ""] = /^<[^<>]*>?/.exec(rest) ?? [];
  const [, name = ""] = /^<\/?([A-Za-z][\w.-]*)/.exec(tag) ?? [];
  if (!components.includes(name)) {
    if (rest.startsWith("<!"))
      return explained(
        start,
        "A note among authors is written {/* like this */}. Other marks stay on the page.",
        blanked(source, start, /^<!--[^]*?-->|^<[^<>]*>?/),
      );
    if (/^<(?:[a-z]+:|www\.|[\w.+-]+@)/i.test(rest))
      return explained(
        start,
        "Write an address as a link: [words](https://www.example.org), [words](mailto:name@example.org).",
        mended,
      );
    return explained(start, name === "" ? LESS_THAN : notATag(name, components), mended);
  }
  const curly = tag.search(/[“”„‟‘’]/);
  if (curly >= 0)
    return explained(
      start + curly,
      `The quotation marks of an attribute are straight ones: id="2.1". These are curly.`,
      source.slice(0, start) + tag.replace(/[“”„‟‘’]/g, '"') + source.slice(start + tag.length),
    );
  if (!tag.endsWith(">")) return explained(start, `The tag <${name} is not closed. Write > after its last attribute.`);
  return explained(at, VALUE);
}

const CODE_WORD =
  'a paragraph may not begin with the small word "export" or "import": it is read as code, not as text. Begin it with another word or a capital letter.';
export const BRACES = "braces { } are not read as text. Write ( ) instead, or \\{ for the sign.";
const LESS_THAN = 'the sign < is not read as text. Write "less than", or \\< for the sign.';
const VALUE =
  'attributes are written name="value", in straight quotation marks, with a blank before each: <Clause id="2.1" strength="must">.';
const APART =
  "this tag is opened in one paragraph and closed in another. Write both within one paragraph, or each on a line of its own with an empty line before and after it.";

/** @param name of a tag that no text may have */
export function notATag(name: string, components: readonly string[]): string {
  const meant = components.find((one) => one.toLowerCase() === name.toLowerCase());
  if (meant) return `<${name}> is written with a capital letter: <${meant}>.`;
  return `<${name}> is not among what policy text may use: ${components.join(", ")}. Use Markdown instead of HTML, or \\< for the sign.`;
}

/** The text with what a pattern finds at a place as blanks; the same text for a place below 0. */
function blanked(source: string, at: number, pattern: RegExp): string {
  const [found = ""] = at < 0 ? [] : (pattern.exec(source.slice(at)) ?? []);
  if (found === "") return source;
  return source.slice(0, at) + found.replace(/[^\n]/g, " ") + source.slice(at + found.length);
}

function offsetOf(source: string, { line, column }: { line: number; column: number }): number {
  let start = 0;
  for (let before = 1; before < line; before++) {
    const end = source.indexOf("\n", start);
    if (end < 0) return source.length;
    start = end + 1;
  }
  return Math.min(source.length, start + column - 1);
}
