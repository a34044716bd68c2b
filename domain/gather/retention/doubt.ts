import type { SoughtPerson } from "#domain/access/identity/mention.ts";
import { plainLetters } from "#domain/base/text/plain-letters.ts";

/** Texts that may still name somebody whose name was replaced, for a governance officer to look at. */

/** What an officer says of such a text. */
export const DOUBT_OUTCOMES = ["replaced", "kept"] as const;
export type DoubtOutcome = (typeof DOUBT_OUTCOMES)[number];

/** What holds a text, by table, and the path under which its reference has a page. */
export const DOUBT_PLACES: Readonly<Record<string, { place: string; path: string | null }>> = {
  Acknowledgement: { place: "Answer to a policy", path: "/acknowledgements" },
  WithdrawnAnswer: { place: "Withdrawn answer on paper", path: "/acknowledgements" },
  Exception: { place: "Exception", path: "/exceptions" },
  ExceptionCondition: { place: "Condition of an exception", path: "/exceptions" },
  ExceptionRisk: { place: "Risk of an exception", path: "/exceptions" },
  ExceptionMitigation: { place: "Mitigation of a risk", path: "/exceptions" },
  ExceptionStep: { place: "Step of an exception", path: "/exceptions" },
  ExceptionNote: { place: "Note on an exception", path: "/exceptions" },
  DebtConsideration: { place: "Why a policy stays as it is", path: null },
  Campaign: { place: "Campaign", path: null },
  Exemption: { place: "Why somebody need not answer a policy", path: null },
  ClauseQuestion: { place: "Question about a clause", path: "/questions" },
  UnfoundWords: { place: "Words that found nothing", path: null },
  ContinuityActivity: { place: "Business continuity", path: null },
  ApiToken: { place: "Token of a program", path: null },
  Notice: { place: "Notice to somebody", path: null },
  Mail: { place: "Mail to somebody", path: null },
  ChatGroup: { place: "Group", path: "/groups" },
  GroupStep: { place: "Step of a group", path: "/groups" },
  GroupAlert: { place: "Alert in a group", path: "/groups" },
  Hold: { place: "Hold", path: "/holds" },
  PhotoConsent: { place: "Photo consent", path: "/photos" },
  UnderstandingCheck: { place: "Check of understanding", path: null },
  SampledPerson: { place: "Check of people drawn by chance", path: "/checks-held/samples" },
  IncidentEntry: { place: "Report of an accident", path: "/incidents" },
  IncidentAction: { place: "Action after an accident", path: "/incidents" },
  ClearDown: { place: "Clear-down of a group", path: "/groups" },
  EvidenceDetail: { place: "Text beside the evidence", path: null },
};

const AROUND = 80;

/** The first text with one of the words, shortened to what stands around it; "" if none has any. */
export function doubtfulPassage(texts: readonly string[], words: readonly string[]): string {
  for (const text of texts)
    for (const word of words) {
      const at = text.indexOf(word);
      if (at === -1) continue;
      const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + word.length + AROUND)];
      return `${from > 0 ? "…" : ""}${text.slice(from, to).trim()}${to < text.length ? "…" : ""}`;
    }
  return "";
}

/** A text with something else in place of these words, wherever they stand as whole words. */
export function replaceWordsIn(text: string, words: readonly string[], by: string): string {
  const patterns = [...words]
    .sort((one, other) => other.length - one.length)
    .map((word) =>
      word.replaceAll(/[^\p{L}\p{N}\p{M}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`),
    );
  const whole = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])(?:${patterns.join("|")})(?![\\p{L}\\p{N}\\p{M}])`, "gu");
  return words.length === 0 ? text : text.replaceAll(whole, () => by);
}

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

function literally(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, "\\$&");
}

/** All strings in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(textsIn);
}

/** The same value with every string changed. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
}
