import "server-only";
import { watchTokenEnds } from "#server/api-token/job.ts";
import { callForMissedClearDowns } from "#server/clear-down/job.ts";
import { markLeavers } from "#server/directory/job.ts";
import { escalateRemovals } from "#server/group/job.ts";
import { incidentJob } from "#server/incident/job.ts";
import { FORGET_LIMITS } from "#server/limit/job.ts";
import { MAKE_DIGESTS, SEND_MAIL } from "#server/mail/job.ts";
import { APPLY_RETENTION } from "#server/retention/job.ts";
import type { Job } from "./job.ts";

/** All timed work: each noun keeps its own in server/<noun>/job.ts. */
export const JOBS: readonly Job[] = [
  ...[incidentJob, markLeavers, escalateRemovals, callForMissedClearDowns, watchTokenEnds],
  ...[SEND_MAIL, MAKE_DIGESTS],
  ...[APPLY_RETENTION, FORGET_LIMITS],
];
