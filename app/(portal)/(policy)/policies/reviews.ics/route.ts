import { getEnv } from "#server/base/environment/env.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listReviews } from "#server/gather/review/queries.ts";
import { reviewCalendar } from "./review-calendar.ts";

/** The review dates of the reader's own body's policies as a calendar. */
export async function GET(): Promise<Response> {
  const reviews = await listReviews(await requireActor());
  if (!reviews) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  return new Response(reviewCalendar(reviews, getEnv().appUrl), {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="policy-reviews.ics"',
      "cache-control": "no-store",
    },
  });
}
