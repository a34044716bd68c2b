/** What stands in place of the name of somebody who left (issue 7, item 9). */
import { REFERENCE_ALPHABET } from "../reference/reference.ts";

const SHORTEST = 4;

/**
 * Pseudonyms for one person, the shortest first: the first that nobody else has is theirs, and says nothing of them.
 * @param digest bytes that are theirs alone and cannot be traced back to their name, such as the hash of their id
 */
export function* pseudonyms(kind: string, digest: Uint8Array): Generator<{ name: string; code: string }> {
  const code = [...digest].map((byte) => REFERENCE_ALPHABET[byte % REFERENCE_ALPHABET.length] ?? "").join("");
  for (let length = SHORTEST; length <= code.length; length++)
    yield { name: `Former ${kind} ${code.slice(0, length)}`, code: code.slice(0, length) };
}

/**
 * A regular expression, as PostgreSQL reads it, that finds a name or an e-mail address as whole words, in any case and
 * with any blanks in it.
 */
export function wholeWords(text: string): string {
  const words = text.trim().split(/\s+/).map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`)); // prettier-ignore
  return String.raw`(?<![[:alnum:]])${words.join(String.raw`\s+`)}(?![[:alnum:]])`;
}
