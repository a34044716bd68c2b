import { watchTokenEnds } from "#server/access/api-token/job.ts";
import { callForMissedClearDowns } from "#server/registers/clear-down/job.ts";
import { handDutiesOver } from "#server/people/deputy/job.ts";
import { markLeavers } from "#server/people/directory/job.ts";
import { lapseUnconfirmedRoles } from "#server/people/directory/role-job.ts";
import { escalateRemovals } from "#server/registers/group/job.ts";
import { announceReminders, escalateOverdueAnswers } from "#server/policy/acknowledgement/job.ts";
import { warnOfEnds } from "#server/policy/exception/job.ts";
import { remindOfSearches } from "#server/registers/information-request/job.ts";
import { incidentJob } from "#server/registers/incident/job.ts";
import { FORGET_LIMITS } from "#server/shell/limit/job.ts";
import { ASK_FOR_TIME_STAMPS, PUBLISH_HEADS } from "#server/evidence/head/job.ts";
import { SEND_MAIL } from "#server/evidence/outbox/job.ts";
import { SEND_EVENTS } from "#server/evidence/webhook/job.ts";
import { MAKE_DIGESTS } from "#server/gather/task/job.ts";
import { SEND_BOARD_REPORTS } from "#server/gather/board/job.ts";
import { FORGET_WRITES } from "#server/answers/api/job.ts";
import { APPLY_RETENTION } from "#server/gather/retention/job.ts";
import type { Job } from "#server/base/job.ts";

/** All scheduled jobs: each noun keeps its own in server/<room>/<noun>/job.ts. */
export const JOBS: readonly Job[] = [
  incidentJob,
  markLeavers,
  lapseUnconfirmedRoles,
  handDutiesOver,
  escalateRemovals,
  callForMissedClearDowns,
  remindOfSearches,
  warnOfEnds,
  escalateOverdueAnswers,
  announceReminders,
  watchTokenEnds,
  SEND_MAIL,
  PUBLISH_HEADS,
  ASK_FOR_TIME_STAMPS,
  SEND_EVENTS,
  MAKE_DIGESTS,
  SEND_BOARD_REPORTS,
  APPLY_RETENTION,
  FORGET_LIMITS,
  FORGET_WRITES,
];
