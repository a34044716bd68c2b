import { RETENTION_KINDS, type RetentionKind } from "#domain/gather/retention/rule.ts";
import type { Job } from "#server/base/job.ts";
import { applyRetention } from "./service.ts";

export const APPLY_RETENTION: Job = {
  name: "apply-retention",
  title: "Delete what has been kept long enough",
  cron: "20 3 * * *",
  run: async (at) => {
    const done = Object.entries(await applyRetention(at));
    if (done.length === 0) return "Nothing was due.";
    return done.map(([kind, count]) => `${RETENTION_KINDS[kind as RetentionKind].title}: ${count}.`).join(" ");
  },
};
