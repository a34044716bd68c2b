/** What checking a list of people found, as it is kept and sent. */
import { z } from "zod";
import { IMPORT_FIELDS, type ImportField } from "./import-column.ts";

const FIELD_NAMES = Object.keys(IMPORT_FIELDS) as [ImportField, ...ImportField[]];
const namedSchema = z.array(z.object({ email: z.string(), name: z.string(), what: z.string() }));

/** What checking a list found; also how a portal answers the command, and how a checked list is kept. */
export const importReportSchema = z.object({
  /** Rows with somebody in them. */
  rows: z.number(),
  /** Columns that are not used. */
  unknown: z.array(z.string()),
  /** By row; the first thousand. Where there is one, nothing is written. */
  faults: z.array(z.object({ row: z.number(), field: z.enum(FIELD_NAMES).nullable(), reason: z.string() })),
  faultCount: z.number(),
  bodies: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      counts: z.object({
        added: z.number(),
        changed: z.number(),
        left: z.number(),
        unchanged: z.number(),
        gone: z.number(),
      }),
      activeBefore: z.number(),
      /** Whether so many leave that somebody has to say it again. */
      areMany: z.boolean(),
      /** The first two hundred. */
      newTeams: z.array(z.string()),
      /** How many there are; reports kept before this was counted have them all. */
      newTeamCount: z.number().optional(),
      notes: z.array(z.string()),
      /** The first two hundred of each, with what changes. */
      added: namedSchema,
      changed: namedSchema,
      left: namedSchema,
    }),
  ),
  /** Changes with what the list would do. */
  fingerprint: z.string(),
});
export type ImportReport = z.infer<typeof importReportSchema>;
export type BodyReport = ImportReport["bodies"][number];
