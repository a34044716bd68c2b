import { type Actor, can } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { JOBS } from "./jobs.ts";
import { getRunning } from "./running.ts";

/** Has a job run at once. If asked for twice before it starts, it runs once. */
export async function runJobNow(actor: Actor, name: string): Promise<"asked" | "not-running" | "not-found"> {
  if (!can(actor, "schedule.manage", actor) || !JOBS.some((job) => job.name === name)) return "not-found";
  const running = getRunning();
  if (running?.kind !== "running") return "not-running";
  const { body, personId } = actor;
  const event = { body, event: "job.asked-for" as const, at: clock.now(), actor: personId, subject: name };
  await transact(async () => Promise.resolve({ result: null, evidence: [event] }));
  await running.scheduler.runNow(name, personId);
  return "asked";
}
