/** A chat group in the register, and the checks of its form (docs/glossary.md, "Group"). */
import { type FieldProblem, problemIf, textProblems } from "#domain/base/form/form-values.ts";

/** Finds what looks like a phone number in a text, because the group register must not contain any. */

/** Dates as people write them, which are not phone numbers. */
const DAYS = /\b(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2}))(?!\d)/g;
/** Consecutive digits, with the separators people use. */
const DIGITS = /[+(]*\d(?:[\s().\-/\u2010-\u2015]*\d)+/g;

/**
 * Whether a text contains something that could be a phone number: nine digits or more, or eight that begin with a plus
 * or a zero. Digits of every script count.
 */
export function hasPhoneNumber(text: string): boolean {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .replaceAll(/\p{Nd}/gu, (digit) => asciiDigit(digit))
    .replaceAll(DAYS, " day ");
  return (plain.match(DIGITS) ?? []).some((found) => {
    const digits = found.replaceAll(/\D/g, "");
    return digits.length >= (/^[+(]*0|^\+/.test(found) ? 8 : 9);
  });
}

/** The digits of a script are ten consecutive characters, zero first. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let nought = code;
  while (nought > code - 9 && /^\p{Nd}$/u.test(String.fromCodePoint(nought - 1)) && nought - 1 > 0x39) nought--;
  return code <= 0x39 ? digit : String((code - nought) % 10);
}

const NO_PHONE_NUMBERS = "Take out the phone number. The register contains none.";

export const GROUP_KINDS = {
  team: { label: "A team group", hint: "Colleagues of one body, for everyday work." },
  partner: { label: "A group with partners", hint: "Colleagues and people of official partner organisations." },
  emergency: { label: "An emergency response group", hint: "First alerts and updates in a civil emergency." },
} as const satisfies Record<string, { label: string; hint: string }>;
export type GroupKind = keyof typeof GROUP_KINDS;

/** Not a kind in the register: policies exclude groups that are not about work. */
export const SOCIAL = "social";

export const isGroupKind = (text: string): text is GroupKind => Object.hasOwn(GROUP_KINDS, text);

/** After how many days an app deletes messages; 0 if that is off. */
export const DISAPPEARING = {
  "0": "Off",
  "1": "On, after 24 hours",
  "7": "On, after 7 days",
  "90": "On, after 90 days",
};

/** In words: whether messages disappear automatically. @param days null if that is off */
export function disappearingInWords(days: number | null): string {
  const words: Readonly<Record<string, string>> = DISAPPEARING;
  return words[String(days ?? 0)] ?? `On, after ${days} days`;
}

/** Who can change the timer of disappearing messages. */
export const TIMER_BY = { administrators: "Administrators only", anybody: "Anybody in the chat" };
/** The app's assistant in a chat. */
export const ASSISTANT = { off: "Off in this chat", none: "The app has none", on: "On, or it cannot be switched off" };

/** The settings of a chat that matter to its record: an administrator confirms them, and again at each review. */
export interface GroupSettings {
  /** null if messages do not disappear; NaN if not answered. */
  disappearDays: number | null;
  /** A key of TIMER_BY; null if not answered. */
  timerBy: string | null;
  /** Whether messages can be exported: not while advanced chat privacy is on. */
  canExport: boolean | null;
  /** A key of ASSISTANT. */
  assistant: string | null;
}

/** The settings in words, by what they are called. */
export function settingsInWords({ disappearDays, timerBy, canExport, assistant }: GroupSettings): [string, string][] {
  const wordOf = (words: Readonly<Record<string, string>>, key: string | null) => words[key ?? ""] ?? "Not said";
  return [
    ["Disappearing messages", disappearingInWords(disappearDays)],
    ["Who can change that", wordOf(TIMER_BY, timerBy)],
    [
      "Messages can be exported",
      canExport === null ? "Not said" : canExport ? "Yes" : "No: advanced chat privacy is on",
    ],
    ["Assistant", wordOf(ASSISTANT, assistant)],
  ];
}

/**
 * What has to be corrected in the settings of a chat.
 * @param leastDays for how many days messages stay at least; null for any number
 */
export function settingsProblems(
  { disappearDays, timerBy, canExport, assistant }: GroupSettings,
  leastDays: number | null,
): FieldProblem[] {
  const isKnown = (words: object, key: string | null) => key !== null && Object.hasOwn(words, key);
  return [
    ...(disappearDays !== null && leastDays !== null && disappearDays < leastDays
      ? [{ field: "disappear", message: tooShort("Messages must not disappear", leastDays) }]
      : []),
    ...problemIf(Number.isNaN(disappearDays), "disappear", "Say whether messages disappear by themselves."),
    ...problemIf(!isKnown(TIMER_BY, timerBy), "timerBy", "Say who can change that."),
    ...problemIf(canExport === null, "canExport", "Say whether messages can be exported."),
    ...problemIf(!isKnown(ASSISTANT, assistant), "assistant", "Say whether the assistant is off."),
    ...problemIf(
      assistant === "on",
      "assistant",
      "Switch it off first: what is asked there goes to its operator. If you cannot, use another app.",
    ),
  ];
}

/** What has to be corrected in a rule for clearing messages. @param leastDays as with `settingsProblems` */
export const clearingProblems = ({ clearEveryDays }: GroupRetention, leastDays: number | null): FieldProblem[] =>
  clearEveryDays !== null && leastDays !== null && clearEveryDays < leastDays
    ? [{ field: "retentionCount", message: tooShort("Messages must not be cleared", leastDays) }]
    : [];

const tooShort = (what: string, leastDays: number): string =>
  `${what} sooner than after ${leastDays} days: until then the policy gives people time to copy what has value.`;

export interface GroupRetention {
  clearEveryDays: number | null;
  keepYears: number | null;
}

/** A group's retention rule in words. */
export function retentionInWords({ clearEveryDays, keepYears }: GroupRetention): string {
  if (clearEveryDays !== null)
    return clearEveryDays === 1 ? "Deleted after a day" : `Deleted after ${clearEveryDays} days`;
  if (keepYears !== null) return `Kept for ${keepYears} ${keepYears === 1 ? "year" : "years"}, then deleted`;
  return "No deletion rule";
}

export const LONGEST_NAME = 100;
export const LONGEST_PURPOSE = 500;
export const LONGEST_GROUP_REASON = 1000;

/** What has to be corrected in a text: missing, too long, or with a phone number in it. */
export function registerTextProblems(field: string, text: string, missing: string | null, most: number) {
  const problems = textProblems(field, text, missing, most);
  if (problems.length > 0) return problems;
  return hasPhoneNumber(text) ? [{ field, message: NO_PHONE_NUMBERS }] : [];
}

/** The fields of the form for a group. */
export interface GroupEntry extends GroupRetention, GroupSettings {
  name: string;
  purpose: string;
  kind: GroupKind;
  app: string;
  /** null if not answered. */
  hasLogo: boolean | null;
  /** YYYY-MM-DD */
  reviewOn: string;
  /** Of a group of several bodies: the one that is responsible for it, and the agreement under which they share it. */
  responsible: string | null;
  agreement: string | null;
}

/** What has to be corrected about the bodies that share a group; a team group has one body. */
export function sharingProblems({
  kind,
  responsible,
  agreement,
}: Pick<GroupEntry, "kind" | "responsible" | "agreement">): FieldProblem[] {
  if (kind === "team") return [];
  return [
    ...registerTextProblems("responsible", responsible ?? "", "Say which body is responsible for it.", LONGEST_NAME),
    ...registerTextProblems(
      "agreement",
      agreement ?? "",
      "Name the agreement, or write that there is none.",
      LONGEST_NAME,
    ),
  ];
}

/**
 * What has to be corrected in the description of a group.
 * @param needsLogo whether the policy requires the body's logo
 */
export const aboutProblems = (
  { name, purpose, app, hasLogo }: Pick<GroupEntry, "name" | "purpose" | "app" | "hasLogo">,
  needsLogo: boolean,
): FieldProblem[] => [
  ...registerTextProblems("name", name, "Give the group's name, as the app shows it.", LONGEST_NAME),
  ...registerTextProblems("purpose", purpose, "Say what the group is for.", LONGEST_PURPOSE),
  ...problemIf(app === "" || app.length > LONGEST_NAME, "app", "Choose the app."),
  ...problemIf(hasLogo === null, "logo", "Say whether the group carries the logo."),
  ...(needsLogo && hasLogo === false
    ? [{ field: "logo", message: "The policy requires the logo on every group. Put it there, then choose yes." }]
    : []),
];

export const RETENTION_RULES = ["days", "years", "none"] as const;

/** A retention rule as typed. @param rule "days", "years", "none", or something else @param count a number in digits */
export function readRetention(rule: string, count: string): GroupRetention | { problem: FieldProblem } {
  if (rule === "none") return { clearEveryDays: null, keepYears: null };
  const most = rule === "days" ? 366 : rule === "years" ? 100 : 0;
  if (most === 0) return { problem: { field: "retention", message: "Choose how long messages are kept." } };
  const number = /^\d{1,4}$/.test(count) ? Number(count) : 0;
  if (number < 1 || number > most)
    return { problem: { field: "retentionCount", message: `Write a whole number from 1 to ${most}.` } };
  return rule === "days" ? { clearEveryDays: number, keepYears: null } : { clearEveryDays: null, keepYears: number };
}

/** The furthest a review may be put off, in months. */
export const LONGEST_REVIEW_MONTHS = 24;

/** What has to be corrected in a review date. @param days YYYY-MM-DD: today, and the last day that may be chosen */
export function reviewProblems(field: string, reviewOn: string, days: { today: string; last: string }): FieldProblem[] {
  if (reviewOn <= days.today) return [{ field, message: "The review must be in the future." }];
  if (reviewOn > days.last) return [{ field, message: "The review must be within two years." }];
  return [];
}

/** The steps in the history of a group. */
export const GROUP_STEPS = {
  requested: "Asked for",
  changed: "Details changed",
  "sent-back": "Sent back to who asked for it",
  approved: "Approved",
  declined: "Declined",
  closed: "Closed",
  reviewed: "Reviewed",
  "settings-confirmed": "Settings of the chat confirmed",
  "contacts-reviewed": "Contact details compared with the emergency contacts directory",
  "retention-changed": "Retention changed, and members told",
  "member-added": "Member added",
  "member-consented": "Agreed to share their number",
  "member-refused": "Did not agree to share their number",
  "member-withdrew": "Took back their agreement",
  "member-leaving": "To be taken out of the chat",
  "member-staying": "Stays in the chat",
  "member-removed": "Taken out of the chat",
  "role-changed": "Role in the group changed",
  "details-changed": "Contact details changed",
  "details-updated": "New contact details noted",
  "handed-over": "Handed over, because whoever asked for it left",
  away: "Away",
  "link-renewed": "New link made",
  "alert-logged": "First notification logged",
  "call-logged": "Call logged",
  escalated: "Governance officers were told that it is late",
} as const satisfies Record<string, string>;
export type GroupStepName = keyof typeof GROUP_STEPS;
