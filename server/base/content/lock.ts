import { createHash } from "node:crypto";
import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** policy → version → SHA-256 of each published file, and of them all. */
export const lockSchema = z.record(
  z.string(),
  z.record(z.string(), z.strictObject({ hash: sha256, files: z.record(z.string(), sha256) })),
);

export type Lock = z.infer<typeof lockSchema>;
export type LockEntry = Lock[string][string];

/** The files that make up a version. */
export const VERSION_FILES = ["policy.mdx", "questions.yaml", "rules.yaml"] as const;
export type VersionFile = (typeof VERSION_FILES)[number];

/**
 * Hashes a version's files. The overall hash is what `sha256sum policy.mdx questions.yaml rules.yaml | sha256sum`
 * prints in the version's folder, so anybody can check it without this portal.
 * @param files file names with their bytes
 */
export function hashFiles(files: ReadonlyMap<string, Buffer>): LockEntry {
  const hashes = Object.fromEntries([...files].map(([name, bytes]) => [name, digest(bytes)]));
  return { hash: hashOfHashes(hashes), files: hashes };
}

/** The overall hash, from the hashes of its files. */
export function hashOfHashes(hashes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(lines.map(([name, hash]) => `${hash}  ${name}\n`).join(""));
}

const digest = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");
