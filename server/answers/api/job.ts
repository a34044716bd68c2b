import type { Job } from "#server/base/job.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { forgetBegun } from "#server/access/form-input/begun-effects.ts";
import { deleteWritesBefore } from "./repository.ts";

const DAY_MS = 24 * 60 * 60_000;
/** For how long a program gets the same answer again, and what it began can be finished. Our own figures. */
const KEEP_DAYS = { writes: 7, begun: 90 } as const;

/** Runs every night. */
export const FORGET_WRITES: Job = {
  name: "forget-program-writes",
  title: "Forget what programs sent a week ago, and what they began 90 days ago",
  cron: "50 3 * * *",
  async run(at) {
    const tx = getDatabase();
    const writes = await deleteWritesBefore(tx, new Date(at.getTime() - KEEP_DAYS.writes * DAY_MS));
    const begun = await forgetBegun(tx, new Date(at.getTime() - KEEP_DAYS.begun * DAY_MS));
    return `${writes} answers and ${begun} drafts forgotten`;
  },
};
