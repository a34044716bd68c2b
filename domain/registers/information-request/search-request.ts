/** A search request asks one person to look for what an information request is about; and what searching may cost. */
import { dayOf, type FieldProblem, problemIf, textProblems, type TypedDate } from "#domain/base/form/form-values.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { LONGEST_REQUESTED_TEXT, type RequestKind } from "./information-request.ts";

export const SEARCH_ANSWERS = {
  found: "I found something",
  nothing: "I looked, and found nothing",
  gone: "It is no longer held",
} as const satisfies Record<string, string>;

/** Why something is no longer held. */
export const GONE_REASONS = {
  cleared: "It was cleared under the rule of the chat",
  "phone-replaced": "The phone was replaced, reset or lost",
  "left-group": "I left the chat",
  other: "Another reason",
} as const satisfies Record<string, string>;

/** What somebody confirms with their answer; it is kept as it was worded then. */
export const SEARCH_STATEMENT =
  "I have searched the chats, apps and devices named above for this period. What I say here is true and complete as far as I know. I have deleted nothing that this is about since I was asked.";

/** The fields of the form that asks people to search. */
export interface SearchDraft {
  /** Names or work e-mail addresses. */
  people: readonly string[];
  lookFor: string;
  chats: string;
  apps: string;
  devices: string;
  firstDay: TypedDate;
  lastDay: TypedDate;
  answerBy: TypedDate;
}

/** The most people whom one form may ask. */
export const MOST_SEARCHERS = 50;

/** What has to be corrected in a search request. @param today YYYY-MM-DD */
export function searchRequestProblems(draft: SearchDraft, today: string): FieldProblem[] {
  const { people, lookFor, chats, apps, devices, firstDay, lastDay, answerBy } = draft;
  const [from, until, by] = [firstDay, lastDay, answerBy].map(dayOf);
  const problem = (isWrong: boolean, field: string, message: string) => (isWrong ? [{ field, message }] : []);
  return [
    ...problem(people.length === 0, "people", "Name at least one person."),
    ...problem(people.length > MOST_SEARCHERS, "people", `Name at most ${MOST_SEARCHERS} people at once.`),
    ...textProblems("lookFor", lookFor, "Say what to look for.", LONGEST_REQUESTED_TEXT),
    ...problem(chats + apps + devices === "", "chats", "Say where to look: chats, apps or devices."),
    ...Object.entries({ chats, apps, devices }).flatMap(([field, text]) =>
      textProblems(field, text, null, LONGEST_REQUESTED_TEXT),
    ),
    ...Object.entries({ firstDay, lastDay, answerBy }).flatMap(([field, day]) =>
      day.kind === "wrong" ? [{ field, message: day.message }] : [],
    ),
    ...problem(Boolean(from && until && until < from), "lastDay", "The period must not end before it begins."),
    ...problem(answerBy.kind === "empty", "answerBy", "Enter the day by which you need the answer."),
    ...problem(Boolean(by && by < today), "answerBy", "The day must be today or later."),
  ];
}

/** The fields of the form that answers one. */
export interface SearchAnswerDraft {
  answer: string | null;
  gone: string | null;
  words: string;
  minutes: string;
  isConfirmed: boolean;
}

const MOST_MINUTES = 60_000;

/** What has to be corrected in an answer. */
export function searchAnswerProblems({ answer, gone, words, minutes, isConfirmed }: SearchAnswerDraft): FieldProblem[] {
  const isNumber = /^\d{1,5}$/.test(minutes) && Number(minutes) <= MOST_MINUTES;
  return [
    ...problemIf(answer === null, "answer", "Choose what came of it."),
    ...problemIf(answer === "gone" && gone === null, "gone", "Choose why it is no longer held."),
    ...textProblems("words", words, "Say where and how you looked, and what came of it.", LONGEST_REQUESTED_TEXT),
    ...problemIf(!isNumber, "minutes", "Write the minutes as a number, such as 45."),
    ...problemIf(!isConfirmed, "statement", "Confirm the statement."),
  ];
}

/** What it may cost to find out whether information is held, and to find it. */
export interface CostLimit {
  pounds: number;
  hours: number;
  /** Where it comes from. Figures and names were not read in the law itself: check. */
  source: string;
}

/**
 * The cost limit of a request, by its kind and the nation and type of its body; null where the law has none.
 * Freedom of information alone has one: at £25 an hour, in Scotland at up to £15.
 */
export function costLimit(kind: RequestKind, { nation, type }: Pick<Body, "nation" | "type">): CostLimit | null {
  if (kind !== "foi") return null;
  if (nation === "scotland")
    return {
      pounds: 600,
      hours: 40,
      source: "Freedom of Information (Fees for Required Disclosure) (Scotland) Regulations 2004",
    };
  const source = "Freedom of Information and Data Protection (Appropriate Limit and Fees) Regulations 2004";
  return type === "central-government" ? { pounds: 600, hours: 24, source } : { pounds: 450, hours: 18, source };
}

/** Minutes as hours in words, rounded up to a tenth: 90 → "1.5 hours". */
export function hoursInWords(minutes: number): string {
  const hours = Math.ceil(minutes / 6) / 10;
  return `${hours} ${hours === 1 ? "hour" : "hours"}`;
}
