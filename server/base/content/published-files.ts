import { readFile } from "node:fs/promises";
import path from "node:path";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { hashFiles, VERSION_FILES } from "./lock.ts";

/**
 * The files of a published version, byte for byte.
 * @returns name → bytes; null if they are not those that the version was published with
 */
export async function readPublishedFiles({ slug, version, hash }: Pick<PolicyVersion, "slug" | "version" | "hash">) {
  const folder = path.join(getEnv().contentDir, "policies", slug, version);
  const files = new Map<string, Buffer>();
  for (const name of VERSION_FILES) {
    const bytes = await readFile(path.join(folder, name)).catch(() => null);
    if (bytes) files.set(name, bytes);
  }
  return hashFiles(files).hash === hash ? files : null;
}
