/** Texts that say what a word means: they come first for somebody who asks that. */
import { splitIntoWords, wordForms } from "./words.ts";

const SAYS_WHAT_IT_IS = /\b(?:is|are|means?|counts? as|covers?)\b/i;
const EXAMPLES = /^Examples? of [^:]*:/i;
/** How far from the verb the word may stand. */
const BEFORE = 4;
const AFTER = 2;

/**
 * How well a text says what one of the words is: 2 where a sentence begins with it ("Sensitive is anything about a
 * person"), 1 where it stands near the verb ("Talk is informal only if …", "Not sensitive are …"), otherwise 0.
 * @param words the word forms that are asked about
 */
export function explains(text: string, words: ReadonlySet<string>): 0 | 1 | 2 {
  const isMeant = (part: string) =>
    splitIntoWords(part).some(({ word }) => wordForms(word).some((form) => words.has(form)));
  const degrees = text.split(/(?<=[.?!])\s+/).map((sentence) => {
    const examples = EXAMPLES.exec(sentence)?.[0];
    if (examples !== undefined) return isMeant(examples) ? 1 : 0;
    const [before = "", ...after] = sentence.split(SAYS_WHAT_IT_IS);
    const subject = before.trim().split(/\s+/);
    if (after.length === 0 || subject.length > BEFORE) return 0;
    const [first = ""] = subject.filter((word) => !/^(?:an?|the)$/i.test(word));
    if (isMeant(first)) return 2;
    return isMeant(before) || isMeant(after.join(" ").trim().split(/\s+/).slice(0, AFTER).join(" ")) ? 1 : 0;
  });
  return degrees.includes(2) ? 2 : degrees.includes(1) ? 1 : 0;
}
