import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { Asked, Register } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { listCorrections } from "#server/registers/correction/queries.ts";
import { heldCheckList, findCheck, listChecksOf, type CheckRecord } from "./repository.ts";

export type { CheckRecord } from "./repository.ts";

/** The checks of the body by `kind`, `policy` and the days `from` and `until`; null for those who may not. */
export function getUnderstandingChecks(actor: Actor, asked: Asked): Register<CheckRecord> | null {
  if (!can(actor, "check-held.read", actor)) return null;
  return registerOver(heldCheckList(getDatabase(), actor.body, asked), (checks) => [...checks]);
}

/** One check, with what stood before it was corrected; null if it does not exist or the actor may not read it. */
export async function getUnderstandingCheck(actor: Actor, typed: string) {
  const reference = parseReference("SUR", typed);
  if (!reference || !can(actor, "check-held.read", actor)) return null;
  const check = await findCheck(getDatabase(), actor.body, reference);
  if (!check) return null;
  const mayCorrect = can(actor, "check-held.record", check);
  return { ...check, mayCorrect, corrections: await listCorrections(actor, reference) };
}

/** Checks that the actor recorded, for the export of their own data. */
export const listOwnChecks = async ({ body, personId }: Actor) => listChecksOf(getDatabase(), body, personId);

/** The policies of the body that a check can be about; null for those who may not record checks. */
export async function listPoliciesToCheck(actor: Actor): Promise<{ slug: string; title: string }[] | null> {
  if (!can(actor, "check-held.record", actor)) return null;
  const policies = await listOwnPolicies(actor);
  return policies.flatMap(({ current }) => (current ? [{ slug: current.slug, title: current.frontMatter.title }] : []));
}
