import type { HttpVisit } from "./http-visit.ts";

/** A request from one clause, complete and not sent. @returns its reference */
export async function makeDraft(visit: HttpVisit, policy = "nao", clause = "4.3"): Promise<string> {
  const from = `?policy=${policy}&clause=${clause}`;
  const start = (await visit.get(`/exceptions/new${from}`)).text;
  const begun = { startKey: hiddenField(start, "startKey"), then: "long" };
  const location = await visit.send(`/exceptions/new/send${from}`, begun);
  const reference = /EX-\w{4}-\w{4}/.exec(location)?.[0] ?? "";
  const until = inThirtyDays();
  await visit.send(`/exceptions/${reference}/why/send`, {
    clauses: clause,
    justification: "A partner asks.",
    whyNoChannel: "There is none.",
    dataInvolved: "Times.",
  });
  await visit.send(`/exceptions/${reference}/who/send`, {
    scope: "person",
    "wantedUntil-day": until.day,
    "wantedUntil-month": until.month,
    "wantedUntil-year": until.year,
  });
  await visit.send(`/exceptions/${reference}/risks/new/send`, {
    source: "own",
    description: "The phone is lost.",
    rows: "1",
    likelihoodBefore: "4",
    impactBefore: "3",
    likelihoodAfter: "2",
    impactAfter: "3",
    "mitigation-1-text": "Lock it.",
    "mitigation-1-owner": "requester",
    "mitigation-1-due-day": until.day,
    "mitigation-1-due-month": until.month,
    "mitigation-1-due-year": until.year,
  });
  return reference;
}

/** A request that is waiting for its decision. @returns its reference */
export async function makeSent(visit: HttpVisit, policy?: string, clause?: string): Promise<string> {
  const reference = await makeDraft(visit, policy, clause);
  await visit.send(`/exceptions/${reference}/check/send`, {});
  return reference;
}

/** Approves a request as it was asked for. */
export async function approve(decider: HttpVisit, reference: string): Promise<void> {
  const page = (await decider.get(`/exceptions/${reference}/approve`)).text;
  const until = inThirtyDays();
  await decider.send(`/exceptions/${reference}/approve/send`, {
    revision: hiddenField(page, "revision"),
    reason: "It is needed.",
    conditions: "Only on Fridays.",
    "condition-1-text": "Tell the partner.",
    "condition-1-due-day": until.day,
    "condition-1-due-month": until.month,
    "condition-1-due-year": until.year,
    "until-day": until.day,
    "until-month": until.month,
    "until-year": until.year,
  });
}

/** The value of a hidden field in a page. */
export function hiddenField(html: string, name: string): string {
  const field = [...html.matchAll(/<input[^>]*>/g)].find(([tag]) => tag.includes(`name="${name}"`))?.[0] ?? "";
  return /value="([^"]*)"/.exec(field)?.[1] ?? "";
}

/** A day for the three fields of a form. */
export function inThirtyDays(): { day: string; month: string; year: string } {
  const at = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000);
  return { day: String(at.getDate()), month: String(at.getMonth() + 1), year: String(at.getFullYear()) };
}
