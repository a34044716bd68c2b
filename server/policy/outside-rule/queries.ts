import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Task } from "#domain/gather/task/task.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import {
  bindsBody,
  lastRuleChange,
  READ_RULE_WITHIN_WORKING_DAYS,
  stateOn,
} from "#domain/policy/policy/outside-rule.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { getOwnBody, listOwnCurrent } from "#server/policy/policy/queries.ts";
import { listRuleReadings, listSeenStates } from "./repository.ts";

export type OutsideRulesOf = Awaited<ReturnType<typeof listOutsideRules>>;

/**
 * The laws and guidance from outside, with those that bind a body kept separate. Both lists are empty if none is named.
 */
export async function listOutsideRules(body: Pick<Body, "type" | "nation">) {
  const { outsideRules } = await loadContent();
  const today = clock.today();
  const binding = outsideRules.filter((rule) => bindsBody(rule, body));
  return {
    binding,
    /** Those of them that apply today: of what is coming, or in no known state, nobody can say so. */
    applying: binding.filter((rule) => ["in-force", "under-review"].includes(stateOn(rule, today))),
    others: outsideRules.filter((rule) => !bindsBody(rule, body)),
  };
}

/** A rule from outside as the policy owners of a body see it. */
type OutsideRuleView = Awaited<ReturnType<typeof listViews>>[number];

/** A rule that binds the actor's body, or on which one of its clauses rests; null where there is none, and for others. */
export const getOutsideRule = async (actor: Actor, id: string, tx?: Tx) =>
  (await listViews(actor, tx)).find(({ rule }) => rule.id === id) ?? null;

/** The rules from outside that have changed and wait for the actor, as policy owner, as tasks. */
export async function listOutsideRuleTasks(actor: Actor): Promise<Task[]> {
  const [body, views] = await Promise.all([getOwnBody(actor), listViews(actor)]);
  return views.flatMap(({ rule, resting, change }): Task[] => {
    if (!change) return [];
    return [
      {
        kind: "read-outside-rule",
        key: `read-outside-rule ${rule.id}`,
        title: `Read what changed: ${rule.title}`,
        reason: `${change.what} ${clausesInWords(resting)}`,
        due: workingDayAfter(body, calendarDay(change.at), READ_RULE_WITHIN_WORKING_DAYS),
        href: `/outside-rules/${rule.id}`,
      },
    ];
  });
}

/** "Clauses 8.3 and 8.4 of “…” rest on it." */
function clausesInWords(resting: OutsideRuleView["resting"]): string {
  if (resting.length === 0) return "No clause of yours rests on it yet.";
  const and = new Intl.ListFormat("en-GB");
  const parts = resting.map(({ version, clauses }) => {
    const ids = and.format(clauses.map(({ id }) => id));
    return `${clauses.length === 1 ? "clause" : "clauses"} ${ids} of “${version.frontMatter.title}”`;
  });
  return `See what rests on it: ${and.format(parts)}.`;
}

async function listViews(actor: Actor, tx: Tx = getDatabase()) {
  if (!can(actor, "outside-rule.read-change", actor)) return [];
  const [body, versions, { outsideRules }, seen, readings] = await Promise.all([
    getOwnBody(actor),
    listOwnCurrent(actor),
    loadContent(),
    listSeenStates(tx),
    listRuleReadings(tx, actor.body),
  ]);
  const now = clock.now();
  return outsideRules.flatMap((rule) => {
    /** The clauses of the current versions of the body's policies that rest on it. */
    const resting = versions.flatMap((version) => {
      const clauses = version.clauses.filter(({ id }) => rule.clauses[version.slug]?.includes(id));
      return clauses.length > 0 ? [{ version, clauses }] : [];
    });
    if (!body || (resting.length === 0 && !bindsBody(rule, body))) return [];
    const own = readings.filter((one) => one.rule === rule.id);
    const change = lastRuleChange(rule, seen, now);
    const isRead = change !== null && own.some(({ at }) => at >= change.at);
    // `change`: what changed last; null if nothing did, or somebody has looked at it since.
    return [{ rule, resting, change: isRead ? null : change, readings: own }];
  });
}
