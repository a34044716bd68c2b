import "server-only";

/** Timed work. It may run twice, on two servers, or late: what it does, it does once, because it looks at the records first. */
export interface Job {
  /** In kebab-case; the queue knows it by this. */
  name: string;
  /** What it does, for administrators, a verb first. */
  title: string;
  /** Five fields of cron, in Europe/London. */
  cron: string;
  /**
   * Does what is due.
   * @param at the present moment
   * @returns what was done, in a few words for the page of administrators
   */
  run(at: Date): Promise<string>;
}
