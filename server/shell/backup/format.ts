import { z } from "zod";

// A backup is gzip-compressed JSON, one value per line: a header; for each table its columns, its rows, and their count
// and digest; an end with the digest of everything before it. Each value in a row is PostgreSQL's own text for it, or
// null, so that nothing is lost whatever its type, and so that each engine can read what the other wrote.

export const FORMAT = "with-care-backup";
export const FORMAT_VERSION = 1;

/** Tables whose rows are left out, each with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  Session: "a session that was ended must not come to life again, and a backup is no key: everybody signs in anew",
  Verification: "a sign-in that was begun is over after ten minutes",
};

/**
 * A file is not a backup, is damaged, or is for another version; the message is one sentence for whoever typed the
 * command.
 */
export class BackupError extends Error {
  override name = "BackupError";
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.int(),
  software: z.string(),
  madeAt: z.iso.datetime(),
  engine: z.enum(["embedded", "postgresql"]),
  migrations: z.array(z.object({ name: z.string(), checksum: sha256 })),
  /** The published policy versions that its records depend on; their texts are in the content folder. */
  policies: z.array(z.object({ policy: z.string(), version: z.string(), hash: z.string() })),
  /** The newest row of each body's evidence. */
  heads: z.array(z.object({ body: z.string(), position: z.int(), hash: sha256 })),
});

export type BackupHeader = z.infer<typeof headerSchema>;

export const tableSchema = z.strictObject({ table: z.string(), columns: z.array(z.string()).min(1) });
export const tableEndSchema = z.strictObject({ end: z.string(), rows: z.int(), sha256 });
export const endSchema = z.strictObject({ complete: z.literal(true), rows: z.int(), sha256 });

/** A row: the values of its table's columns. */
export const rowSchema = z.array(z.string().nullable());
