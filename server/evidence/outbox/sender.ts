import { setSenderSignal } from "./sender-signal.ts";
import { clock } from "#server/base/clock.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { deliverMail } from "./deliver.ts";

/**
 * Starts sending urgent mail as soon as it is in the outbox; failures are left to the job that runs every minute.
 * @returns a function that stops it, and waits for the mail being sent
 */
export function beginSending(): () => Promise<void> {
  if (getEnv().smtpUrl === null) return async () => {};
  let current: Promise<void> | null = null;
  let isWanted = false;
  const send = async () => {
    while (isWanted) {
      isWanted = false;
      await deliverMail(clock.now());
    }
  };
  setSenderSignal(() => {
    isWanted = true;
    current ??= send()
      .catch((error: unknown) => console.error("Mail could not be sent at once; it is tried again:", error))
      .finally(() => (current = null));
  });
  return async () => {
    setSenderSignal(undefined);
    isWanted = false;
    await current;
  };
}
