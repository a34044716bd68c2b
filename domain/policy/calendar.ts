/** Days as people in the body count them: Europe/London, not UTC (DESIGN, "Data"). */

const day = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The calendar day in London at this moment, as YYYY-MM-DD. */
export function calendarDay(at: Date): string {
  return day.format(at);
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A day or a month of content in words: "2023-11-22" → "22 November 2023", "2020-08" → "August 2020". */
export function dateInWords(date: string): string {
  const [year, month, dayOfMonth] = date.split("-");
  const name = months[Number(month) - 1] ?? month;
  return dayOfMonth ? `${Number(dayOfMonth)} ${name} ${year}` : `${name} ${year}`;
}
