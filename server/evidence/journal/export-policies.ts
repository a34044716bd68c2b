import "server-only";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { Manifest } from "#domain/evidence/journal/manifest.ts";
import { startDay, versionInForce, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { hashFiles, VERSION_FILES } from "#server/base/content/lock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";

export interface ExportedPolicy {
  entry: Manifest["policies"][number];
  files: { path: string; bytes: Uint8Array }[];
}

/**
 * The texts of the policy versions in an export: the body's versions in force on any day of the period, and all those
 * that its rows refer to, even of other bodies.
 * @param named as the rows refer to them
 */
export async function gatherPolicies(
  { body }: Actor,
  { from, until }: { from: string; until: string },
  named: readonly { slug: string; version: string; hash: string }[],
): Promise<{ policies: ExportedPolicy[]; missing: Manifest["missingPolicies"] }> {
  const content = await loadContent();
  const inForce = content.policies.flatMap(({ versions }) =>
    versions.some(({ frontMatter }) => frontMatter.body === body) ? heldIn(versions, from, until) : [],
  );
  const all = content.policies.flatMap(({ versions }) => versions);
  const policies: ExportedPolicy[] = [];
  const missing: Manifest["missingPolicies"] = [];
  for (const version of inForce) {
    const found = await readVersion(version, "in force");
    if (found) policies.push(found);
  }
  for (const one of named) {
    const isThere = policies.some(({ entry }) => sameVersion(entry, one));
    const version = all.find((candidate) => sameVersion({ ...candidate }, one));
    const found = isThere || !version ? null : await readVersion(version, "referred to");
    if (found) policies.push(found);
    else if (!isThere) missing.push({ ...one });
  }
  return { policies, missing };
}

type Named = { slug: string; version: string; hash: string };

function sameVersion(a: Named, b: Named): boolean {
  return a.slug === b.slug && a.version === b.version && a.hash === b.hash;
}

function heldIn(versions: readonly PolicyVersion[], from: string, until: string): PolicyVersion[] {
  const days = [from, ...versions.map(startDay).filter((day) => day > from && day <= until)];
  const held = days.map((day) => versionInForce(versions, day)).filter((version) => version !== null);
  return [...new Set(held)];
}

/** @returns null if the files differ from those being served because somebody is changing them */
async function readVersion(
  { slug, version, hash, frontMatter }: PolicyVersion,
  why: "in force" | "referred to",
): Promise<ExportedPolicy | null> {
  const folder = `policies/${slug}/${version}`;
  const bytes = new Map<string, Buffer>();
  for (const name of VERSION_FILES) {
    const found = await readFile(path.join(getEnv().contentDir, folder, name)).catch(() => null);
    if (found) bytes.set(name, found);
  }
  if (hashFiles(bytes).hash !== hash) return null;
  const files = [...bytes].map(([name, found]) => ({ path: `${folder}/${name}`, bytes: found }));
  return { entry: { slug, version, title: frontMatter.title, hash, folder, why }, files };
}
