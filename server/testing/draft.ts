import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyContent } from "./copy-content.ts";

/** The version that `makeDraftFolder` adds to the policy "model". */
export const DRAFT = { slug: "model", version: "3.1" } as const;

/**
 * A content folder with the model policy alone, a version of it that is not published and changes nothing for anybody,
 * and what its body says of signatures.
 * @param publishing YAML; "" for nothing
 */
export function makeDraftFolder(folder: string, publishing: string): void {
  copyContent(folder);
  // The other policies take a while and are proven elsewhere.
  for (const slug of readdirSync(path.join(folder, "policies")))
    if (slug !== DRAFT.slug) rmSync(path.join(folder, "policies", slug), { recursive: true });
  const lockFile = path.join(folder, "content.lock.json");
  const lock = JSON.parse(readFileSync(lockFile, "utf8")) as Record<string, object>;
  writeFileSync(lockFile, `${JSON.stringify({ model: lock["model"] }, null, 2)}\n`);
  mkdirSync(draftFile(folder, ""));
  for (const name of ["policy.mdx", "rules.yaml"])
    cpSync(path.join(folder, "policies/model/3.0", name), draftFile(folder, name));
  editDraft(folder, (text) =>
    text
      .replace('version: "3.0"', 'version: "3.1"')
      .replace("read version 3.0", "read version 3.1")
      .replace("material: true", "material: false")
      .replace(/reviewDue: .*/, 'reviewDue: "2999-12-31"')
      .replaceAll(/\n {2}- \{ title: .*href: "\/policies.*/g, ""),
  );
  if (publishing !== "")
    appendFileSync(path.join(folder, "bodies/example-borough.yaml"), `publishing: ${publishing}\n`);
}

export function draftFile(folder: string, name: string): string {
  return path.join(folder, "policies", DRAFT.slug, DRAFT.version, name);
}

export function editDraft(folder: string, change: (text: string) => string): void {
  const file = draftFile(folder, "policy.mdx");
  const before = readFileSync(file, "utf8");
  const after = change(before);
  if (after === before) throw new Error("Nothing was changed.");
  writeFileSync(file, after);
}

/** The hash with which the lock names a version of the model policy; undefined for one that is not published. */
export function lockedHash(folder: string, version: string = DRAFT.version): string | undefined {
  const lock = JSON.parse(readFileSync(path.join(folder, "content.lock.json"), "utf8")) as {
    model?: Record<string, { hash: string }>;
  };
  return lock.model?.[version]?.hash;
}
