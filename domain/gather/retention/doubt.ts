/** Texts that may still name somebody whose name was replaced, for a governance officer to look at. */
import { findMentions, type SoughtPerson } from "#domain/access/identity/mention.ts";

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
  OutsideRuleReading: { place: "What follows from a rule from outside", path: null },
  Campaign: { place: "Campaign", path: null },
  Exemption: { place: "Why somebody need not answer a policy", path: null },
  VersionProposal: { place: "Proposal of a version", path: "/proposals" },
  ClauseQuestion: { place: "Question about a clause", path: "/questions" },
  UnfoundWords: { place: "Words that found nothing", path: null },
  ContinuityActivity: { place: "Business continuity", path: null },
  ApiToken: { place: "Token of a program", path: null },
  Notice: { place: "Notice to somebody", path: null },
  Mail: { place: "Mail to somebody", path: null },
  ChatGroup: { place: "Group", path: "/groups" },
  GroupStep: { place: "Step of a group", path: "/groups" },
  GroupAlert: { place: "Alert in a group", path: "/groups" },
  App: { place: "App on the register", path: null },
  AppDecision: { place: "Decision on an app", path: null },
  PhoneReturn: { place: "Phone return", path: "/phone-returns" },
  PhoneReturnStep: { place: "Step of a phone return", path: "/phone-returns" },
  Hold: { place: "Hold", path: "/holds" },
  HoldRelease: { place: "Release from a hold", path: "/holds" },
  Correction: { place: "Correction of an entry", path: null },
  InformationRequest: { place: "Information request", path: "/requests" },
  RequestPause: { place: "Pause of an information request", path: "/requests" },
  InformationRequestStep: { place: "Step of an information request", path: "/requests" },
  SearchRequest: { place: "Search for an information request", path: "/requests" },
  SearchAnswer: { place: "Answer to a search", path: "/requests" },
  Consent: { place: "Photo consent", path: "/photos" },
  UnderstandingCheck: { place: "Check of understanding", path: null },
  SampledPerson: { place: "Check of people drawn by chance", path: "/checks-held/samples" },
  Incident: { place: "Report of an accident", path: "/incidents" },
  IncidentEntry: { place: "Report of an accident", path: "/incidents" },
  IncidentAction: { place: "Action after an accident", path: "/incidents" },
  ClearDown: { place: "Clear-down of a group", path: "/groups" },
  CapturedRecord: { place: "Captured record", path: "/records" },
  GroupMember: { place: "Member of a group", path: "/groups" },
  HoldTarget: { place: "Hold", path: "/holds" },
  EvidenceDetail: { place: "Text beside the evidence", path: null },
};

const AROUND = 80;

/** The first text with one of the words, shortened to what stands around it; "" if none has any. */
export function doubtfulPassage(texts: readonly string[], words: readonly string[]): string {
  for (const text of texts)
    for (const word of words) {
      const at = text.indexOf(word);
      if (at === -1) continue;
      return around(text, at, at + word.length);
    }
  return "";
}

/** The beginning of a text, where it is one of many. */
export const shortened = (text: string): string => around(text, 0, 0);

/** The first text that names somebody, shortened in the same way; "" if none does. */
export function passageNaming(texts: readonly string[], person: SoughtPerson): string {
  for (const text of texts) {
    const found = findMentions(text, person);
    const first = found.find(({ isSure }) => isSure) ?? found[0];
    if (first) return around(text, first.from, first.to);
  }
  return "";
}

function around(text: string, start: number, end: number): string {
  const [from, to] = [Math.max(0, start - AROUND), Math.min(text.length, end + AROUND)];
  return `${from > 0 ? "…" : ""}${text.slice(from, to).trim()}${to < text.length ? "…" : ""}`;
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
