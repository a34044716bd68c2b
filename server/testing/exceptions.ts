import type { ApprovalCondition, Risk } from "#domain/policy/exception/request.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { saveRisk, saveWho, saveWhy, startException } from "#server/policy/exception/draft-service.ts";
import { submitException } from "#server/policy/exception/service.ts";

/** A condition that holds all the time. */
export const lasting = (text: string): ApprovalCondition => ({ text, dueOn: null });

export const MEDIUM_RISK: Risk = {
  clause: null,
  description: "The phone is lost.",
  likelihoodBefore: 4,
  impactBefore: 3,
  likelihoodAfter: 2,
  impactAfter: 3,
  mitigations: [{ text: "Lock the phone after one minute.", owner: "requester", dueOn: null }],
};

/** What stays is likely and severe: only a governance officer or the senior information risk owner decides. */
export const HIGH_RISK: Risk = { ...MEDIUM_RISK, likelihoodAfter: 4, impactBefore: 5, impactAfter: 5 };

/** A draft from clause 4.3 of the policy `nao`, complete and not sent, for thirty days. @returns its reference */
export async function completeDraft(actor: Actor, key: string, risk: Risk = MEDIUM_RISK): Promise<string> {
  const situation = { device: "personal", audience: "partner" };
  const started = await startException(actor, "nao", { startKey: key, situation, clauses: ["4.3"] });
  if (!started?.ok) throw new Error("The actor has no policy nao to depart from.");
  const { reference } = started;
  const texts = { justification: "Partners ask for it.", whyNoChannel: "They have no other.", dataInvolved: "Times." };
  const wantedUntil = addDays(calendarDay(clock.now()), 30);
  const results = [
    await saveWhy(actor, reference, { clauses: ["4.3"], ...texts }, false),
    await saveWho(actor, reference, { scope: "person", teamId: null, groupId: null, wantedFrom: null, wantedUntil }),
    await saveRisk(actor, reference, null, risk),
  ];
  const refused = results.find(({ ok }) => !ok);
  if (refused) throw new Error(`The draft could not be filled in: ${JSON.stringify(refused)}`);
  return reference;
}

/** The same, sent and waiting for a decision. */
export async function exceptionAwaitingApproval(actor: Actor, key: string, risk: Risk = MEDIUM_RISK): Promise<string> {
  const reference = await completeDraft(actor, key, risk);
  const result = await submitException(actor, reference);
  if (!result.ok) throw new Error(`The request could not be sent: ${JSON.stringify(result)}`);
  return reference;
}
