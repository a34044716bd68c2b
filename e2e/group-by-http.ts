import { hiddenField } from "./exception-by-http.ts";
import type { HttpVisit } from "./http-visit.ts";
import { plainText } from "./plain-text.ts";

/** Names of the people of a body with a role, as the sign-in page lists them. */
export async function namesOf(visit: HttpVisit, role: string, body: string): Promise<string[]> {
  const forms = (await visit.get("/sign-in")).text.split("<form").map(plainText);
  const found = forms.flatMap((form) => new RegExp(`([A-Z]\\w+ [A-Z]\\w+), ${role}, ${body}`).exec(form)?.[1] ?? []);
  if (found.length === 0) throw new Error(`Nobody is ${role} of ${body}.`);
  return found;
}

/** The id of somebody of a body, as the sign-in page's form has it. */
export async function personIdOf(visit: HttpVisit, role: string, body: string): Promise<string> {
  const forms = (await visit.get("/sign-in")).text.split("<form");
  const form = forms.find((part) => plainText(part).includes(`, ${role}, ${body}`)) ?? "";
  return hiddenField(form, "personId");
}

/** Asks for a group with two administrators and a deputy of a body. @returns its reference */
export async function askForGroup(visit: HttpVisit, body: string, more: Record<string, string> = {}): Promise<string> {
  const [[one = "", two = ""], [deputy = ""]] = await Promise.all([
    namesOf(visit, "Employee", body),
    namesOf(visit, "Line manager", body),
  ]);
  const next = new Date().getFullYear() + 1;
  const location = await visit.send("/groups/new/send", {
    step: "check",
    kind: "team",
    name: "Depot rota",
    purpose: "Who covers which shift.",
    app: "WhatsApp",
    logo: "yes",
    administrator1: one,
    administrator2: two,
    deputy,
    members: two,
    retention: "days",
    retentionCount: "7",
    disappear: "0",
    timerBy: "administrators",
    canExport: "yes",
    assistant: "off",
    "reviewOn-day": "1",
    "reviewOn-month": "3",
    "reviewOn-year": String(next),
    startKey: crypto.randomUUID(),
    ...(more["kind"] === "emergency" && { responsible: body, agreement: "The resilience forum's" }),
    ...more,
  });
  const reference = /GRP-\w{4}-\w{4}/.exec(location)?.[0];
  if (!reference) throw new Error(`The group has no reference: ${location}.`);
  return reference;
}
