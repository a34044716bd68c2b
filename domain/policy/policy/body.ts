/** A body that uses the portal: an employer, or several that share one (docs/glossary.md, "Body"). */
import { z } from "zod";
import { UNCONFIRMED_ROLES_LIMIT_DAYS } from "#domain/access/identity/unconfirmed-roles.ts";
import { ROLES } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { timeStampsSchema } from "#domain/evidence/head/head.ts";
import { exceptionDefaultsSchema } from "#domain/policy/exception/exception-rules.ts";
import { publishingSchema } from "#domain/policy/proposal/proposal.ts";
import { telephoneLink } from "./contact-link.ts";
import { closureDaysSchema, NATIONS, type BankHolidayChanges } from "./days-off.ts";
import { dateSchema, lastDayIn } from "./front-matter.ts";
import { retentionClassSchema } from "./retention-class.ts";
import { inOneSentence } from "./wording.ts";

const sentence = z.string().trim().min(1);

/** The beginning of an address, as browsers write it; without a secure connection only on one's own machine. */
const originSchema = z
  .string()
  .refine(
    (text) =>
      /^(https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*|http:\/\/(localhost|127\.0\.0\.1))(:\d+)?$/.test(text) &&
      URL.canParse(text) &&
      new URL(text).origin === text,
    "write the beginning of an address, such as https://intranet.example.org: https, small letters, no path and no * (http for localhost alone)",
  );

export const bodySchema = z.strictObject({
  name: sentence,
  shortName: sentence,
  /** What kind of body it is, by any name: rules from outside bind by it (content/outside-rules.yaml). */
  type: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "write a type in small letters and hyphens, such as council"),
  nation: z.enum(NATIONS),
  /** When it is closed besides weekends and bank holidays. */
  closureDays: closureDaysSchema.optional(),
  /** After so many working days away in a row, somebody's duties go to a deputy or up the line until they are back. Our own figure. */
  awayLimitWorkingDays: z.int().min(1).max(60).default(5),
  /** After so many days roles that groups at the identity provider gave, and do not say any more, lapse. Our own figure. */
  unconfirmedRolesLimitDays: z.int().min(1).max(366).default(UNCONFIRMED_ROLES_LIMIT_DAYS),
  /** An invented body, for trying out the portal: a newcomer meets its people first. */
  example: z.boolean().optional(),
  employers: z.array(sentence).min(1),
  /** Approved channels; an empty list is shown as a gap. */
  channels: z.array(
    z
      .strictObject({
        name: sentence,
        use: sentence.nullable(),
        from: dateSchema.nullable(),
        until: dateSchema.nullable(),
        note: sentence.nullable().optional(),
      })
      .refine(({ from, until }) => !from || !until || from <= lastDayIn(until), {
        path: ["until"],
        error: "it ends before it begins. Correct one of the dates",
      }),
  ),
  contacts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
        name: sentence,
        for: sentence,
        address: sentence.nullable(),
        phone: sentence
          .refine((words) => telephoneLink(words) !== null, "write a number, such as 01632 960000 ext. 12")
          .optional(),
        /** How to reach them at night and at weekends. */
        outOfHours: sentence.optional(),
      }),
    )
    .min(1),
  /** After an accident nobody deletes anything until a governance officer has agreed. */
  deleteOnlyWhenTold: z.boolean().optional(),
  retention: sentence.nullable(),
  /** Classes to choose from for a captured record; if there are none, people name the class themselves. */
  retentionSchedule: z
    .array(retentionClassSchema)
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "give each class another id"),
  photoConsentForms: z.array(z.strictObject({ employer: sentence, href: z.url({ protocol: /^https$/ }) })).default([]),
  appetite: sentence.nullable(),
  /** What holds for exceptions from its policies where they do not say it themselves. */
  exceptions: exceptionDefaultsSchema.prefault({}),
  /** Who has to sign a version before it is published; nobody if it does not say. */
  publishing: publishingSchema.optional(),
  /** Whether its people are asked to answer drafts without a campaign. */
  asksForDrafts: z.boolean().optional(),
  /** Governance officers save the register of exceptions of a year, without anything that identifies anybody, to publish it. */
  publishExceptions: z.boolean().optional(),
  /** Which pages of its intranet may show the matrix and the check in a frame, by their origins; none if it does not say. */
  embedding: z.strictObject({ origins: z.array(originSchema).min(1).max(20) }).optional(),
  /** Its people may make tokens for themselves, with which an assistant of theirs asks the portal; in evaluation mode all may. */
  personalTokens: z.boolean().optional(),
  /** Who gets the board's report of a month by mail: roles, and e-mail addresses of people in the directory. */
  boardReport: z
    .strictObject({
      to: z
        .array(
          z
            .string()
            .refine(
              (one) => ROLES.some((role) => role === one) || z.email().safeParse(one).success,
              `name a role (${ROLES.join(", ")}) or the e-mail address of somebody in the directory`,
            ),
        )
        .min(1),
    })
    .optional(),
  /** Who time-stamps the heads of its evidence; nobody if it does not say. */
  timeStamps: timeStampsSchema.optional(),
  /** Who checks what was moved from a phone before it goes; governance officers where there is nobody. */
  phoneReturns: z
    .strictObject({
      checkedBy: z.enum(["line-manager", "administrator", "governance-officer"]).default("line-manager"),
    })
    .prefault({}),
  /** What the body's policy says about chat groups: defaults for a new entry in the group register. */
  groups: z
    .strictObject({
      /** Messages are cleared after this many days. */
      clearEveryDays: z.int().min(1).max(366).nullable().default(null),
      /** The reason, shown next to the rule. */
      retentionNote: sentence.nullable().default(null),
      needsLogo: z.boolean().default(false),
      reviewEveryMonths: z.int().min(1).max(36).default(12),
      /** Groups with more members than this get a hint that groups should stay small. */
      smallUpTo: z.int().min(2).max(1000).default(15),
      /** Who administers emergency groups with the body. */
      emergencyPartner: sentence.nullable().default(null),
      /** What a first notification says; it identifies nobody. */
      emergencyMessages: z.array(sentence).default([]),
    })
    .prefault({}),
});

