import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { publishedLines, readPublishedYear, type PublishedLine } from "#domain/policy/exception/published-register.ts";
import { clock } from "#server/base/clock.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { getOwnBody, listOwnCurrent } from "#server/policy/policy/queries.ts";
import { countDecidedBetween } from "./figures-repository.ts";

/** Whether the actor may save the register for publication, and their body publishes it. */
export async function mayPublishRegister(actor: Actor): Promise<boolean> {
  return can(actor, "exception.publish-register", actor) && ((await getOwnBody(actor))?.publishExceptions ?? false);
}

/**
 * The register of a year as the body publishes it; null for those who may not save it, where the body does not publish
 * it, and for a year that is not over. @param typed the year in the address; the last one if null
 */
export async function getPublishedRegister(
  actor: Actor,
  typed: string | null,
): Promise<{ year: number; lines: (PublishedLine & { title: string })[] } | null> {
  if (!(await mayPublishRegister(actor))) return null;
  const year = readPublishedYear(typed, calendarDay(clock.now()));
  if (year === null) return null;
  const [from, until] = [startOfDay(`${year}-01-01`), startOfDay(`${year + 1}-01-01`)];
  const counts = await readFromReplica((tx) => countDecidedBetween(tx, actor.body, from, until));
  const titles = new Map((await listOwnCurrent(actor)).map(({ slug, frontMatter }) => [slug, frontMatter.title]));
  const lines = publishedLines(counts).map((line) => ({ ...line, title: titles.get(line.policy) ?? line.policy }));
  return { year, lines };
}
