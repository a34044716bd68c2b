import { fileRoute, savedFile } from "#app/_portal/file-response.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { listReviews } from "#server/gather/review/queries.ts";
import { reviewCalendar } from "./review-calendar.ts";

/** The review dates of the reader's own body's policies as a calendar. */
export const GET = fileRoute(async ({ actor }) => {
  const reviews = await listReviews(actor);
  const text = reviews && reviewCalendar(reviews, getEnv().appUrl);
  return text === null ? null : savedFile("policy-reviews.ics", "text/calendar; charset=utf-8", text);
});
