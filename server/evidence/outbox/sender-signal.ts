import "server-only";

import { shared } from "#server/base/process-shared.mjs";

declare global {
  interface ProcessShared {
    /** Has the outbox looked into at once. */
    sendMailNow?: (() => void) | undefined;
  }
}

/** Sets what looks into the outbox at once; nothing does in a process that has no timed work. */
export function setSenderSignal(signal: (() => void) | undefined): void {
  shared.sendMailNow = signal;
}

/** Something urgent is in the outbox: whoever sends here need not wait for the next minute. Never throws. */
export function signalSender(): void {
  shared.sendMailNow?.();
}
