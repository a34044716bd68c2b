import { createHmac } from "node:crypto";
import { RateLimiterMemory, RateLimiterPrisma, RateLimiterRes, RLWrapperTimeouts } from "rate-limiter-flexible";
import { findTokenReference } from "#server/access/api-token/queries.ts";
import { findSessionPerson } from "#server/access/identity/queries.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import type { PrismaClient } from "#server/base/db/generated/client.ts";
import { type Env, getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";

export type LimitKind = keyof Env["limits"];

const SECONDS = 60;
/** A request has five seconds in all; if the database has not answered by then, this server counts on its own. */
const KNOWN_WITHIN_MS = 800;

/** What the front handler knows about a request (server/shell/http/front-handler.mjs). */
export interface AskedRequest {
  kind: LimitKind;
  /** Where it comes from, according to the proxy settings: an address, or for IPv6 the network of one household. */
  network: string;
  cookie: string | null;
  authorization: string | null;
}

/**
 * Counts a request towards its limit: that of its token or person, or else that of the address it comes from.
 * @returns how many seconds to wait; null if it may proceed
 */
export const limitRequest = async (asked: AskedRequest) => limit(asked.kind, await keyOf(asked));

/**
 * Counts one use towards a limit, across all servers that share the database. If the database does not answer, this
 * server counts on its own.
 * @param key whom the limit is for; only text that the database can store
 * @returns how many seconds to wait; null if it may proceed
 */
export async function limit(kind: LimitKind, key: string): Promise<number | null> {
  try {
    await limiterOf(kind).consume(key);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  }
}

// One for each database: tests have several.
const limiters = new WeakMap<object, Map<LimitKind, RLWrapperTimeouts>>();

function limiterOf(kind: LimitKind): RLWrapperTimeouts {
  const storeClient = getDatabase();
  const known = limiters.get(storeClient) ?? new Map<LimitKind, RLWrapperTimeouts>();
  limiters.set(storeClient, known);
  const limiter = known.get(kind) ?? makeLimiter(kind, storeClient);
  known.set(kind, limiter);
  return limiter;
}

/** The library's, except for its step that takes two statements: it first deletes what has expired, then counts. */
class OneStatementLimiter extends RateLimiterPrisma {
  private readonly database: PrismaClient;

  constructor(
    database: PrismaClient,
    options: Omit<ConstructorParameters<typeof RateLimiterPrisma>[0], "storeClient">,
  ) {
    super({ ...options, storeClient: database });
    this.database = database;
  }

  /** Called by the library. */
  _upsert(key: string, points: number, durationMs: number, isAnew = false): Promise<Count> {
    const now = new Date();
    const expire = durationMs > 0 ? new Date(now.getTime() + durationMs) : null;
    return addToCount(this.database, { key, points, expire, now, isAnew });
  }
}

function makeLimiter(kind: LimitKind, storeClient: PrismaClient): RLWrapperTimeouts {
  const options = { keyPrefix: kind, points: getEnv().limits[kind], duration: SECONDS };
  const limiter = new OneStatementLimiter(storeClient, {
    ...options,
    tableName: "rateLimit",
    clearExpiredByTimeout: false,
    // Requests over the limit cost the database nothing more until the minute is over.
    inMemoryBlockOnConsumed: options.points + 1,
    insuranceLimiter: new RateLimiterMemory(options),
  });
  return new RLWrapperTimeouts({ limiter, timeoutMs: KNOWN_WITHIN_MS });
}

async function keyOf({ kind, network, cookie, authorization }: AskedRequest): Promise<string> {
  if (kind === "signIn" || kind === "embed") return networkKey(network);
  const isProgram = kind === "api" || kind === "scim";
  const known = isProgram ? findTokenReference(authorization) : findSessionPerson(cookie);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), KNOWN_WITHIN_MS)));
  const found = await Promise.race([known.catch(() => null), late]).finally(() => clearTimeout(timer));
  return found ?? networkKey(network);
}

/** Not the address itself, which may be personal data. */
const networkKey = (network: string): string =>
  createHmac("sha256", readAuthSecret(getEnv())).update(`limit/${network}`).digest("base64url").slice(0, 22);

/** Deletes what was counted before this moment. @returns how many rows */
export const forgetLimits = async (at: Date): Promise<number> => deleteLimitsBefore(getDatabase(), at);

interface Count {
  points: number;
  /** When it stops counting; null for never. */
  expire: Date | null;
}

/**
 * Counts uses in one statement, so that none is lost if many happen at once: adds to those before, or starts anew if
 * their time is over.
 * @param isAnew starts anew whatever was counted before
 * @returns the count now
 */
async function addToCount(
  tx: Tx,
  { key, points, expire, now, isAnew }: Count & { key: string; now: Date; isAnew: boolean },
): Promise<Count> {
  const rows = await tx.$queryRaw<Count[]>`
    INSERT INTO "RateLimit" AS counted (key, points, expire) VALUES (${key}, ${points}, ${expire})
    ON CONFLICT (key) DO UPDATE SET
      points = excluded.points + CASE WHEN ${isAnew} OR counted.expire <= ${now} THEN 0 ELSE counted.points END,
      expire = CASE WHEN ${isAnew} OR counted.expire <= ${now} THEN excluded.expire ELSE counted.expire END
    RETURNING points, expire`;
  const [counted] = rows;
  if (!counted) throw new Error("What was counted is not there.");
  return counted;
}

async function deleteLimitsBefore(tx: Tx, before: Date): Promise<number> {
  const { count } = await tx.rateLimit.deleteMany({ where: { expire: { lt: before } } });
  return count;
}
