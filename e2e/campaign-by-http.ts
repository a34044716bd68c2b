import type { HttpVisit } from "./http-visit.ts";

/** What the form of a campaign sends for everybody. */
export const CAMPAIGN_FIELDS = {
  who: "everybody",
  workingDays: "10",
  remindBefore: "5, 1",
  targetPercent: "90",
} as const;

/** Prepares a campaign for the current version of a policy, without starting it. @returns the reference */
export async function prepareCampaign(
  visit: HttpVisit,
  policy: string,
  change: Record<string, string> = {},
): Promise<string> {
  const location = await visit.send("/campaigns/new/send", { ...CAMPAIGN_FIELDS, policy, ...change });
  const reference = /CAM-\w{4}-\w{4}/.exec(location)?.[0];
  if (!reference) throw new Error(`The campaign was not prepared: ${location}.`);
  return reference;
}
