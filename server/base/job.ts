/**
 * A scheduled job. It may run twice, on two servers, or late; it takes effect once, because it checks the records
 * first.
 */
export interface Job {
  /** In kebab-case; the queue knows it by this name. */
  name: string;
  /** What it does, for administrators, a verb first. */
  title: string;
  /** Five cron fields, in Europe/London. */
  cron: string;
  /**
   * Does what is due.
   * @param at the present moment
   * @returns what was done, in a few words for the administrators' page
   */
  run(at: Date): Promise<string>;
}
