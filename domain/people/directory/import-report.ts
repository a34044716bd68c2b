/** The report on checking a list of people, as stored and sent. */
import { z } from "zod";
import { IMPORT_FIELDS, type ImportField } from "./import-row.ts";

const FIELD_NAMES = Object.keys(IMPORT_FIELDS) as [ImportField, ...ImportField[]];
const namedSchema = z.array(z.object({ email: z.string(), name: z.string(), what: z.string() }));

/** The result of checking a list; also sent to the command, and stored with a checked list. */
export const importReportSchema = z.object({
  rows: z.number(),
  /** Columns that are not used. */
  unknown: z.array(z.string()),
  /** By row; the first thousand. If there are any, nothing is written. */
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
      /** Whether so many people leave that it has to be confirmed. */
      areMany: z.boolean(),
      /** The first two hundred. */
      newTeams: z.array(z.string()),
      /** The total; older reports without it list them all. */
      newTeamCount: z.number().optional(),
      /** How many absences are recorded, changed or removed; older reports are without it. */
      absenceCount: z.number().optional(),
      notes: z.array(z.string()),
      /** The first two hundred of each, with what changes. */
      added: namedSchema,
      changed: namedSchema,
      left: namedSchema,
    }),
  ),
  /** Changes whenever the effect of the list changes. */
  fingerprint: z.string(),
});
export type ImportReport = z.infer<typeof importReportSchema>;
export type BodyReport = ImportReport["bodies"][number];
