/** What a word processor leaves in a text that is pasted: taken out or put right, and named. */
import type { DraftFormat } from "./draft.ts";

/** What can be cleaned, each as a sentence that says what was done. */
export const CLEANED = {
  quotes: "Curly quotation marks around values are straight now.",
  invisible: "Signs that nobody can see were taken out.",
  blanks: "Blanks that do not break are ordinary blanks now.",
  bullets: "Bullets and numbers typed by hand became lists.",
  styles: "The word processor’s styles were taken out.",
  deleted: "Words deleted with tracked changes were left out.",
  inserted: "Words added with tracked changes were kept.",
  struck: "Struck-through words were kept. Take out what no longer holds.",
  comments: "Reviewers’ comments were left out.",
  footnotes: "Footnotes stand in brackets where they were referred to.",
  tables: "Tables were kept. Look at their first row: it names the columns.",
  merged: "Merged cells of a table were taken apart.",
  pictures: "Pictures were left out. Say in words what they show.",
  headings: "Headings were kept, one level lower: the title is the first.",
  dashes: "The line of dashes at the top was put right.",
} as const;

export type Cleaned = keyof typeof CLEANED;

export interface CleanedText {
  text: string;
  cleaned: Cleaned[];
}

/** A bullet or a number that somebody typed, or that a word processor wrote out; `o` and `§` only before a tab. */
export const TYPED_MARK =
  /^([ \t]*)(?:([•·▪▫◦‣●○■□◆►➢\uF0B7\uF0A7\uF0D8])[ \t]*|([o§–—])\t[ \t]*|(\d{1,3}|[a-z]|[ivx]{1,4})[.)]\t[ \t]*)/;

const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]|(?![\t\n\v])\p{Cc}/gu;
const SOURCE_TAG = /<\/?(?:Clause|Callout|Gap)\b[^<>\n]*>/g;
/** A value in curly quotation marks where YAML expects a value. */
const QUOTED_VALUE = /((?:^|[:\-,])[ \t]+|[[{][ \t]*)[“”„‟]([^“”„‟"\n]*)[“”„‟](?=[ \t]*(?:$|[,\]}#]))/gm;
const FRONT_MATTER = /^---\n[\s\S]*?\n---(?=\n|$)/;
const COMMENT = /<!--(?:(?!<!--)[\s\S])*?-->\n?/g;
/** Nothing that a policy may hold. */
const STYLE_TAG = /<\/?(?:[ovw]:\w+|span|font|p|div)\b[^<>]*>/g;

/**
 * A text as an author would have typed it. What an author may mean (curly quotation marks in a sentence, a dash between
 * words) stays; a text that needs nothing comes back as it was.
 */
export function cleanPastedText(pasted: string, format: DraftFormat): CleanedText {
  const cleaned = new Set<Cleaned>();
  let text = pasted.replace(/\r\n?/g, "\n");
  const put = (kind: Cleaned, pattern: RegExp, by: (...found: string[]) => string) => {
    text = text.replace(pattern, (...found: string[]) => {
      const made = by(...found);
      if (made !== found[0]) cleaned.add(kind);
      return made;
    });
  };
  put("invisible", INVISIBLE, () => "");
  put("invisible", /[\v\u2028\u2029]/g, () => "\n");
  put("blanks", /[\u00A0\u202F]/g, () => " ");
  if (format === "yaml") {
    put("quotes", QUOTED_VALUE, (_, before = "", words = "") => `${before}"${words}"`);
    return { text, cleaned: [...cleaned] };
  }
  put("dashes", /^[—–-]{1,3}(?=\n)/, () => "---");
  put("quotes", FRONT_MATTER, (whole = "") => whole.replace(QUOTED_VALUE, '$1"$2"'));
  if (/\bmso-|\bMso[A-Z]|<o:p>/.test(text)) {
    put("styles", COMMENT, (whole = "") => (/mso-|Font Definitions/.test(whole) ? "" : whole));
    put("styles", STYLE_TAG, () => "");
  }
  put("quotes", SOURCE_TAG, (tag = "") => tag.replace(/[“”„‟″]/g, '"').replace(/[‘’‚′]/g, "'"));
  put("bullets", new RegExp(TYPED_MARK.source, "gm"), (_, indent = "", _bullet, dash, number) => {
    const mark = number === undefined ? "-" : `${/^\d/.test(number) ? number : 1}.`;
    return `${indent.replaceAll("\t", "  ")}${dash === "o" ? "  " : ""}${mark} `;
  });
  return { text, cleaned: [...cleaned] };
}
