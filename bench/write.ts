import { createHash } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { ChainCheck, type EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { useDatabase } from "#server/base/db/database.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { recordReleases } from "#server/policy/policy/service.ts";
import { acceptByHand, type AcceptedVersion } from "./hand-written-sql.ts";
import { lineOf, median, type Part } from "./line.ts";
import { BODY } from "./portal-page.ts";
import { openEmbeddedForWriting, openPostgresqlForWriting, type WriteDatabase } from "./write-database.ts";

/** The first two warm up. */
const ROUNDS = 17;
const WARM_UP_ROUNDS = 2;
const WRITES = 20;

/** Time of recording that somebody accepts a policy, one after the other, against the same rows by hand-written SQL. */
export const benchWrite: Part = async (print, say) => {
  for (const open of [openEmbeddedForWriting, openPostgresqlForWriting]) {
    const database = await open();
    if (!database) {
      say("write: no PostgreSQL was found, so only the embedded database is measured");
      continue;
    }
    try {
      const { kind } = database.portal;
      say(`write: ${kind}`);
      const { ours, peers } = await measure(database);
      await compare(database.plain);
      const name = `write/${kind}`;
      print(lineOf({ name, value: median(ours), unit: "ms", peer: "hand-written SQL", peerValue: median(peers) }));
    } finally {
      useDatabase(undefined);
      await database.close();
    }
  }
};

async function measure({ portal, plain }: WriteDatabase): Promise<{ ours: number[]; peers: number[] }> {
  useDatabase(portal);
  await recordReleases();
  const people = await addPeople(plain, 2 * ROUNDS * WRITES);
  const accepted = await versionToAccept(people[0]);
  const ours: number[] = [];
  const peers: number[] = [];
  const next = () => {
    const person = people.pop();
    if (!person) throw new Error("There are fewer people than writes.");
    return person;
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (let write = 0; write < WRITES; write++) {
      const time = await timed(async (person) => {
        const sent = { ...accepted, slug: accepted.policy, answer: "accepted", reason: "" };
        const { code } = await acknowledgePolicy(person, sent);
        if (code !== "recorded") throw new Error(`The portal answered "${code}" to an acceptance.`);
      }, next());
      if (round >= WARM_UP_ROUNDS) ours.push(time);
    }
    for (let write = 0; write < WRITES; write++) {
      const time = await timed((person) => acceptByHand(plain, person, accepted), next());
      if (round >= WARM_UP_ROUNDS) peers.push(time);
    }
  }
  return { ours, peers };
}

/** @returns milliseconds */
async function timed(write: (person: Actor) => Promise<void>, person: Actor): Promise<number> {
  const start = performance.now();
  await write(person);
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

/** @throws Error unless both wrote the same rows, apart from who, when and where in the chain, and the chain holds */
async function compare(plain: WriteDatabase["plain"]): Promise<void> {
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
  const written = 2 * ROUNDS * WRITES;
  if ([acknowledgements, evidence].some((counts) => counts.join() !== String(written)) || details.length > 0)
    throw new Error("The portal and the hand-written SQL do not write the same rows: correct hand-written-sql.ts.");
  const check = new ChainCheck(BODY, (text) => createHash("sha256").update(text, "utf8").digest("hex"));
  const rows = await plain.query<EvidenceRow>(`SELECT * FROM "Evidence" WHERE body = $1 ORDER BY position`, [BODY]);
  for (const row of rows) {
    const fault = check.next(row, undefined);
    if (fault) throw new Error(`The chain of evidence is broken at row ${fault.position}: ${fault.problem}.`);
  }
}
