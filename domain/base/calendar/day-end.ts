/** The end of a day, in London. */
export interface DayEnd {
  /** YYYY-MM-DD */
  day: string;
  /** The moment at which the day is over: whatever is from then on is left out. */
  at: Date;
}
