import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findOffSince } from "./digest-repository.ts";

/** Whether the actor wants the digest on working days. */
export async function wantsDigest({ personId }: Actor): Promise<boolean> {
  return (await findOffSince(getDatabase(), personId)) === null;
}
