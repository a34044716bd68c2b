import { createHash } from "node:crypto";
import { type ApiAnswer, found } from "#domain/answers/api/evaluation-schema.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { findWrite, holdKey, insertWrite } from "./repository.ts";

/** A write of a program: with the same key it is done once. */
export interface Write {
  tokenId: string;
  /** The header Idempotency-Key. */
  key: string;
  /** What it is asked to do: the address and what was sent. */
  asked: unknown;
}

/** The answer that a write got before; null if it was not done. A key that something else was sent with is refused. */
export async function findEarlier<Resource>(write: Write, tx: Tx = getDatabase()): Promise<ApiAnswer<Resource> | null> {
  const earlier = await findWrite(tx, write.tokenId, write.key);
  if (!earlier) return null;
  return earlier.fingerprint === fingerprintOf(write)
    ? found(earlier.answer as Resource)
    : { ok: false, code: "key-reused" };
}

/**
 * Does a write once, and keeps its answer in the same transaction.
 * @param change what it does, and its answer, which can be written as JSON; or, before it does anything, why not
 */
export async function writeOnce<Resource extends object>(
  write: Write,
  change: (tx: Tx, at: Date) => Promise<ApiAnswer<Resource>>,
): Promise<ApiAnswer<Resource>> {
  const done = (result: ApiAnswer<Resource>): Change<ApiAnswer<Resource>> => ({ result, evidence: [] });
  return transact(async (tx) => {
    if (!(await holdKey(tx, write.tokenId, write.key))) return done({ ok: false, code: "key-in-use" });
    const earlier = await findEarlier<Resource>(write, tx);
    if (earlier) return done(earlier);
    const at = clock.now();
    const answer = await change(tx, at);
    if (!answer.ok) return done(answer);
    const { tokenId, key } = write;
    await insertWrite(tx, { tokenId, key, fingerprint: fingerprintOf(write), answer: { ...answer.resource }, at });
    return done(answer);
  });
}

function fingerprintOf({ asked }: Write): string {
  return createHash("sha256").update(JSON.stringify(asked, inOrder), "utf8").digest("hex");
}

/** The same object with its names in another order is the same request. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
