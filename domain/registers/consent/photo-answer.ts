/**
 * The wizard's answer that everybody in the photo has agreed, given by photo consents (content/questions.yaml, fact
 * `people`).
 */
import type { References } from "#domain/policy/decision/wizard.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { KnownAnswer } from "#domain/policy/policy/known-answer.ts";

/** The parameter for consents in an address. */
export const PHOTO_PARAMETER = "photo";

interface Consent {
  reference: string;
}

/** The register's answer to the question about people in a photo. */
export interface PhotoAnswer<Offered extends Consent = Consent> {
  known: KnownAnswer;
  /** The valid consents that somebody recorded. */
  offered: readonly Offered[];
  /** Those named in the address, on which the answer relies. */
  chosen: readonly Offered[];
  /** Whether the address names a consent that is not offered: unknown, somebody else's, expired or withdrawn. */
  hasDropped: boolean;
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads the consents named in an address. They count only if the answer is that everybody has agreed, or is left out.
 */
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
 * The answers in the address, completed by the consents: chosen ones answer the question; if one was dropped, it is
 * asked again.
 */
export function withPhotoAnswer({ known, chosen, hasDropped }: PhotoAnswer, query: Query): Query {
  if (hasDropped) return { ...query, [known.fact]: undefined };
  return chosen.length > 0 ? { ...query, [known.fact]: known.answer } : query;
}

/** The chosen consents, as parameters for the next address. */
export const referencesOf = (photo: PhotoAnswer | null): References =>
  photo && photo.chosen.length > 0 ? { [PHOTO_PARAMETER]: photo.chosen.map(({ reference }) => reference) } : {};
