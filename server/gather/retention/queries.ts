import { z } from "zod";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { doubtfulPassage } from "#domain/gather/retention/doubt.ts";
import { RETAINED_DATA, type RetainedKind } from "#domain/gather/retention/retained-data.ts";
import { RETENTION_KIND_NAMES, RETENTION_KINDS, type RetentionKind, ruleFor } from "#domain/gather/retention/rule.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listLatestEvents } from "#server/evidence/journal/queries.ts";
import { listStandingHolds } from "#server/registers/hold/queries.ts";
import { readDoubtTexts } from "./name-change.ts";
import { searchedTable } from "./name-rules.ts";
import { countDoubts, findReference, listDoubts } from "./repository.ts";
import { placeOf } from "./mention-queries.ts";

const SHOWN_RUNS = 20;

export type RetentionView = NonNullable<Awaited<ReturnType<typeof getRetention>>>;

/** How long everything is kept in the actor's body, and what was deleted recently; null for those who may not know. */
export async function getRetention(actor: Actor) {
  if (!can(actor, "retention.read", actor)) return null;
  const { retention } = await loadContent();
  const rows = await listLatestEvents(getDatabase(), actor.body, "retention.applied", SHOWN_RUNS);
  return {
    kinds: RETENTION_KIND_NAMES.map((kind) => ({
      kind,
      ...RETENTION_KINDS[kind],
      rule: ruleFor(retention, actor.body, kind),
    })),
    done: rows.map(({ at, position, data }) => {
      const { kind, count } = dataSchema.parse(JSON.parse(data));
      return { at, position, title: isKind(kind) ? RETENTION_KINDS[kind].title : kind, count };
    }),
    holds: await listStandingHolds(actor.body),
  };
}

const dataSchema = z.object({ kind: z.string(), count: z.number() });

const isKind = (kind: string): kind is RetentionKind => Object.hasOwn(RETENTION_KINDS, kind);

/**
 * How long each kind of data about people is kept, in words, by the rules of all bodies; a body that differs is named.
 * Needs no sign-in: the privacy notice shows it.
 */
export async function listRetainedData(): Promise<RetainedKind[]> {
  const { retention, bodies } = await loadContent();
  return RETAINED_DATA.map((retained) => {
    const { retention: kind } = retained;
    const rule = kind && retention.all[kind];
    if (!kind || !rule) return retained;
    const differing = bodies.flatMap(({ slug, name }) => {
      const own = retention.bodies[slug]?.[kind];
      return own ? [` ${name}: ${own.keep}.`] : [];
    });
    const { after, then } = RETENTION_KINDS[kind];
    const period = rule.keep === "for good" ? "For good." : `${rule.keep} after ${after}. Then: ${then}`;
    return { ...retained, howLong: `${period.charAt(0).toUpperCase()}${period.slice(1)}${differing.join("")}` };
  });
}

const SHOWN_DOUBTS = 50;

/**
 * Texts in the actor's body that may still name somebody whose name was replaced, the oldest first, and how many there
 * are; null for those who do not see to them. Those whose text is gone or was changed since are left out.
 */
export async function listNameDoubts(actor: Actor) {
  if (!can(actor, "name-doubt.settle", actor)) return null;
  const tx = getDatabase();
  const rows = await listDoubts(tx, actor.body, SHOWN_DOUBTS);
  const doubts = [];
  for (const { id, person, words, table, row } of rows) {
    const passage = doubtfulPassage(await readDoubtTexts(tx, { body: actor.body, table, row }), words);
    const { table: _, ...place } = placeOf(table, await findReference(tx, searchedTable(table), row));
    doubts.push({ id, pseudonym: person.name, words, passage, ...place });
  }
  return { count: await countDoubts(tx, actor.body), doubts };
}
