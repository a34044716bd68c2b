/** What replaces the name of somebody who left. */
import { REFERENCE_ALPHABET } from "#domain/base/reference/reference.ts";

const SHORTEST = 4;

/**
 * Pseudonyms for one person, shortest first: they get the first that nobody else has. It says nothing about them.
 * @param digest bytes unique to them that cannot be traced back to their name, such as the hash of their id
 */
export function* pseudonyms(kind: string, digest: Uint8Array): Generator<{ name: string; code: string }> {
  const code = [...digest].map((byte) => REFERENCE_ALPHABET[byte % REFERENCE_ALPHABET.length] ?? "").join("");
  for (let length = SHORTEST; length <= code.length; length++)
    yield { name: `Former ${kind} ${code.slice(0, length)}`, code: code.slice(0, length) };
}

/** Letters and digits; those beyond ASCII are listed, because a database that sorts by bytes may not know them. */
const LETTER = "[[:alnum:]\u00c0-\u024f]";

/**
 * A regular expression for PostgreSQL that finds a name or an e-mail address as whole words, in any case and with any
 * white space in it.
 */
export function wholeWords(text: string): string {
  return `(?<!${LETTER})${anywhere([text])}(?!${LETTER})`;
}

/** The same for any of several, also within other words: finds more, but much faster, since it looks at nothing around. */
export function anywhere(texts: readonly string[]): string {
  const patterns = texts.map((text) => {
    const words = text.trim().split(/\s+/);
    return words.map((word) => [...word].map(oneCharacter).join("")).join("\\s+");
  });
  return patterns.join("|");
}

function oneCharacter(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character;
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  if (lower !== upper && lower.length === 1 && upper.length === 1) return `[${lower}${upper}]`;
  return /\p{L}|\p{N}/u.test(character) ? character : `\\${character}`;
}
