/** What the database looks for before the matcher of names reads a text. */
import { plainLetters } from "#domain/base/text/plain-letters.ts";
import type { SoughtPerson } from "./mention.ts";

/**
 * Regular expressions of PostgreSQL: `words` finds in plain letters whatever may name one of these people, `initials` in
 * the text itself what only their initials could; "" for none.
 */
export function cluesOf(people: readonly SoughtPerson[]): { words: string; initials: string } {
  const words = new Set(people.flatMap(({ clues }) => clues.words));
  const addresses = people.flatMap((person) => person.addresses).map((address) => plainLetters(address));
  const initials = new Set(people.flatMap(({ clues }) => clues.initials.filter((two) => /^[a-z]{2}$/.test(two))));
  const apart = [...initials].map((two) => two.toUpperCase()).map(([one, two]) => `${one}\\.?\\s?(\\w\\.?\\s?)?${two}`);
  return {
    words: [...[...words].map(wholeWord), ...addresses.map(literally)].join("|") || "$^",
    initials: apart.length > 0 ? `\\m(${apart.join("|")})\\M` : "",
  };
}

/** A database may not know letters beyond ASCII, neither where they end a word nor which are capital. */
function wholeWord(word: string): string {
  if (/^[a-z0-9]+$/.test(word)) return `(?:\\m|_)${word}(?:\\M|_)`;
  return Array.from(word, (letter) => {
    const capital = letter.toUpperCase();
    return capital.length === letter.length && capital !== letter ? `[${letter}${capital}]` : literally(letter);
  }).join("");
}

const literally = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, "\\$&");
