/** A body: an employer, or several who share one, that uses the portal (docs/glossary.md, "Body"). */
import { z } from "zod";
import { retentionClassSchema } from "./retention-class.ts";

const sentence = z.string().trim().min(1);
const monthOrDay = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, "write 2026-11-22 or 2026-11");

export const bodySchema = z.strictObject({
  name: sentence,
  shortName: sentence,
  type: z.enum(["central-government", "parliament", "council", "police-and-crime-commissioner", "arms-length-body"]),
  nation: z.enum(["england", "wales", "scotland", "northern-ireland", "uk"]),
  /** An invented body, made for trying the portal: its people are the first that a newcomer meets. */
  example: z.boolean().optional(),
  employers: z.array(sentence).min(1),
  /** Approved channels; an empty list is shown as a gap. */
  channels: z.array(
    z.strictObject({
      name: sentence,
      use: sentence.nullable(),
      from: monthOrDay.nullable(),
      until: monthOrDay.nullable(),
      note: sentence.nullable().optional(),
    }),
  ),
  contacts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
        name: sentence,
        for: sentence,
        address: sentence.nullable(),
        /** How to reach them at night and at weekends. */
        outOfHours: sentence.optional(),
      }),
    )
    .min(1),
  /** After an accident nobody deletes anything before a governance officer has said so. */
  deleteOnlyWhenTold: z.boolean().optional(),
  retention: sentence.nullable(),
  /** Classes to choose from for a captured record; without any, people name the class themselves. */
  retentionSchedule: z
    .array(retentionClassSchema)
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "give each class another id"),
  /** Where the form is found on which people agree to a picture, by employer. */
  photoConsentForms: z.array(z.strictObject({ employer: sentence, href: z.url({ protocol: /^https$/ }) })).default([]),
  appetite: sentence.nullable(),
  /** What the body's policy says of chat groups: what a new entry in the group register starts with. */
  groups: z
    .strictObject({
      /** Messages are cleared every so many days. */
      clearEveryDays: z.int().min(1).max(366).nullable().default(null),
      /** Why, in words: shown beside the rule. */
      retentionNote: sentence.nullable().default(null),
      /** Whether every group has to carry the body's logo. */
      needsLogo: z.boolean().default(false),
      reviewEveryMonths: z.int().min(1).max(36).default(12),
      /** More members than these get a hint that groups are to stay small. */
      smallUpTo: z.int().min(2).max(1000).default(15),
      /** Who administers emergency groups with the body. */
      emergencyPartner: sentence.nullable().default(null),
      /** What a first notification says; it identifies nobody. */
      emergencyMessages: z.array(sentence).default([]),
    })
    .prefault({}),
});

export type Body = z.infer<typeof bodySchema> & { readonly slug: string };
export type Contact = Body["contacts"][number];
