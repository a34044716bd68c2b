import "server-only";
import { createHmac } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { addToResultTally, claimOnce } from "./repository.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The result that somebody was shown, and whether it was an answer. */
export interface ResultAnswer {
  slug: string;
  version: string;
  /** Id of the rule that decided. */
  rule: string;
  helped: boolean;
}

/**
 * Counts for a result of a policy of their own body whether it was an answer; not who said so. The same person counts
 * once a day for each result: a code that names nobody, gone within a day, shows that they did.
 * @returns "not-found" if there is no such result
 */
export async function countResult(
  actor: Actor,
  { slug, version, rule, helped }: ResultAnswer,
): Promise<{ code: "counted" } | { code: "not-found" }> {
  const policy = await getOwnPolicy(actor, slug);
  const shown = policy?.versions.find((one) => one.version === version);
  const isThere = shown?.table.rules.some(({ id }) => id === rule) ?? false;
  if (!policy || !isThere || !can(actor, "question.ask", { body: policy.body.slug })) return { code: "not-found" };
  const { body, personId } = actor;
  const at = clock.now();
  const code = createHmac("sha256", readAuthSecret(getEnv()))
    .update(["result", body, personId, slug, version, rule].join("/"))
    .digest("base64url");
  const until = new Date(at.getTime() + DAY_MS);
  await getDatabase().$transaction(async (tx) => {
    if (!(await claimOnce(tx, { key: `result:${code}`, at, until }))) return;
    const month = calendarDay(at).slice(0, 7);
    await addToResultTally(tx, { body, policy: slug, version, rule, month, helped });
  });
  return { code: "counted" };
}
