import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { nameOfHead, type PublishedHead } from "#domain/evidence/head/head.ts";
import { rootOf } from "#domain/evidence/head/merkle.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { minutesUntilNextTry, MOST_TRIES } from "#domain/evidence/outbox/content.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Job } from "#server/base/job.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { takeSigner } from "#server/evidence/signing-key/signer.ts";
import {
  claimTimeStamp,
  countRows,
  findNewestHead,
  insertHead,
  readTree,
  storeNodes,
  writeTimeStamp,
} from "./repository.ts";
import { fetchTimeStamp, TimeStampFailure, type TimeStampSource } from "./time-stamp-reader.ts";

/** Publishes a head of each body a day, where rows were added since the last one. */
export const PUBLISH_HEADS: Job = {
  name: "publish-heads",
  title: "Publish the day’s head of the evidence",
  // Again through the day: the portal may not have been running at four.
  cron: "35 4-23 * * *",
  async run(at) {
    const published: string[] = [];
    const failures: unknown[] = [];
    for (const body of (await loadContent()).bodies)
      try {
        if (await publishHead(body, at)) published.push(body.slug);
      } catch (error) {
        failures.push(error); // the other bodies still get theirs
      }
    const words = failures.map((one) => (one instanceof Error ? one.message : String(one)));
    if (words.length > 0) throw new AggregateError(failures, words.join(" "));
    return published.length === 0 ? "Nothing new to publish" : `Published for ${published.join(", ")}`;
  },
};

/**
 * @returns whether there is a new head
 * @throws Error where the rows no longer come to the head that was published last: then none is
 */
async function publishHead({ slug: body, timeStamps }: Body, at: Date): Promise<boolean> {
  const tx = getDatabase();
  const last = await findNewestHead(tx, body);
  if (last && calendarDay(last.at) === calendarDay(at)) return false;
  if ((await countRows(tx, body)) === (last?.size ?? 0)) return false;
  const signer = await takeSigner(body); // comes first: making a key is a row, too
  const size = await countRows(tx, body);
  await storeNodes(tx, body, size);
  const tree = readTree(tx, body);
  if (last && (last.size > size || (await rootOf(tree, last.size)) !== last.root))
    throw new Error(`The evidence of ${body} does not continue its head of ${last.size} rows: run evidence:verify.`);
  const root = await rootOf(tree, size);
  const head: PublishedHead = { schemaVersion: 1, kind: "head", body, size, root, at: at.toISOString() };
  const jws = await signer.sign(Buffer.from(JSON.stringify(head), "utf8"));
  return transact(async (change) => ({
    result: await insertHead(change, { body, size, root, at, jws }, timeStamps !== undefined),
    evidence: [], // it follows from the rows, and says nothing new
  }));
}

const CLAIM_MS = 2 * 60_000;
const MINUTE_MS = 60_000;

/** Asks the authorities for the time-stamps that are due. What is missing after the last try is recorded as evidence. */
export const ASK_FOR_TIME_STAMPS: Job = {
  name: "ask-for-time-stamps",
  title: "Ask for time-stamps on heads of the evidence",
  cron: "*/5 * * * *",
  async run(at) {
    const { bodies } = await loadContent();
    const asked = new Map(bodies.flatMap((body) => (body.timeStamps ? [[body.slug, sourceOf(body)] as const] : [])));
    const counts = { given: 0, waiting: 0, missed: 0 };
    for (;;) {
      const due = await claimTimeStamp(getDatabase(), [...asked.keys()], at, new Date(at.getTime() + CLAIM_MS));
      const source = due && asked.get(due.body);
      if (!due || !source) break;
      counts[await askFor(due, source, at)]++;
    }
    const { given, waiting, missed } = counts;
    return given + waiting + missed === 0
      ? "Nothing to ask for"
      : `${given} given, ${waiting} to be tried again, ${missed} given up`;
  },
};

function sourceOf({ timeStamps, timeStampCertificates: trusted = "" }: Body): TimeStampSource {
  return { url: timeStamps?.authority ?? "", trusted, policy: timeStamps?.policy };
}

async function askFor(
  { body, size, tries, jws }: { body: string; size: number; tries: number; jws: string },
  source: TimeStampSource,
  at: Date,
): Promise<"given" | "waiting" | "missed"> {
  const key = { body, size };
  try {
    const { response, stampedAt } = await fetchTimeStamp(Buffer.from(jws, "ascii"), source, () => clock.now());
    const answer = Buffer.from(response).toString("base64");
    await writeTimeStamp(getDatabase(), key, { state: "given", stampedAt, response: answer });
    return "given";
  } catch (error) {
    if (!(error instanceof TimeStampFailure)) throw error;
    console.warn(`The head of ${size} rows of ${body} was not time-stamped at try ${tries}:`, error);
    if (tries < MOST_TRIES) {
      const nextTryAt = new Date(at.getTime() + minutesUntilNextTry(tries) * MINUTE_MS);
      await writeTimeStamp(getDatabase(), key, { nextTryAt, reason: error.message });
      return "waiting";
    }
    return transact(async (tx): Promise<Change<"missed">> => {
      await writeTimeStamp(tx, key, { state: "missed", reason: error.message });
      const data = { size, tries };
      const missed = {
        body,
        event: "evidence.time-stamp-missed",
        at,
        actor: PORTAL_ACTOR,
        subject: nameOfHead(key),
        data,
      } as const;
      return { result: "missed", evidence: [missed] };
    });
  }
}
