import { calendarDay } from "../domain/base/calendar/calendar.ts";
import { hiddenField } from "./exception-by-http.ts";
import type { HttpVisit } from "./http-visit.ts";

/** Answers the reader's own policy, unless it has been answered. @returns the reference of the answer */
export async function giveAnswer(visit: HttpVisit, slug: string, answer: "accepted" | "declined"): Promise<string> {
  const path = `/policies/${slug}/acknowledge`;
  const page = (await visit.get(path)).text;
  const standing = /\/acknowledgements\/(ACK-\w{4}-\w{4})/.exec(page)?.[1];
  if (standing) return standing;
  const location = await visit.send(`${path}/send`, {
    version: hiddenField(page, "version"),
    hash: hiddenField(page, "hash"),
    answer,
    reason: answer === "declined" ? "It does not say who keeps the list of groups." : "",
  });
  return /ACK-\w{4}-\w{4}/.exec(location)?.[0] ?? "";
}

/** Records for somebody what they answered on paper today, unless that was done. @returns the reference of the answer */
export async function recordOnPaper(
  visit: HttpVisit,
  personId: string,
  slug: string,
  answer: "accepted" | "cannot_agree" = "accepted",
): Promise<string> {
  const path = `/governance/people/${personId}/paper`;
  const page = (await visit.get(`${path}?policy=${slug}`)).text;
  const standing = /\/paper\/(ACK-\w{4}-\w{4})/.exec(page)?.[1];
  if (standing) return standing;
  const [year = "", month = "", day = ""] = calendarDay(new Date()).split("-");
  const location = await visit.send(`${path}/send?policy=${slug}`, {
    policy: slug,
    version: hiddenField(page, "version"),
    hash: hiddenField(page, "hash"),
    on: hiddenField(page, "version"),
    answer,
    reason: answer === "accepted" ? "" : "It asks for a phone.",
    "day-day": day,
    "day-month": month,
    "day-year": year,
    place: "Blue file 7",
    why: "No device at work.",
  });
  return /ACK-\w{4}-\w{4}/.exec(location)?.[0] ?? "";
}
