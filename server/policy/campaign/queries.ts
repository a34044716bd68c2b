import "server-only";
import { cache } from "react";
import type { CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listStartedTerms } from "./repository.ts";

/**
 * The campaigns of a body that were ever started: who is asked for which version, and by when. Queried once per
 * request. The caller shows somebody only what concerns them.
 */
export const listCampaignTerms = cache((body: string): Promise<CampaignTerms[]> =>
  listStartedTerms(getDatabase(), body),
);
