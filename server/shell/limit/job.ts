import "server-only";
import type { Job } from "#server/base/job.ts";
import { forgetLimits } from "./service.ts";

export const FORGET_LIMITS: Job = {
  name: "forget-limits",
  title: "Forget how often somebody asked",
  cron: "*/30 * * * *",
  run: async (at) => `Forgot ${await forgetLimits(at)}.`,
};
