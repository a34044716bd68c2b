/** A chat group in the register, and the checks of its form (docs/glossary.md, "Group"). */
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import { hasPhoneNumber, NO_PHONE_NUMBERS } from "./phone-number.ts";

export const GROUP_KINDS = {
  team: { label: "A team group", hint: "Colleagues of one body, for everyday work." },
  partner: { label: "A group with partners", hint: "Colleagues and people of official partner organisations." },
  emergency: { label: "An emergency response group", hint: "First alerts and updates in a civil emergency." },
} as const satisfies Record<string, { label: string; hint: string }>;
export type GroupKind = keyof typeof GROUP_KINDS;

/** Not a kind in the register: policies exclude groups that are not about work. */
export const SOCIAL = "social";

export function isGroupKind(text: string): text is GroupKind {
  return Object.hasOwn(GROUP_KINDS, text);
}

export const GROUP_APPS = ["WhatsApp", "Signal", "Microsoft Teams", "Telegram", "iMessage", "Facebook Messenger"];

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
export function registerTextProblems(
  field: string,
  text: string,
  missing: string | null,
  most: number,
): FieldProblem[] {
  const problems = textProblems(field, text, missing, most);
  if (problems.length > 0) return problems;
  return hasPhoneNumber(text) ? [{ field, message: NO_PHONE_NUMBERS }] : [];
}

/** The fields of the form for a group. */
export interface GroupEntry extends GroupRetention {
  name: string;
  purpose: string;
  kind: GroupKind;
  app: string;
  /** null if not answered. */
  hasLogo: boolean | null;
  disappearDays: number | null;
  /** YYYY-MM-DD */
  reviewOn: string;
}

/**
 * What has to be corrected in the description of a group.
 * @param needsLogo whether the policy requires the body's logo
 */
export function aboutProblems(
  { name, purpose, app, hasLogo }: Pick<GroupEntry, "name" | "purpose" | "app" | "hasLogo">,
  needsLogo: boolean,
): FieldProblem[] {
  return [
    ...registerTextProblems("name", name, "Give the group's name, as the app shows it.", LONGEST_NAME),
    ...registerTextProblems("purpose", purpose, "Say what the group is for.", LONGEST_PURPOSE),
    ...(app === "" ? [{ field: "app", message: "Choose the app." }] : []),
    ...(app.length > LONGEST_NAME || hasPhoneNumber(app) ? [{ field: "app", message: "Choose the app." }] : []),
    ...(hasLogo === null ? [{ field: "logo", message: "Say whether the group carries the logo." }] : []),
    ...(needsLogo && hasLogo === false
      ? [{ field: "logo", message: "The policy requires the logo on every group. Put it there, then choose yes." }]
      : []),
  ];
}

export const RETENTION_RULES = ["days", "years", "none"] as const;

/** A retention rule as typed. @param rule one of RETENTION_RULES, or something else @param count a number in digits */
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
