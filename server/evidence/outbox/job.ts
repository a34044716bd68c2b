import type { Job } from "#server/base/job.ts";
import { deliverMail } from "./deliver.ts";

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
