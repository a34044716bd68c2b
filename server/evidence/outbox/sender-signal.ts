import "server-only";

// The bundler gives pages and instrumentation each their own copy of this module; the sender is one.
const holder = globalThis as typeof globalThis & { withCareWakeMail?: (() => void) | undefined };

/** Sets what looks into the outbox at once; nothing does in a process that has no timed work. */
export function useWakeMail(wake: (() => void) | undefined): void {
  holder.withCareWakeMail = wake;
}

/** Something urgent is in the outbox: whoever sends here need not wait for the next minute. Never throws. */
export function wakeMail(): void {
  holder.withCareWakeMail?.();
}
