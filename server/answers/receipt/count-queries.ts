import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { SMALLEST_SHOWN, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";
import { VERDICTS, type OwnWords, type Verdict } from "#domain/policy/decision/verdict.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { countByVerdict } from "./repository.ts";

/** How many results were kept on one policy, by verdict; small numbers look the same as none. */
export interface ReceiptCounts {
  slug: string;
  title: string;
  words: OwnWords["words"];
  verdicts: { verdict: Verdict; count: ShownCount }[];
}

/**
 * How many results the people of the body have kept on each of its policies; null for those who may not know. Never
 * whose. There are no totals: nobody sees how many there are overall, so a small number cannot be worked out from
 * others.
 * @param slugs of the policies wanted; all if omitted
 */
export async function listReceiptCounts(actor: Actor, slugs?: readonly string[]): Promise<ReceiptCounts[] | null> {
  if (!can(actor, "governance.read", actor)) return null;
  const policies = (await listOwnPolicies(actor)).filter(
    ({ current, slug }) => current !== null && (slugs === undefined || slugs.includes(slug)),
  );
  const counts = await countByVerdict(
    getDatabase(),
    actor.body,
    policies.map(({ slug }) => slug),
  );
  return policies.map(({ slug, current }) => ({
    slug,
    title: current?.frontMatter.title ?? slug,
    words: current?.words,
    verdicts: VERDICTS.map((verdict) => {
      const count = counts.find((one) => one.policy === slug && one.verdict === verdict)?.count ?? 0;
      return { verdict, count: count >= SMALLEST_SHOWN ? { kind: "shown", count } : { kind: "few" } };
    }),
  }));
}
