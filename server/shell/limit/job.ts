import type { Job } from "#server/base/job.ts";
import { forgetLimits } from "./service.ts";

export const FORGET_LIMITS: Job = {
  name: "forget-limits",
  title: "Forget old counts of requests",
  cron: "*/30 * * * *",
  run: async (at) => `Forgot ${await forgetLimits(at)}.`,
};
