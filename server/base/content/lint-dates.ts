const MONTHS = "January February March April May June July August September October November December".split(" ");
const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const MONTH =
  "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
const IN_WORDS = new RegExp(
  `(?:\\b(${WEEKDAYS.join("|")}),? )?\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}\\b(?:,? (\\d{4})\\b)?`,
  "g",
);
const IN_FIGURES = /\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\/(\d{1,2})\/(\d{4}))\b/g;
/** A range whose end has the year; a day that comes back each year. */
const HAS_YEAR_LATER = new RegExp(`^\\s*(?:to|until|till|and|or|,|–|-)\\s*\\d{1,2}(?:st|nd|rd|th)? ${MONTH},? \\d{4}`);
const EACH_YEAR = /\b(?:every|each|year|yearly|annual(?:ly)?|always)\b/i;

/** Days in words that do not exist, that fall on another day of the week, or whose year is left out. */
export function dateSlips(words: string) {
  const found: { index: number; level: "error" | "warning"; rule: "dates"; message: string }[] = [];
  const slip = (index: number, message: string, level: "error" | "warning" = "error") =>
    found.push({ index, level, rule: "dates", message });
  const isEachYear = EACH_YEAR.test(words);
  for (const { 0: said, index, ...parts } of words.matchAll(IN_WORDS)) {
    const [, weekday, day = "", name = "", year] = [said, parts[1], parts[2], parts[3], parts[4]];
    const month = MONTHS.findIndex((one) => one.startsWith(name.slice(0, 3)));
    // Without a year, 29 February may be meant.
    const date = dayOf(Number(year ?? 2024), month + 1, Number(day));
    const rest = words.slice(index + said.length);
    if (!date) slip(index, `there is no ${said}. Correct the day.`);
    else if (year === undefined) {
      if (!HAS_YEAR_LATER.test(rest) && !isEachYear)
        slip(index, `"${said}" has no year. Write it, or say that it is each year.`, "warning");
    } else if (weekday !== undefined && weekday !== WEEKDAYS[date.getUTCDay()])
      slip(index, `${said} is a ${WEEKDAYS[date.getUTCDay()] ?? ""}. Correct one of the two.`);
  }
  for (const { 0: said, index, ...parts } of words.matchAll(IN_FIGURES)) {
    // A field that is a day and nothing else is checked as one.
    if (parts[1] !== undefined && words.trim() === said) continue;
    const [year, month, day] = [parts[1] ?? parts[6], parts[2] ?? parts[5], parts[3] ?? parts[4]].map(Number);
    if (!dayOf(year ?? 0, month ?? 0, day ?? 0)) slip(index, `there is no day ${said}. Correct it.`);
  }
  return found;
}

function dayOf(year: number, month: number, day: number): Date | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}
