/**
 * The front matter of a policy: document control, scope and the statement to accept (S1.18, S2.1, S3.1, S4.1,
 * S5.1-S5.3).
 */
import { z } from "zod";
import { PERSON_KINDS } from "#domain/access/identity/person.ts";
import { ROLES } from "#domain/access/permission/permission.ts";
import { Temporal } from "temporal-polyfill";
import { addDays } from "#domain/base/calendar/calendar.ts";

const NOT_SAID = "It is missing. Write it, or null where the document does not say.";

/** A day or, if a source names only that, a month. Never from version control: dates are content. */
export const dateSchema = z
  .string({ error: ({ input }) => (input === undefined ? NOT_SAID : undefined) })
  .regex(/^\d{4}-\d{2}(-\d{2})?$/, { error: "write a date as 2026-11-22, or a month as 2026-11", abort: true })
  .refine((text) => {
    const day = new Date(`${text.length === 7 ? `${text}-01` : text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  }, "there is no such day");

const sentence = z.string().trim().min(1);
const versionSchema = z
  .string("write the version in quotation marks")
  .regex(/^\d+(\.\d+)*$/, 'write a version as "1" or "1.2"');
/** Anything that a document leaves blank is written as `null` and shown as a gap. */
const stated = z
  .string({ error: ({ input }) => (input === undefined ? NOT_SAID : undefined) })
  .trim()
  .min(1)
  .nullable();

export const STATUSES = ["draft", "interim", "in force", "withdrawn"] as const;
export type Status = (typeof STATUSES)[number];

/** Everybody who is in any of these. Teams are those of the directory, by name. */
const audienceSchema = z
  .strictObject({
    employers: z.array(sentence).default([]),
    teams: z.array(sentence).default([]),
    roles: z.array(z.enum(ROLES)).default([]),
    kinds: z.array(z.enum(PERSON_KINDS)).default([]),
  })
  .refine(
    (parts) => Object.values(parts).some(({ length }) => length > 0),
    "name whom it is asked of, or leave it out",
  );

export const frontMatterSchema = z.strictObject({
  title: sentence,
  body: sentence,
  version: versionSchema,
  status: z.enum(STATUSES),
  published: dateSchema.nullable(),
  effective: dateSchema.nullable(),
  reviewed: dateSchema.nullable(),
  reviewDue: dateSchema.nullable(),
  interimUntil: dateSchema.nullable(),
  owner: stated,
  approver: stated,
  audience: stated,
  /** Who is asked to answer it, where it is not for the whole body; everybody may read it. */
  askedOf: audienceSchema.nullable().default(null),
  classification: stated,
  jurisdiction: stated,
  related: z.array(z.strictObject({ title: sentence, href: stated })),
  changeNote: stated,
  /** Whether everybody is asked again. Derived; an author can set it, with a reason, but never clear it. */
  material: z.boolean(),
  materialReason: sentence.nullable().default(null),
  acknowledgeWithinDays: z.int().min(1).max(365),
  acknowledgement: sentence,
  summary: z.array(sentence).min(1).max(8),
  scope: z.strictObject({ apps: z.array(sentence), devices: z.array(sentence), people: z.array(sentence) }),
  source: z
    .strictObject({
      id: z.string().regex(/^S\d+$/, "write a source as S1"),
      title: sentence,
      statements: z.int().min(1),
      provenance: z.array(sentence).default([]),
    })
    .nullable(),
  /**
   * Where a version restates a document and corrects how an earlier one did: the source's version that it corrects, and
   * what was wrong. The source's own words are as they were.
   */
  correction: z
    .strictObject({ of: versionSchema, because: z.array(sentence).min(1) })
    .nullable()
    .default(null),
  gaps: z.array(sentence).default([]),
});

export type FrontMatter = z.infer<typeof frontMatterSchema>;

/**
 * What is wrong with the front matter of a correction: only what restates a document can be one, and its number is that
 * of the source's version with one part more.
 * @returns one sentence, or null if nothing is wrong or it is no correction
 */
export function correctionProblem({
  correction,
  source,
  version,
}: Pick<FrontMatter, "correction" | "source" | "version">): string | null {
  if (correction === null) return null;
  if (source === null)
    return "correction: only a version that restates a document corrects how another one did. Name the document under source, or take correction out.";
  const [part, ...more] = version.startsWith(`${correction.of}.`)
    ? version.slice(correction.of.length + 1).split(".")
    : [];
  if (part === undefined || more.length > 0)
    return `correction.of: a correction of version ${correction.of} has its number and one part more, such as "${correction.of}.1". Correct one of the two.`;
  return null;
}

/** What readers are told of a correction, to follow a name or to stand alone; null for any other version. */
export const correctionWords = ({ correction }: Pick<FrontMatter, "correction">): string | null =>
  correction && `our correction of the source's version ${correction.of}`;

// When a policy has to be reviewed, and how long an interim one was meant to last (S2.3, S5.3).

/** How many days before a review its owner is reminded. Our own figure: no source gives one. */
export const REVIEW_WARN_DAYS = 60;

export type ReviewStanding =
  /** Withdrawn: nobody reviews it. */
  | { kind: "none" }
  /** It applies, and no review date is stated. */
  | { kind: "not-stated" }
  /** `due` as written in the document, a day or a month; `lastDay` YYYY-MM-DD. */
  | { kind: "later" | "due-soon" | "overdue"; due: string; lastDay: string };

/** The last day of a date in the content: the last one of a month. "2026-11" → "2026-11-30". */
export function lastDayIn(date: string): string {
  if (date.length > 7) return date;
  const month = Temporal.PlainYearMonth.from(date);
  return month.toPlainDate({ day: month.daysInMonth }).toString();
}

/** @param today calendar day in the body's time zone, YYYY-MM-DD */
export function reviewStanding(
  { reviewDue, status }: Pick<FrontMatter, "reviewDue" | "status">,
  today: string,
): ReviewStanding {
  if (status === "withdrawn") return { kind: "none" };
  if (reviewDue === null) return { kind: "not-stated" };
  const lastDay = lastDayIn(reviewDue);
  const kind = lastDay < today ? "overdue" : lastDay <= addDays(today, REVIEW_WARN_DAYS) ? "due-soon" : "later";
  return { kind, due: reviewDue, lastDay };
}

/** True if an interim policy has outlasted the day that was promised for its end. @param today YYYY-MM-DD */
export const isInterimOverdue = (
  { status, interimUntil }: Pick<FrontMatter, "status" | "interimUntil">,
  today: string,
): boolean => status === "interim" && interimUntil !== null && lastDayIn(interimUntil) < today;

/** True when a review date has passed. A month counts to its last day. @param today YYYY-MM-DD */
export const isReviewOverdue = (frontMatter: Pick<FrontMatter, "reviewDue" | "status">, today: string): boolean =>
  reviewStanding(frontMatter, today).kind === "overdue";
