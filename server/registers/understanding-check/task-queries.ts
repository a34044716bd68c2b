import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { loadContent } from "#server/base/content/store.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listWaitingSampled, type OwnSampledRecord } from "./sample-repository.ts";

/** The checks for which the actor was drawn and which wait for their answer, as tasks. */
export async function listCheckTasks(actor: Actor): Promise<Task[]> {
  return (await listCheckTasksOf([actor])).get(actor.personId) ?? [];
}

/** The same for many people of one body, by person. */
export async function listCheckTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const ids = actors.map(({ personId }) => personId);
  const waiting = await listWaitingSampled(getDatabase(), first.body, ids, calendarDay(clock.now()));
  const byPerson = grouped(waiting, ({ personId }) => personId);
  if (byPerson.size === 0) return new Map();
  const { policies } = await loadContent();
  const titleOf = ({ policy, hash }: OwnSampledRecord["sample"]) =>
    policies.find(({ slug }) => slug === policy)?.versions.find((one) => one.hash === hash)?.frontMatter.title ??
    policy;
  return new Map(
    [...byPerson].map(([personId, own]) => [personId, own.map((one) => toTask(one, titleOf(one.sample)))]),
  );
}

function toTask({ sample: { reference, lastDay } }: OwnSampledRecord, title: string): Task {
  return {
    kind: "answer-check",
    key: `answer-check ${reference}`,
    title: `Say what the policy says about two situations: ${reference}`,
    reason: `You were chosen at random for a check of “${title}”. It takes two minutes.`,
    due: lastDay,
    href: `/checks-held/samples/${reference}/answer`,
  };
}
