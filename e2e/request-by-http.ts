import { addWorkingDays, calendarDay } from "../domain/base/calendar/calendar.ts";
import type { HttpVisit } from "./http-visit.ts";

/** Everything that the form of an information request sends. */
export const REQUEST_FIELDS = {
  startKey: "",
  kind: "foi",
  requester: "Pat Invented, file 17",
  asked: "All messages about the bridge.",
  "receivedOn-day": "1",
  "receivedOn-month": "10",
  "receivedOn-year": "2026",
  "dueOn-day": "",
  "dueOn-month": "",
  "dueOn-year": "",
} as const;

/** Enters a request and asks one person to search for it. @returns the reference of the request */
export async function enterRequest(officer: HttpVisit, searcher: string): Promise<string> {
  const location = await officer.send("/requests/new/send", REQUEST_FIELDS);
  const reference = /REQ-\w{4}-\w{4}/.exec(location)?.[0];
  if (!reference) throw new Error(`The request has no reference: ${location}.`);
  const [year = "", month = "", day = ""] = addWorkingDays(calendarDay(new Date()), 8, new Set()).split("-");
  await officer.send(`/requests/${reference}/searches/new/send`, {
    startKey: "",
    people: searcher,
    lookFor: "All about the bridge.",
    chats: "The bridge",
    apps: "WhatsApp",
    devices: "",
    "answerBy-day": day,
    "answerBy-month": month,
    "answerBy-year": year,
  });
  return reference;
}
