import { startKey } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage, type Query } from "#app/_portal/form/page.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import { clauseProblem } from "#domain/policy/exception/request.ts";
import { readStart } from "#domain/policy/exception/start.ts";
import { startException } from "#server/policy/exception/draft-service.ts";
import { getSlugFor, listOwnPolicies } from "#server/policy/policy/queries.ts";

/** Starts a request: from a verdict with its situation, from a clause, or from scratch. */
export const page = definePage({
  path: "/exceptions/new",
  suffix({ kept: _, ...query }) {
    const parts = Object.entries(query).flatMap(([name, all = []]) => [all].flat().map((value) => [name, value]));
    return parts.length === 0 ? "" : `?${new URLSearchParams(parts).toString()}`;
  },
  read: ({ actor, query }) => readNewRequest(actor, query),
  heading: ({ view }) => ("policies" in view ? "Which policy?" : "Ask for an exception"),
});

/** Starts a draft from the address, read again: what the policy does not know is dropped. */
export const form = defineForm(page, {
  fields: { startKey: startKey() },
  button: "Start",
  async submit({ actor, query, values }) {
    const asked = await readNewRequest(actor, query);
    if (!asked) return null;
    if ("policies" in asked) return { to: "/exceptions/new" };
    const { situation, clauses, barred } = asked.start;
    if (clauses.length === 0 && barred.length > 0)
      return { problems: barred.flatMap((id) => clauseProblem(id, asked.version.exceptionRules) ?? []) };
    const started = await startException(actor, asked.version.slug, { ...values, situation, clauses });
    return started && (started.ok ? { to: `/exceptions/${started.reference}` } : started);
  },
});

/**
 * What an address asks to start: a request on one policy, a choice of several, or nothing that the actor may know
 * about.
 */
async function readNewRequest(actor: Actor, query: Query) {
  const policies = (await listOwnPolicies(actor)).filter(({ current }) => current !== null);
  const slug = await getSlugFor(actor, query["policy"]);
  if (slug === undefined) return { policies };
  const version = policies.find((one) => one.slug === slug)?.current;
  return version ? { version, start: readStart(version, query) } : null;
}
