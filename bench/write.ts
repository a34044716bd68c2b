import { createHash, randomUUID } from "node:crypto";
import type { Actor } from "../domain/access/permission/permission.ts";
import {
  CHAIN_START,
  ChainCheck,
  type ChainHead,
  type EvidenceRow,
  textToHash,
} from "#domain/evidence/journal/chain.ts";
import { useDatabase } from "#server/base/db/database.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { recordReleases } from "#server/policy/policy/service.ts";
import { type Line, lineOf, median, type Part } from "./line.ts";
import { BODY } from "./portal-page.ts";
import { openEmbeddedForWriting, openPostgresqlForWriting, type WriteDatabase } from "./write-database.ts";

/** The first two warm up. */
const ROUNDS = 17;
const WARM_UP_ROUNDS = 2;
const WRITES = 20;
const AT_ONCE = 50;

interface Times {
  ours: number[];
  peers: number[];
}

/** Records one acceptance. */
type Write = (person: Actor) => Promise<void>;

/**
 * Time of recording that somebody accepts a policy, one after the other, against the same rows by hand-written SQL; on
 * PostgreSQL also until fifty people have, who all accept it at once.
 */
export const benchWrite: Part = async (print, say) => {
  for (const open of [openEmbeddedForWriting, openPostgresqlForWriting]) {
    const database = await open();
    if (!database) {
      say("write: no PostgreSQL was found, so only the embedded database is measured");
      continue;
    }
    try {
      const { kind } = database.portal;
      const isServer = kind === "postgresql";
      say(`write: ${kind}`);
      useDatabase(database.portal);
      await recordReleases();
      const people = await addPeople(database.plain, 2 * ROUNDS * (WRITES + (isServer ? AT_ONCE : 0)));
      const written = people.length;
      const accepted = await versionToAccept(people[0]);
      const oneByOne = await measure(database, people, accepted, acceptOneByOne);
      const atOnce = isServer ? await measure(database, people, accepted, acceptAtOnce) : null;
      await compare(database.plain, written);
      print(lineFrom(`write/${kind}`, oneByOne));
      if (atOnce) print(lineFrom(`write/${kind}/${AT_ONCE}`, atOnce));
    } finally {
      useDatabase(undefined);
      await database.close();
    }
  }
};

function lineFrom(name: string, { ours, peers }: Times): Line {
  return lineOf({ name, value: median(ours), unit: "ms", peer: "hand-written SQL", peerValue: median(peers) });
}

/** Has both write in turns. @param people those who have accepted are removed from it */
async function measure(
  { plain }: WriteDatabase,
  people: Actor[],
  accepted: AcceptedVersion,
  accept: (write: Write, people: Actor[]) => Promise<number[]>,
): Promise<Times> {
  const sent = { ...accepted, slug: accepted.policy, answer: "accepted", reason: "" };
  const byPortal: Write = async (person) => {
    const { code } = await acknowledgePolicy(person, sent);
    if (code !== "recorded") throw new Error(`The portal answered "${code}" to an acceptance.`);
  };
  const byHand: Write = (person) => acceptByHand(plain, person, accepted);
  const times: Times = { ours: [], peers: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const [ours, peers] = [await accept(byPortal, people), await accept(byHand, people)];
    if (round < WARM_UP_ROUNDS) continue;
    times.ours.push(...ours);
    times.peers.push(...peers);
  }
  return times;
}

/** @returns milliseconds of each acceptance */
async function acceptOneByOne(write: Write, people: Actor[]): Promise<number[]> {
  const times: number[] = [];
  for (const person of people.splice(0, WRITES)) times.push(await timed(() => write(person)));
  return times;
}

/** @returns milliseconds until the last of them is recorded */
async function acceptAtOnce(write: Write, people: Actor[]): Promise<number[]> {
  const all = people.splice(0, AT_ONCE);
  return [await timed(() => Promise.all(all.map(write)))];
}

/** @returns milliseconds */
async function timed(step: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await step();
  return performance.now() - start;
}

async function addPeople(plain: WriteDatabase["plain"], count: number): Promise<Actor[]> {
  const people = Array.from({ length: count }, (_, at): Actor => {
    const id = `bench-${at + 1}`;
    return {
      personId: id,
      name: id,
      email: `${id}@invalid`,
      roles: ["employee"],
      body: BODY,
      employer: BODY,
      team: null,
    };
  });
  await plain.query(
    `INSERT INTO "Person" (id, name, email, roles, body, employer)
     SELECT id, id, id || '@invalid', '{employee}', $2, $2 FROM unnest($1::text[]) AS id`,
    [people.map(({ personId }) => personId), BODY],
  );
  return people;
}