export type Body = z.infer<typeof bodySchema> & {
  readonly slug: string;
  /** How bank holidays differ from those that are worked out, for every nation. */
  readonly bankHolidays?: BankHolidayChanges | undefined;
  /** What is in the file that `timeStamps` names, in PEM. */
  readonly timeStampCertificates?: string | undefined;
};
/** The approved channels that can be used on a day. @param day YYYY-MM-DD */
export const channelsOn = ({ channels }: Pick<Body, "channels">, day: string): Body["channels"] =>
  channels.filter(
    ({ from, until }) =>
      (from === null || day.slice(0, from.length) >= from) && (until === null || day.slice(0, until.length) <= until),
  );

/** From when and until when a channel can be used, and what else is said of it. */
export function channelNote({ from, until, note }: Body["channels"][number]): string {
  const dates = [from && `From ${dateInWords(from)}.`, until && `Until ${dateInWords(until)}.`];
  return [...dates, note].filter(Boolean).join(" ") || "–";
}

/** The approved channels of a day by name, with those whose approval has ended. @param day YYYY-MM-DD */
export function channelsInWords({ channels }: Pick<Body, "channels">, day: string): string {
  const held = channelsOn({ channels }, day);
  const ended = channels.filter(({ until }) => until !== null && until < day.slice(0, until.length));
  const namesOf = (some: Body["channels"]) => inOneSentence(some.map(({ name }) => name));
  return [
    held.length > 0 ? `Today: ${namesOf(held)}.` : "The portal knows of none. Ask before you use one.",
    ...(ended.length > 0 ? [`No longer: ${namesOf(ended)}.`] : []),
  ].join(" ");
}

export type Contact = Body["contacts"][number];
