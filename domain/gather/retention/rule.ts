/** How long each kind of thing is kept, and what happens to it then: content/retention.yaml. */
import { z } from "zod";
import { addDays, addMonths } from "#domain/base/calendar/calendar.ts";

interface Kind {
  title: string;
  /** When its time starts, in words that follow "after". */
  after: string;
  /** What happens to it then. */
  then: string;
}

/** In the order in which they are shown and applied. */
export const RETENTION_KINDS = {
  "leaver-name": {
    title: "Names of people who left",
    after: "the day they left",
    then: "A pseudonym takes the place of name and e-mail address everywhere. Their sign-ins, mail and calendar address go.",
  },
  mail: {
    title: "Mail and what was in it",
    after: "the day it was written",
    then: "Deleted. Mail that still waits is kept.",
  },
  "sign-in-trace": {
    title: "Traces of signing in: when, and with which browser",
    after: "the end of the session",
    then: "Deleted.",
  },
  question: {
    title: "Questions about clauses, suggestions, and words that found nothing",
    after: "the answer; words: the day they were given",
    then: "Deleted, unless a note based on it is still under the clause.",
  },
  proposal: {
    title: "Proposals to publish a version that are over",
    after: "the day they ended",
    then: "Deleted, with their signatures. The evidence of them stays.",
  },
  "kept-result": { title: "Kept results of the check", after: "the day they were kept", then: "Deleted." },
  acknowledgement: {
    title: "Answers to policy versions",
    after: "the day they were given",
    then: "Deleted. Somebody’s last answer to a policy is kept as long as they work here.",
  },
  exception: {
    title: "Exceptions that are over, and drafts",
    after: "the last day, the refusal, or the last change of a draft",
    then: "Deleted, with risks and history.",
  },
  incident: {
    title: "Closed cases of accidents",
    after: "the day the case was closed",
    then: "Deleted, with all that was answered.",
  },
  "clear-down": {
    title: "Clear-downs of closed groups",
    after: "the day the group was closed",
    then: "Deleted from the disposal ledger.",
  },
  group: {
    title: "Closed and declined chat groups",
    after: "the day the group was closed or declined",
    then: "Deleted, with members and history. One that a captured record or a hold names is kept as long as that.",
  },
  app: {
    title: "Apps that are not approved",
    after: "the decision that refused or ended it",
    then: "Deleted, with its decisions. One that a group on the register is in is kept as long as that.",
  },
  "phone-return": {
    title: "Returns of phones that are over",
    after: "the day they were checked, or the phone stayed after all",
    then: "Deleted, with what was moved and their history.",
  },
  hold: { title: "Holds that have ended", after: "the day the hold ended", then: "Deleted." },
  request: {
    title: "Closed information requests and complaints about data",
    after: "the day they were closed",
    then: "Deleted, with searches, answers and history. One whose hold is in force is kept as long as that.",
  },
  "photo-consent": { title: "Photo consents", after: "their last day, or their withdrawal", then: "Deleted." },
  "check-held": { title: "Checks held", after: "the day of the check", then: "Deleted." },
  tally: {
    title: "Counts of “not sure” answers, of searches that found nothing, and of results that helped",
    after: "the end of their month",
    then: "Deleted. They name nobody.",
  },
  "evidence-text": {
    title: "Texts beside the evidence",
    after: "the day they were written",
    then: "Erased. The row stays, and the chain still holds. Texts of a captured record stay as long as the record.",
  },
} as const satisfies Record<string, Kind>;

export type RetentionKind = keyof typeof RETENTION_KINDS;

export const RETENTION_KIND_NAMES = Object.keys(RETENTION_KINDS) as RetentionKind[];

const PERIOD = /^([1-9]\d{0,3}) (day|month|year)s?$/;

const ruleSchema = z.strictObject({
  /** Such as "90 days", "18 months" or "6 years"; "for good" for what is never deleted. */
  keep: z
    .string()
    .refine(
      (text) => text === "for good" || PERIOD.test(text),
      'write "90 days", "18 months", "6 years" or "for good"',
    ),
  /** Why it is kept for so long. */
  because: z.string().trim().min(1),
});

export type RetentionRule = z.infer<typeof ruleSchema>;

const rulesSchema = z.partialRecord(z.enum(RETENTION_KIND_NAMES), ruleSchema);

export const retentionSchema = z.strictObject({
  /** For every body without a rule of its own. */
  all: rulesSchema,
  /** By slug of the body: where it differs. */
  bodies: z.record(z.string(), rulesSchema).default({}),
});

export type RetentionRules = z.infer<typeof retentionSchema>;

/** Without rules nothing is deleted. */
export const NO_RETENTION: RetentionRules = { all: {}, bodies: {} };

/** The rule of a body for a kind; null if there is none, in which case it is kept. */
export const ruleFor = ({ all, bodies }: RetentionRules, body: string, kind: RetentionKind): RetentionRule | null =>
  bodies[body]?.[kind] ?? all[kind] ?? null;

/**
 * The latest day that is due for something of a kind: what happened on that day or earlier has been kept long enough.
 * @param today calendar day, YYYY-MM-DD
 * @returns null if it is kept for good
 */
export function dueUntil({ keep }: Pick<RetentionRule, "keep">, today: string): string | null {
  const [, number, unit] = PERIOD.exec(keep) ?? [];
  if (!number) return null;
  const count = -Number(number);
  const day = unit === "day" ? addDays(today, count) : addMonths(today, unit === "month" ? count : count * 12);
  return addDays(day, -1); // kept until the end of its last day
}
