import { createHash } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import { rulesAsDmn } from "./dmn-writer.ts";
import { getPolicyVersion } from "#server/policy/policy/queries.ts";

/**
 * The rules of one version as DMN, for anybody who may read that version; null for everybody else, as if there were
 * none.
 * @param on the day whose rules are wanted, YYYY-MM-DD; null for today
 */
export async function getRulesAsDmn(actor: Actor, slug: string, number: string, on: string | null = null) {
  const policy = await getPolicyVersion(actor, slug, number, on);
  if (!policy) return null;
  const { version, body } = policy;
  const xml = rulesAsDmn(version, body);
  return {
    /** `nao-1.dmn` */
    fileName: `${version.slug}-${version.version}${version.days.length > 0 ? `-${policy.day}` : ""}.dmn`,
    xml,
    /** SHA-256 of the file, hexadecimal: changes when any byte of it does. */
    hash: createHash("sha256").update(xml).digest("hex"),
  };
}
