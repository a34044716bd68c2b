import ical, { ICalEventBusyStatus, ICalEventTransparency } from "ical-generator";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Review } from "#server/gather/review/queries.ts";

/**
 * Review dates as a calendar that programs can subscribe to: an all-day entry for each policy, on the last day for its
 * review. An entry keeps its identity when its date changes.
 * @param origin the portal's address, without a trailing slash
 */
export function reviewCalendar(reviews: readonly Review[], origin: string): string {
  const calendar = ical({
    name: "Policy reviews",
    prodId: { company: "With Care", product: "Policy reviews", language: "EN" },
  });
  for (const { version, standing } of reviews) {
    const { slug, frontMatter } = version;
    const { title, owner } = frontMatter;
    const sentences = [
      `“${title}”, version ${version.version}, has to be reviewed by ${dateInWords(standing.due)}.`,
      owner === null ? "No owner is stated." : `Owner: ${owner}.`,
    ];
    calendar.createEvent({
      id: `policy-review-${slug}@${new URL(origin).host}`,
      start: new Date(`${standing.lastDay}T00:00:00Z`),
      allDay: true,
      stamp: version.servedAt,
      // It marks nobody as busy.
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
      summary: `Review “${title}”`,
      description: sentences.join(" "),
      url: `${origin}/policies/${slug}`,
    });
  }
  return calendar.toString();
}
