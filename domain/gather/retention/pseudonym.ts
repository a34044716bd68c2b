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
