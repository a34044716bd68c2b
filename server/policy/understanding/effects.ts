import { randomBytes, randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { checkSituationsOf, type CheckSituation } from "#domain/policy/understanding/check-situation.ts";
import { askingOrder, drawPair } from "#domain/policy/understanding/draw.ts";
import {
  beginAsking,
  neededOf,
  type OpenReading,
  type ReadingDemand,
  type Standing,
  NO_DEMAND,
} from "#domain/policy/understanding/reading.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import {
  findReading,
  insertPolicyReading,
  listPairsOf,
  lockDrawing,
  updateReading,
  type ReadingRecord,
} from "./repository.ts";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";

/**
 * The actor's reading of a version that they are asked to accept, begun now if it was not before: from then on it counts
 * how long they read, and their situations are drawn. It is no evidence, as a draft is none.
 * @returns null where nothing is asked of them before they accept
 */
export async function openReading(actor: Actor, version: PolicyVersion): Promise<OpenReading | null> {
  const demand = await getReadingDemand(actor, version.slug);
  if (!demand.checksUnderstanding && demand.readingMinutes <= 0) return null;
  return toOpenReading(await continueReading(actor, version, demand), version, demand);
}

/** The row of it, begun now if it was not before. */
export async function continueReading(actor: Actor, version: PolicyVersion, demand: ReadingDemand) {
  const of = { personId: actor.personId, policy: version.slug, version: version.version, hash: version.hash };
  const opened = await findReading(getDatabase(), of);
  if (opened && (!demand.checksUnderstanding || opened.seed !== null)) return opened;
  // The first time takes a second for a large table: not while a transaction is open.
  const situations = demand.checksUnderstanding ? checkSituationsOf(version.table) : [];
  return untilUnique("PolicyReading", () =>
    getDatabase().$transaction(async (tx) => {
      if (actor.team !== null) await lockDrawing(tx, actor.team, version.hash);
      const standing = await findReading(tx, of);
      if (standing && (!demand.checksUnderstanding || standing.seed !== null)) return standing;
      const drawn = demand.checksUnderstanding ? await draw(tx, actor, version, situations) : {};
      if (standing) await updateReading(tx, standing.id, drawn);
      else
        await insertPolicyReading(tx, { id: randomUUID(), body: actor.body, ...of, openedAt: clock.now(), ...drawn });
      const row = await findReading(tx, of);
      if (!row) throw new Error("The reading that was just begun is not there.");
      return row;
    }),
  );
}

async function draw(tx: Tx, { team }: Actor, { hash }: PolicyVersion, situations: readonly CheckSituation[]) {
  const seed = randomBytes(16).toString("hex");
  const drawn = drawPair(situations, seed, team === null ? [] : await listPairsOf(tx, team, hash));
  const order = drawn ? askingOrder(situations, seed, drawn.pair) : [];
  return {
    seed,
    drawnFor: team,
    pair: drawn?.pair ?? null,
    round: drawn?.round ?? null,
    ...storedStanding(beginAsking(order)),
  };
}

/** Where somebody is with the situations, as it is stored. */
export const storedStanding = ({ asked, seen, right, missed, chosen, hasPassed }: Standing) => ({
  asked,
  seen: [...seen],
  right: [...right],
  missed,
  chosen,
  passedAt: hasPassed ? clock.now() : null,
});

function toOpenReading(row: ReadingRecord, version: PolicyVersion, demand: ReadingDemand): OpenReading {
  const { openedAt } = row;
  const passedAt = row.pair === null ? null : row.passedAt; // nothing was asked: there was nothing to ask
  if (!demand.checksUnderstanding || row.passedAt) return { demand, openedAt, passedAt, asking: null };
  const { asked, order } = situationAskedIn(row, version);
  const missed = order.find(({ id }) => id === row.missed) ?? null;
  const done = { right: row.right.length, needed: neededOf(order) };
  return { demand, openedAt, passedAt, asking: asked && { asked, ...done, missed, chosen: row.chosen } };
}

/** The situation that waits for an answer; where the portal has learnt to ask others since, the next of these. */
export function situationAskedIn({ seed, pair, asked, seen }: ReadingRecord, { table }: PolicyVersion) {
  const order = askingOrder(checkSituationsOf(table), seed ?? "", pair ?? "");
  const waiting = order.find(({ id }) => id === asked) ?? order.find(({ id }) => !seen.includes(id)) ?? order[0];
  return { order, asked: waiting ?? null };
}

/** What is asked of the actor before they can accept a policy: what the campaign says by which they are asked. */
export async function getReadingDemand(actor: Actor, slug: string): Promise<ReadingDemand> {
  const { campaign } = (await getOwnStanding(actor, slug)) ?? {};
  if (!campaign) return NO_DEMAND;
  const { checksUnderstanding, readingMinutes } = campaign;
  return { checksUnderstanding, readingMinutes };
}
