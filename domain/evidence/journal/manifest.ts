/** The list of contents of an exported journal, as it is signed. */
import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const headSchema = z.strictObject({ position: z.int().min(0), hash: sha256 });

export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Reference of the export; the journal has a row about it. */
  export: z.string(),
  software: z.string(),
  madeAt: z.iso.datetime(),
  body: z.strictObject({ slug: z.string(), name: z.string() }),
  /** Calendar days, both included, in the time zone; and as moments, the last one exclusive. */
  period: z.strictObject({
    from: z.iso.date(),
    until: z.iso.date(),
    timeZone: z.literal("Europe/London"),
    start: z.iso.datetime(),
    end: z.iso.datetime(),
  }),
  /** "commitments": no names and nothing that people wrote. "texts": with them, as far as they were not erased. */
  holds: z.enum(["commitments", "texts"]),
  rows: z.strictObject({
    file: z.string(),
    count: z.int().min(0),
    /** The row before the first one: it binds in all that came earlier. Position 0 and 64 zeros at the chain's start. */
    before: headSchema,
    /** Null where the period has no row. */
    first: headSchema.nullable(),
    last: headSchema.nullable(),
    /** Hashes of every so many rows from the first on: where a chain was computed anew, they show from where. */
    checkpoints: z.strictObject({ every: z.int().min(1), hashes: z.array(sha256) }),
  }),
  /** The newest row of the whole chain when the export was made. */
  head: headSchema.extend({ at: z.iso.datetime().nullable() }),
  details: z.strictObject({ file: z.string(), count: z.int().min(0) }).nullable(),
  people: z.strictObject({ file: z.string(), count: z.int().min(0) }).nullable(),
  policies: z.array(
    z.strictObject({
      slug: z.string(),
      version: z.string(),
      title: z.string(),
      /** SHA-256 of what `sha256sum policy.mdx questions.yaml rules.yaml` prints: rows name it as contentHash. */
      hash: sha256,
      folder: z.string(),
      why: z.enum(["in force", "referred to"]),
    }),
  ),
  /** Versions that rows name and whose texts the portal does not have any more in these bytes. */
  missingPolicies: z.array(z.strictObject({ slug: z.string(), version: z.string(), hash: sha256 })),
  /** All files but this one and its signature. */
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int().min(0), sha256 })),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** So many checkpoints at most: of an export with no more rows than these, the first row that was changed is named. */
const MOST_CHECKPOINTS = 1000;

/** Every how many rows a checkpoint is noted. @param count rows of the export */
export const checkpointEvery = (count: number): number => Math.max(1, Math.ceil(count / MOST_CHECKPOINTS));
