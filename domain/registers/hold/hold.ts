/** A hold stops every deletion (docs/glossary.md, "Hold"; content/outside-rules.yaml, FOIA s.77). */
import { problemIf, textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";
import { plainLetters } from "#domain/base/text/plain-letters.ts";
import type { Body } from "#domain/policy/policy/body.ts";

export const HOLD_REASONS = {
  foi: "Freedom of information request",
  environmental: "Request for environmental information",
  "subject-access": "Subject access request",
  regulator: "Request by a regulator",
  inquiry: "Inquiry",
  complaint: "Complaint",
  incident: "Incident",
  litigation: "Court case or claim",
} as const satisfies Record<string, string>;

export type HoldReason = keyof typeof HOLD_REASONS;

/** Most words of a hold, and the longest of them, in characters. */
export const MOST_HOLD_WORDS = 20;
const LONGEST_HOLD_WORD = 100;

/** The words and phrases of a hold, one for each line that was typed. */
export const holdWordsOf = (lines: readonly string[]): string[] =>
  [...new Set(lines.map((line) => line.trim().replaceAll(/\s+/g, " ")))].filter((line) => line !== "");

/** Whether texts hold one of these words or phrases, or a longer word beginning with it, in whatever spelling. */
export function speaksOf(texts: readonly string[], words: readonly string[]): boolean {
  const sought = words.map(wordsIn).filter((word) => word !== " ");
  return sought.length > 0 && texts.map(wordsIn).some((text) => sought.some((word) => `${text} `.includes(word)));
}

const wordsIn = (text: string): string =>
  ` ${plainLetters(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(" ")}`;

/** A hold in force, as shown to the people it concerns. */
export interface StandingHold {
  reference: string;
  reason: HoldReason;
  /** What must not be deleted, in words. */
  keep: string;
  placedAt: Date;
}

/** The answers to the question before deleting: do they know of a request, an inquiry or a complaint about it? */
export const HOLD_ANSWERS = ["none", "known", "unsure"] as const;
export type HoldAnswer = (typeof HOLD_ANSWERS)[number];

/**
 * Whether somebody may go on to delete. A hold in the register prevents it whatever they answer. So does a request that
 * only they know of, or a doubt: both go to the governance officer first.
 */
export const mayDelete = (standing: readonly StandingHold[], answer: HoldAnswer): boolean =>
  standing.length === 0 && answer === "none";

/** Settings for the privacy of a chat can also stop exports, which the request behind a hold may need. */
export const KEEP_EXPORTABLE =
  "If you administer a chat that it names, switch off any setting that stops its messages from being exported.";

const FOI_LAW = "the Freedom of Information Act 2000, section 77";
const SCOTS_FOI_LAW = "the Freedom of Information (Scotland) Act 2002, section 65";

/** The offence of deleting what somebody asked for: in Scotland, and elsewhere. Other reasons have none of these. */
const OFFENCES: Partial<Record<HoldReason, readonly [scotland: string, elsewhere: string]>> = {
  foi: [SCOTS_FOI_LAW, FOI_LAW],
  environmental: [
    "the Environmental Information (Scotland) Regulations 2004, regulation 19",
    "the Environmental Information Regulations 2004, regulation 19",
  ],
  "subject-access": ["the Data Protection Act 2018, section 173", "the Data Protection Act 2018, section 173"],
};

/**
 * The law on deleting after a request has come in, for the nation of a body, in plain words.
 * @param reason why there is a hold; by default whatever somebody may have asked for
 */
export function lawOnDeleting({ nation }: Pick<Body, "nation">, reason: HoldReason = "foi"): string {
  const [scotland, elsewhere] = OFFENCES[reason] ?? [];
  if (!scotland || !elsewhere)
    return "No information law makes it an offence to delete what this is about, but you must keep it all the same. That includes messages on your own phone. Deleting it can break other law, and your employer’s rules.";
  const act = nation === "scotland" ? scotland : elsewhere;
  return `If somebody has asked to see information, it is an offence to delete it so that they do not get it (${act}). That includes messages on your own phone.`;
}

/** Longest text about a hold, in characters. */
export const LONGEST_HOLD_TEXT = 2000;

/** Reasons that need a date, from which deleting is an offence. */
const DATED: readonly HoldReason[] = ["foi", "environmental", "subject-access"];

/** Sent by a form to mean every group in the register, instead of their references. */
export const ALL_GROUPS = "all";

/** A hold to be placed; days are YYYY-MM-DD. */
export interface RequestedHold {
  reason: HoldReason | null;
  /** Day of the request or of the incident; null if there is none. */
  occurredOn: string | null;
  keep: string;
  note: string;
  /** How many groups and people it names. */
  targets: number;
  isOnSubject: boolean;
  words?: readonly string[];
  /** Day on which somebody looks whether it is still needed; null for none. */
  reviewOn?: string | null;
}

/** What has to be corrected before a hold is placed. @param today calendar day, YYYY-MM-DD */
export function holdProblems(requested: RequestedHold, today: string): FieldProblem[] {
  const { reason, occurredOn, keep, note, targets, isOnSubject, words = [], reviewOn = null } = requested;
  return [
    ...problemIf(reason === null, "reason", "Choose why it is placed."),
    ...(reason !== null && DATED.includes(reason) && occurredOn === null
      ? [{ field: "occurredOn", message: "Write the day on which the request came in." }]
      : []),
    ...problemIf(occurredOn !== null && occurredOn > today, "occurredOn", "The day must be today or earlier."),
    ...textProblems("keep", keep, "Say what must not be deleted.", LONGEST_HOLD_TEXT),
    ...(targets === 0 && !isOnSubject && words.length === 0
      ? [{ field: "onSubject", message: "Choose a group, name a person, write words, or choose everybody." }]
      : []),
    ...problemIf(words.length > MOST_HOLD_WORDS, "words", `Write at most ${MOST_HOLD_WORDS} lines.`),
    ...words.flatMap((word) => wordProblems(word)).slice(0, 1),
    ...problemIf(reviewOn !== null && reviewOn <= today, "reviewOn", "The day must be later than today."),
    ...textProblems("note", note, null, LONGEST_HOLD_TEXT),
  ];
}

const SHORTEST_HOLD_WORD = 3;

function wordProblems(word: string): FieldProblem[] {
  const letters = wordsIn(word).trim().length;
  if (letters < SHORTEST_HOLD_WORD)
    return [{ field: "words", message: `“${word}” is too short. Write at least ${SHORTEST_HOLD_WORD} letters.` }];
  return textProblems("words", word, null, LONGEST_HOLD_WORD);
}

/** What has to be corrected in the reason for a correction or a release. */
export const holdReasonProblems = (field: string, reason: string): FieldProblem[] =>
  textProblems(field, reason, "Say why.", LONGEST_HOLD_TEXT);

/** What has to be corrected before a hold is ended. */
export const endHoldProblems = (reason: string): FieldProblem[] =>
  textProblems("endReason", reason, "Say why it ends.", LONGEST_HOLD_TEXT);

/** Whether a text is about deleting, so that a hold has to be shown beside it. */
export const speaksOfDeleting = (text: string): boolean =>
  /\b(delet\w+|eras(e|es|ed|ing)|wip(e|es|ed|ing)|clear(s|ed|ing)?[ -](down\w*|chats?|(the|a|your|those|its|their) (chat|group|message)s?))\b/i.test(
    text,
  );
