/** A search result's text as shown: the words around the hits, each hit marked. */
import { splitIntoWords, wordForms } from "./words.ts";

/** A piece of a text; `isHit` if it is a word that was searched for. */
export interface Piece {
  text: string;
  isHit: boolean;
}

/** The longest excerpt, in characters; a clause is seldom longer. */
const LONGEST = 320;
/** How much is shown before the first hit of a longer one. */
const BEFORE = 80;

/**
 * A text in pieces, with hits separate. A text longer than an excerpt is cut at word boundaries around the first hit.
 * @param found the word forms that the search matched in this text
 */
export function markWords(text: string, found: ReadonlySet<string>): Piece[] {
  const hits = splitIntoWords(text).filter(({ word }) => wordForms(word).some((form) => found.has(form)));
  const { from, to } = excerptOf(text, hits[0]?.at ?? 0);
  const pieces: Piece[] = [];
  let at = from;
  for (const hit of hits) {
    const end = hit.at + hit.word.length;
    if (hit.at < from || end > to) continue;
    if (hit.at > at) pieces.push({ text: text.slice(at, hit.at), isHit: false });
    pieces.push({ text: hit.word, isHit: true });
    at = end;
  }
  if (at < to) pieces.push({ text: text.slice(at, to), isHit: false });
  if (from > 0) pieces.unshift({ text: "… ", isHit: false });
  if (to < text.length) pieces.push({ text: " …", isHit: false });
  return pieces;
}

function excerptOf(text: string, firstHit: number): { from: number; to: number } {
  if (text.length <= LONGEST) return { from: 0, to: text.length };
  const start = Math.max(0, firstHit - BEFORE);
  const from = start === 0 ? 0 : text.indexOf(" ", start) + 1;
  const end = from + LONGEST;
  if (end >= text.length) return { from, to: text.length };
  const lastSpace = text.lastIndexOf(" ", end);
  return { from, to: lastSpace > firstHit ? lastSpace : end };
}
