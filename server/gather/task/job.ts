import type { Job } from "#server/base/job.ts";
import { signalSender } from "#server/evidence/outbox/sender-signal.ts";
import { makeDigests } from "./digest-writer.ts";

export const MAKE_DIGESTS: Job = {
  name: "make-digests",
  title: "Write each person's digest of the working day",
  // Early, and again through the day: for people who joined since, or if the portal was not running at eight.
  cron: "*/15 8-16 * * 1-5",
  run: async (at) => {
    const { looked, made } = await makeDigests(at);
    if (made > 0) signalSender();
    return looked === 0
      ? "Nothing to do: everybody's was looked at today."
      : `Looked at ${looked} people, wrote ${made}.`;
  },
};