async function versionToAccept(actor: Actor | undefined): Promise<AcceptedVersion> {
  const current = actor && (await getOwnPolicy(actor, BODY))?.current;
  if (!current) throw new Error(`The policy ${BODY} has no version that can be accepted.`);
  const { slug, version, hash, frontMatter } = current;
  return { policy: slug, version, hash, statement: frontMatter.acknowledgement };
}

/**
 * @throws Error unless both wrote the same rows, apart from who, when and where in the chain, and the chain is valid
 */
async function compare(plain: WriteDatabase["plain"], written: number): Promise<void> {
  const kinds = async (sql: string) =>
    (await plain.query<{ row: unknown; count: number }>(sql)).map(({ count }) => count);
  const acknowledgements = await kinds(
    `SELECT to_jsonb(a) - ARRAY['id', 'reference', 'personId', 'givenAt'] AS row, count(*)::int AS count
       FROM "Acknowledgement" a GROUP BY 1`,
  );
  const evidence = await kinds(
    `SELECT to_jsonb(e) - ARRAY['position', 'at', 'actor', 'subject', 'previousHash', 'hash'] AS row, count(*)::int AS count
       FROM "Evidence" e WHERE event <> 'policy.released' GROUP BY 1`,
  );
  const details = await plain.query(`SELECT * FROM "EvidenceDetail"`);
  if ([acknowledgements, evidence].some((counts) => counts.join() !== String(written)) || details.length > 0)
    throw new Error("The portal and the hand-written SQL do not write the same rows: correct the SQL of this file.");
  const check = new ChainCheck(BODY, (text) => createHash("sha256").update(text, "utf8").digest("hex"));
  const rows = await plain.query<EvidenceRow>(`SELECT * FROM "Evidence" WHERE body = $1 ORDER BY position`, [BODY]);
  for (const row of rows) {
    const fault = check.next(row, undefined);
    if (fault) throw new Error(`The chain of evidence is broken at row ${fault.position}: ${fault.problem}.`);
  }
}

/** What is accepted: one version, as its page showed it. */
interface AcceptedVersion {
  policy: string;
  version: string;
  hash: string;
  statement: string;
}

const INSERT_ACKNOWLEDGEMENT = `INSERT INTO "Acknowledgement"
  (id, reference, body, "personId", policy, version, hash, attempt, answer, statement, "givenAt")
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'accepted', $9, $10)`;
// Two statements, because the head has to be read after the wait. The lock number is the portal's own, so each waits
// for the other.
const LOCK_CHAIN = `SELECT pg_advisory_xact_lock(20261, hashtext($1))`;
const FIND_HEAD = `SELECT position, hash FROM "Evidence" WHERE body = $1 ORDER BY position DESC LIMIT 1`;
const INSERT_EVIDENCE = `INSERT INTO "Evidence"
  (body, position, event, at, actor, subject, policy, version, "contentHash", data, "previousHash", hash)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

/**
 * The acknowledgement written with the least SQL possible: the same two rows, chained the same way, in one transaction,
 * without checking permissions, which version is current, or earlier answers.
 */
async function acceptByHand(
  plain: WriteDatabase["plain"],
  { body, personId }: Actor,
  { policy, version, hash: contentHash, statement }: AcceptedVersion,
): Promise<void> {
  const at = new Date();
  const reference = makeReference("ACK");
  const attempt = 1;
  await plain.transaction(async (tx) => {
    const id = randomUUID();
    const values = [id, reference, body, personId, policy, version, contentHash, attempt, statement, at];
    await tx.query(INSERT_ACKNOWLEDGEMENT, values);
    await tx.query(LOCK_CHAIN, [body]);
    const [head = { position: 0, hash: CHAIN_START }] = await tx.query<ChainHead>(FIND_HEAD, [body]);
    const data = JSON.stringify({ attempt });
    const position = head.position + 1;
    const about = { actor: personId, subject: reference, policy, version, contentHash, data, commitment: null };
    const row = { body, position, event: "policy.acknowledged", at, ...about, previousHash: head.hash };
    const hash = createHash("sha256").update(textToHash(row), "utf8").digest("hex");
    await tx.query(INSERT_EVIDENCE, [
      body,
      position,
      row.event,
      at,
      personId,
      reference,
      policy,
      version,
      contentHash,
      data,
      head.hash,
      hash,
    ]);
  });
}
