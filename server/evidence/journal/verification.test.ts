import { beforeEach, expect, it } from "vitest";
import { CHAIN_START, textToHash } from "#domain/evidence/journal/chain.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { sha256 } from "./repository.ts";
import { transact } from "./transact.ts";
import { verifyChains, type ChainReport, type KnownHead } from "./verification.ts";

const ROWS = 6;
/** The row that is tampered with. */
const ROW = 3;

const makeRow = (position: number) => ({
  body: "nottingham",
  position,
  event: "policy.acknowledged",
  at: new Date(position),
  actor: "a",
  subject: "s",
  policy: null,
  version: null,
  contentHash: null,
  data: "{}",
  commitment: null,
});

const event = (body: string, number: number): EvidenceEvent => ({
  body,
  event: "policy.declined",
  at: new Date(1_800_000_000_000 + number),
  actor: `person-${number}`,
  subject: `ACK-${number}`,
  on: { policy: "nao", version: "1", hash: `content-${number}` },
  data: { attempt: number },
  detail: { reason: `words ${number}` },
});

// Whoever owns the database can bypass its triggers. Each test does so, and checks that it is noticed.
describeOnEachDatabase("verifyChains", (database) => {
  let heads: KnownHead[];

  beforeEach(async () => {
    const numbers = Array.from({ length: ROWS }, (_, at) => at + 1);
    const evidence = ["cleveland-opcc", "nao"].flatMap((body) => numbers.map((number) => event(body, number)));
    await transact(() => Promise.resolve({ result: null, evidence }));
    heads = (await verifyChains(database().prisma)).map(({ body, head }) => ({ body, ...head }));
  });

  const tamper = (...statements: string[]) =>
    database().prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      for (const sql of statements) await tx.$executeRawUnsafe(sql);
    });
  /** Tampers with it, returns what is found, and then undoes the change. */
  const tampered = async (sql: string) => {
    let reports: ChainReport[] = [];
    const undo = new Error("undo");
    const change = database().prisma.$transaction(
      async (tx) => {
        await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
        await tx.$executeRawUnsafe(sql);
        reports = await verifyChains(tx);
        throw undo;
      },
      { timeout: 30_000 },
    );
    await expect(change).rejects.toBe(undo);
    return { nao: reports.find(({ body }) => body === "nao") };
  };
  const verify = async (known: readonly KnownHead[] = []): Promise<ChainReport> => {
    const [other, nao, ...more] = await verifyChains(database().prisma, known);
    expect([other?.body, other?.fault, more]).toEqual(["cleveland-opcc", null, []]);
    if (nao?.body !== "nao") throw new Error("There is no report on the chain.");
    return nao;
  };

  it("finds nothing wrong with what the portal wrote, and everything noted is still there", async () => {
    expect(await verify(heads)).toMatchObject({ head: { position: ROWS }, erased: 0, fault: null });
  });

  it("reports the row in which any column was changed", async () => {
    const changes = [
      `event = 'policy.acknowledged'`,
      `at = at + interval '1 millisecond'`,
      `at = 'infinity'`,
      `actor = 'person-9'`,
      `subject = 'ACK-9'`,
      `policy = 'nottingham'`,
      `policy = NULL`,
      `version = '2'`,
      `"contentHash" = 'other'`,
      `data = '{"attempt": ${ROW}}'`,
      `commitment = repeat('0', 64)`,
      `commitment = NULL`,
      `"previousHash" = repeat('0', 64)`,
      `hash = repeat('0', 64)`,
      `position = 99`,
      `body = 'elsewhere'`,
    ];
    const columns = await database().prisma.$queryRaw<{ name: string }[]>`
      SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'Evidence'`;
    for (const { name } of columns)
      expect(changes.map((change) => change.split(" = ")[0]?.replaceAll('"', ""))).toContain(name);
    for (const change of changes) {
      const { nao } = await tampered(`UPDATE "Evidence" SET ${change} WHERE body = 'nao' AND position = ${ROW}`);
      expect([change, nao?.fault?.position, nao?.head.position]).toEqual([change, ROW, ROW - 1]);
    }
    expect((await verify(heads)).fault).toBeNull();
  });

  it("reports both chains if a row was moved from one to the other", async () => {
    await tamper(
      `DELETE FROM "Evidence" WHERE body = 'cleveland-opcc' AND position = ${ROW}`,
      `UPDATE "Evidence" SET body = 'cleveland-opcc' WHERE body = 'nao' AND position = ${ROW}`,
    );
    const reports = await verifyChains(database().prisma);
    expect(reports.map(({ fault }) => fault?.position)).toEqual([ROW, ROW]);
  });

  it("reports the place where rows were removed", async () => {
    await tamper(`DELETE FROM "Evidence" WHERE body = 'nao' AND position IN (${ROW}, ${ROW + 1})`);
    expect((await verify()).fault).toMatchObject({
      position: ROW,
      problem: expect.stringMatching(/missing/) as string,
    });
  });

  it("reports the place even if later rows were moved up to close the gap", async () => {
    await tamper(
      `DELETE FROM "Evidence" WHERE body = 'nao' AND position = ${ROW}`,
      `DELETE FROM "EvidenceDetail" WHERE body = 'nao'`,
      `UPDATE "Evidence" SET position = position - 1 WHERE body = 'nao' AND position > ${ROW}`,
    );
    expect((await verify()).fault?.position).toBe(ROW);
  });

  it("reports the first of two rows that were swapped", async () => {
    await tamper(
      `UPDATE "Evidence" SET position = 99 WHERE body = 'nao' AND position = ${ROW}`,
      `UPDATE "Evidence" SET position = ${ROW} WHERE body = 'nao' AND position = ${ROW + 1}`,
      `UPDATE "Evidence" SET position = ${ROW + 1} WHERE body = 'nao' AND position = 99`,
    );
    expect((await verify()).fault?.position).toBe(ROW);
  });

  const copy = (position: number) =>
    `INSERT INTO "Evidence" SELECT body, ${position}, event, at, actor, subject, policy, version, "contentHash", data, commitment, "previousHash", repeat('a', 64)
       FROM "Evidence" WHERE body = 'nao' AND position = ${ROW}`;

  it.each([ROWS + 1, 0, -5])("reports a row inserted at %s", async (position) => {
    await tamper(copy(position));
    expect((await verify()).fault?.position).toBe(position);
  });

  it("reports a row inserted in between", async () => {
    await tamper(
      `UPDATE "Evidence" SET position = position + 100 WHERE body = 'nao' AND position > ${ROW}`,
      `UPDATE "Evidence" SET position = position - 99 WHERE body = 'nao' AND position > 100`,
      copy(ROW + 1),
    );
    expect((await verify()).fault?.position).toBe(ROW + 1);
  });

  it("notices that the newest rows were removed with their texts only if a head was noted", async () => {
    await tamper(
      `DELETE FROM "Evidence" WHERE body = 'nao' AND position > ${ROW}`,
      `DELETE FROM "EvidenceDetail" WHERE body = 'nao' AND position > ${ROW}`,
    );
    expect(await verify()).toMatchObject({ head: { position: ROW }, fault: null });
    expect((await verify(heads)).fault).toMatchObject({
      position: ROW + 1,
      problem: expect.stringMatching(/newest rows were cut off/) as string,
    });
  });

  it("notices removed rows whose texts were left behind", async () => {
    await tamper(`DELETE FROM "Evidence" WHERE body = 'nao' AND position > ${ROW}`);
    expect((await verify()).fault).toMatchObject({ position: ROW + 1 });
  });

  it("notices that everything is gone only if a head was noted", async () => {
    await tamper(`DELETE FROM "Evidence" WHERE body = 'nao'`, `DELETE FROM "EvidenceDetail" WHERE body = 'nao'`);
    expect((await verifyChains(database().prisma)).map(({ body }) => body)).toEqual(["cleveland-opcc"]);
    expect((await verify(heads)).fault).toMatchObject({ position: 1 });
  });

  it("reports the row whose hash differs from the one noted", async () => {
    const wrong = heads.map((head) => (head.body === "nao" ? { ...head, hash: "0".repeat(64) } : head));
    expect((await verify(wrong)).fault).toMatchObject({ position: ROWS });
  });

  it.each([`detail = '{"reason":"other words"}'`, `salt = 'other'`])(
    "names the row beside which somebody set %s",
    async (change) => {
      await tamper(`UPDATE "EvidenceDetail" SET ${change} WHERE body = 'nao' AND position = ${ROW}`);
      expect((await verify()).fault).toMatchObject({ position: ROW, problem: expect.stringMatching(/text/) as string });
    },
  );

  it("accepts erased texts, and counts them", async () => {
    await database().prisma.evidenceDetail.deleteMany({ where: { body: "nao", position: { lte: 2 } } });
    expect(await verify(heads)).toMatchObject({ erased: 2, fault: null });
  });

  it("reads page by page, and reports a row beyond the first page", async () => {
    const many = Array.from({ length: 1_050 }, (_, at) => makeRow(at + 1));
    let previousHash = CHAIN_START;
    const rows = many.map((row) => {
      const hash = sha256(textToHash({ ...row, previousHash }));
      const whole = { ...row, previousHash, hash };
      previousHash = hash;
      return whole;
    });
    await database().prisma.evidence.createMany({ data: rows });
    const report = async () => (await verifyChains(database().prisma)).find(({ body }) => body === "nottingham");
    expect(await report()).toMatchObject({ head: { position: 1_050, hash: previousHash }, fault: null });
    await tamper(`UPDATE "Evidence" SET actor = 'x' WHERE body = 'nottingham' AND position = 1040`);
    expect(await report()).toMatchObject({ head: { position: 1_039 }, fault: { position: 1_040 } });
  });
});
