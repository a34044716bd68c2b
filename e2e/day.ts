/** A calendar day: for the three fields of a form, and as pages write it. */
export interface Day {
  day: string;
  month: string;
  year: string;
  words: string;
}

/** The day this many days from now, in London. */
export function inDays(days: number): Day {
  const at = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "Europe/London" }).format(at);
  return {
    day: part({ day: "numeric" }),
    month: part({ month: "numeric" }),
    year: part({ year: "numeric" }),
    words: part({ dateStyle: "long" }),
  };
}
