import "server-only";
import type { Job } from "#server/base/job.ts";
import { deliverMail } from "./deliver.ts";
import { makeDigests } from "#server/gather/task/digest.ts";
import { wakeMail } from "./sender-signal.ts";

export const SEND_MAIL: Job = {
  name: "send-mail",
  title: "Send the mail that waits",
  cron: "* * * * *",
  run: async (at) => {
    const { sent, postponed, given, isOff } = await deliverMail(at);
    if (isOff) return "Nothing: no mail server is set.";
    const parts = [
      `Sent ${sent}.`,
      postponed > 0 && `${postponed} to be tried again.`,
      given > 0 && `${given} given up.`,
    ];
    return parts.filter((part) => part !== false).join(" ");
  },
};

export const MAKE_DIGESTS: Job = {
  name: "make-digests",
  title: "Write each person's digest of the working day",
  // Early, and again through the day: for those who joined, and where the portal did not run at eight.
  cron: "*/15 8-16 * * 1-5",
  run: async (at) => {
    const { looked, made } = await makeDigests(at);
    if (made > 0) wakeMail();
    return looked === 0 ? "Nothing: everybody's was looked at today." : `Looked at ${looked} people, wrote ${made}.`;
  },
};
