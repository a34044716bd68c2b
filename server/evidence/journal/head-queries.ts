import "server-only";
import type { ChainHead } from "#domain/evidence/journal/chain.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findHeadBefore } from "./repository.ts";

/** Where a body's chain stood at a moment: its last row before it; position 0 where there is none. For what has authorised already. */
export async function getHeadBefore(body: string, before: Date): Promise<ChainHead> {
  return findHeadBefore(getDatabase(), body, before);
}
