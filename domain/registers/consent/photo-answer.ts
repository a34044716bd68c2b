/** The wizard's answer that everybody in the photo has agreed, as photo consents give it (content/questions.yaml, fact `people`). */
import type { References } from "#domain/policy/decision/wizard.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { KnownAnswer } from "#domain/policy/policy/known-answer.ts";

/** Under which name an address carries the consents. */
export const PHOTO_PARAMETER = "photo";

interface Consent {
  reference: string;
}

/** What the register says to the question about people in a photo. */
export interface PhotoAnswer<Offered extends Consent = Consent> {
  known: KnownAnswer;
  /** The consents that somebody recorded and that hold now. */
  offered: readonly Offered[];
  /** Those of them that the address names; the answer rests on them. */
  chosen: readonly Offered[];
  /** Whether the address names one that is not offered: unknown, somebody else's, ended or withdrawn. */
  hasDropped: boolean;
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the consents that an address names. They count only where the answer is that everybody has agreed, or is left out. */
export function readPhotoAnswer<Offered extends Consent>(
  known: KnownAnswer,
  offered: readonly Offered[],
  query: Query,
): PhotoAnswer<Offered> {
  const answer = [query[known.fact] ?? known.answer].flat().at(-1);
  const typed = answer === known.answer ? [query[PHOTO_PARAMETER] ?? []].flat() : [];
  const references = typed.map((one) => parseReference("PHO", one));
  const chosen = offered.filter(({ reference }) => references.includes(reference));
  return {
    known,
    offered,
    chosen,
    hasDropped: references.some((one) => chosen.every(({ reference }) => reference !== one)),
  };
}

/**
 * The address's answers with what the consents say: those that are chosen answer the question; where one was dropped, it
 * is asked again.
 */
export function withPhotoAnswer({ known, chosen, hasDropped }: PhotoAnswer, query: Query): Query {
  if (hasDropped) return { ...query, [known.fact]: undefined };
  return chosen.length > 0 ? { ...query, [known.fact]: known.answer } : query;
}

/** The consents that are chosen, as the address carries them on. */
export function referencesOf(photo: PhotoAnswer | null): References {
  return photo && photo.chosen.length > 0 ? { [PHOTO_PARAMETER]: photo.chosen.map(({ reference }) => reference) } : {};
}
