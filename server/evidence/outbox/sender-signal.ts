import { shared } from "#server/base/process-shared.mjs";

declare global {
  interface ProcessShared {
    /** Triggers delivery of the outbox at once. */
    sendMailNow?: (() => void) | undefined;
  }
}

/** Sets the function that delivers the outbox; not set in a process without scheduled jobs. */
export function setSenderSignal(signal: (() => void) | undefined): void {
  shared.sendMailNow = signal;
}

/** Signals that something urgent is in the outbox, so that it does not wait for the next minute. Never throws. */
export function signalSender(): void {
  shared.sendMailNow?.();
}
