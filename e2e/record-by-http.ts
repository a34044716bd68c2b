import { addWorkingDays, calendarDay } from "../domain/base/calendar/calendar.ts";
import type { HttpVisit } from "./http-visit.ts";

/** Everything that the form of a record sends, in a body with a retention schedule and in one without. */
export const RECORD_FIELDS = {
  do: "save",
  startKey: "",
  situation: "",
  about: "Closing the hall",
  group: "",
  chat: "A chat of the team",
  "saidOn-day": "10",
  "saidOn-month": "1",
  "saidOn-year": "2020",
  participants: "Two of the team",
  content: "The hall is closed on Friday.",
  system: "Case system",
  systemReference: "C-17",
  retentionClass: "everyday",
  "eventOn-day": "",
  "eventOn-month": "",
  "eventOn-year": "",
  className: "Everyday",
  "keepUntil-day": "10",
  "keepUntil-month": "1",
  "keepUntil-year": "2021",
} as const;

/** Everything that the form of a photo consent sends. */
export const CONSENT_FIELDS = {
  startKey: "",
  name: "Xavia Example",
  age: "child",
  guardian: "A parent of Xavia",
  purpose: "The newsletter",
  "givenOn-day": "10",
  "givenOn-month": "1",
  "givenOn-year": "2026",
  formReference: "Folder 7",
  "until-day": "10",
  "until-month": "1",
  "until-year": "2031",
} as const;

/** Everything that the form of a check held sends. */
export const CHECK_FIELDS = {
  startKey: "",
  policy: "nao",
  kind: "survey",
  heldBy: "Information governance",
  takenBy: "40 of 60",
  "heldOn-day": "10",
  "heldOn-month": "1",
  "heldOn-year": "2026",
  result: "Most knew it.",
  actions: "A reminder.",
} as const;

/** Captures a record whose retention period is over. @returns the reference */
export function captureRecord(visit: HttpVisit, change: Record<string, string> = {}): Promise<string> {
  return sendFor(visit, "/records/new/send", { ...RECORD_FIELDS, ...change }, /REC-\w{4}-\w{4}/);
}

/** Records a photo consent that is valid. @returns the reference */
export function recordConsent(visit: HttpVisit, change: Record<string, string> = {}): Promise<string> {
  return sendFor(visit, "/photos/new/send", { ...CONSENT_FIELDS, ...change }, /PHO-\w{4}-\w{4}/);
}

/** Records a check that was held on a policy. @returns the reference */
export function recordCheck(visit: HttpVisit, policy: string): Promise<string> {
  return sendFor(visit, "/checks-held/new/send", { ...CHECK_FIELDS, policy }, /SUR-\w{4}-\w{4}/);
}

/** Starts a check that asks everybody of the body but who starts it. @returns the reference */
export function startSampleCheck(visit: HttpVisit, policy: string): Promise<string> {
  const [year = "", month = "", day = ""] = addWorkingDays(calendarDay(new Date()), 8, new Set()).split("-");
  const lastDay = { "lastDay-day": day, "lastDay-month": month, "lastDay-year": year };
  const fields = { policy, population: "body", size: "1000", ...lastDay };
  return sendFor(visit, "/checks-held/samples/new/send", fields, /CHK-\w{4}-\w{4}/);
}

/** Decides on an app of the body: it is approved. @returns its part of an address */
export function decideOnApp(visit: HttpVisit, riskOwner: string): Promise<string> {
  const fields = {
    name: "WhatsApp",
    state: "approved",
    purpose: "Everyday arrangements.",
    whoMay: "All staff.",
    dpiaReference: "DPIA 1",
    "dpiaOn-day": "1",
    "dpiaOn-month": "3",
    "dpiaOn-year": "2026",
    riskOwner,
    settings: "Assistant off",
    "reviewOn-day": "1",
    "reviewOn-month": "3",
    "reviewOn-year": String(new Date().getFullYear() + 1),
    reason: "It was assessed.",
  };
  return sendFor(visit, "/apps/new/send", fields, /(?<=\/apps\/)[a-z-]+/);
}

/** Says that the visitor's own phone is replaced. @returns the reference */
export function startPhoneReturn(visit: HttpVisit): Promise<string> {
  const [year = "", month = "", day = ""] = addWorkingDays(calendarDay(new Date()), 8, new Set()).split("-");
  const dueOn = { "dueOn-day": day, "dueOn-month": month, "dueOn-year": year };
  return sendFor(visit, "/phone-returns/new/send", { reason: "replacement", ...dueOn }, /PHR-\w{4}-\w{4}/);
}

async function sendFor(visit: HttpVisit, path: string, fields: Record<string, string>, shape: RegExp): Promise<string> {
  const location = await visit.send(path, fields);
  const reference = shape.exec(location)?.[0];
  if (!reference) throw new Error(`${path} gave no reference: ${location}.`);
  return reference;
}
