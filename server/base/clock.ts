export interface Clock {
  now(): Date;
}

/** The machine's clock: services take the time from here and pass it to `domain`, which has no clock. */
export const clock: Clock = { now: () => new Date() };
