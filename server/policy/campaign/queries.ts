import { cache } from "react";
import type { CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listCampaignRows, listStartedTerms, type CampaignRecord } from "./repository.ts";

/**
 * The campaigns of a body that were ever started: who is asked for which version, and by when. Queried once per
 * request. The caller shows somebody only what concerns them.
 */
export const listCampaignTerms = cache((body: string): Promise<CampaignTerms[]> =>
  listStartedTerms(getDatabase(), body),
);
export { listTeamsNamed } from "./repository.ts";

/** The campaigns of a body that were ever started, with when they were started and ended. For what has authorised already. */
export async function listStartedCampaigns(body: string): Promise<(CampaignRecord & { startedAt: Date })[]> {
  const campaigns = await listCampaignRows(getDatabase(), body);
  return campaigns.flatMap(({ startedAt, ...campaign }) => (startedAt ? [{ ...campaign, startedAt }] : []));
}
