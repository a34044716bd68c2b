import { beforeEach, describe, expect, it } from "vitest";
import { CHAIN_START } from "#domain/evidence/journal/chain.ts";
import {
  EVIDENCE_EVENT_LABELS,
  EVIDENCE_EVENTS,
  type EvidenceEvent,
  sentenceOf,
} from "#domain/evidence/journal/event.ts";
import { recordReleases } from "#server/policy/policy/service.ts";
import { useDatabase } from "#server/base/db/database.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { createPostgresqlDatabase, describeOnEachDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { startStatementProxy } from "../../../scripts/test-statements.mjs";
import { transact } from "./transact.ts";
import { verifyChains } from "./verification.ts";

const AT = new Date("2026-11-22T21:14:00.123Z");

const event = (body: string, subject: string, more: Partial<EvidenceEvent> = {}): EvidenceEvent => ({
  body,
  event: "policy.acknowledged",
  at: AT,
  actor: "person-1",
  subject,
  ...more,
});
const record = (body: string, subject: string) =>
  transact(() => Promise.resolve({ result: subject, evidence: [event(body, subject)] }));

describeOnEachDatabase("transact", (database) => {
  const positionsOf = async (body: string) =>
    (await database().prisma.evidence.findMany({ where: { body }, orderBy: { position: "asc" } })).map(
      ({ position }) => position,
    );

  it("writes state, evidence and the text beside it together", async () => {
    const on = { policy: "nao", version: "1", hash: "c0ffee" };
    const result = await transact(async (tx) => {
      await tx.team.create({ data: { id: "t1", body: "nao", name: "Office" } });
      return {
        result: "done",
        evidence: [event("nao", "ACK-1", { on, data: { attempt: 2 }, detail: { reason: "Zoë’s words" } })],
      };
    });
    expect(result).toBe("done");
    const { prisma } = database();
    const row = await prisma.evidence.findFirstOrThrow();
    expect(row).toMatchObject({
      body: "nao",
      position: 1,
      event: "policy.acknowledged",
      at: AT,
      actor: "person-1",
      subject: "ACK-1",
      policy: "nao",
      version: "1",
      contentHash: "c0ffee",
      data: '{"attempt":2}',
      previousHash: CHAIN_START,
    });
    expect(JSON.stringify(row)).not.toContain("words");
    expect(await prisma.evidenceDetail.findFirst()).toMatchObject({ position: 1, detail: '{"reason":"Zoë’s words"}' });
    expect(await prisma.team.count()).toBe(1);
  });

  it("writes neither if the change or its evidence fails", async () => {
    const { prisma } = database();
    const failing = transact(async (tx) => {
      await tx.team.create({ data: { id: "t1", body: "nao", name: "Office" } });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    const unwritable = transact(async (tx) => {
      await tx.team.create({ data: { id: "t1", body: "nao", name: "Office" } });
      return { result: null, evidence: [event("nao", "ACK-1"), event("nao", "no\0text")] };
    });
    await expect(unwritable).rejects.toThrow();
    expect([await prisma.team.count(), await prisma.evidence.count(), await prisma.evidenceDetail.count()]).toEqual([
      0, 0, 0,
    ]);
    await record("nao", "ACK-2");
    expect(await positionsOf("nao")).toEqual([1]);
  });

  it("gives fifty at once positions 1 to 50, in each of several bodies, without a gap", async () => {
    const subjects = Array.from({ length: 50 }, (_, at) => `ACK-${at}`);
    const bodies = ["nao", "nottingham", "cleveland-opcc"];
    await Promise.all(subjects.flatMap((subject) => bodies.map((body) => record(body, subject))));
    for (const body of bodies) expect(await positionsOf(body)).toEqual(subjects.map((_, at) => at + 1));
    const reports = await verifyChains(database().prisma);
    expect(reports.map(({ head, fault }) => [head.position, fault])).toEqual(bodies.map(() => [50, null]));
  });

  it("does not deadlock on changes to the same bodies in any order", async () => {
    const both = (subject: string, bodies: string[]) =>
      transact(() => Promise.resolve({ result: null, evidence: bodies.map((body) => event(body, subject)) }));
    const changes = Array.from({ length: 20 }, (_, at) =>
      both(`S-${at}`, at % 2 ? ["nao", "nottingham"] : ["nottingham", "nao"]),
    );
    await Promise.all(changes);
    expect((await positionsOf("nao")).length + (await positionsOf("nottingham")).length).toBe(40);
  });
});

describe.runIf(ENGINES.includes("postgresql"))("what a change sends to the database", () => {
  it("locks the chains last, and nothing but the commit follows", async () => {
    const { url, sessionUrl, drop } = await createPostgresqlDatabase();
    const proxy = await startStatementProxy(url);
    const { statements } = proxy;
    const database = await openPostgresql(proxy.url, MIGRATIONS, { sessionUrl });
    try {
      useDatabase(database);
      await addPerson(database, "person-1");
      statements.length = 0;
      const notice = { body: "nao", to: "person-1", kind: "hold-placed", subject: "Keep", href: "/holds" } as const;
      await transact(async (tx) => {
        await tx.team.create({ data: { id: "t1", body: "nao", name: "Office" } });
        const evidence = [event("nottingham", "S-1"), event("nao", "S-1", { detail: { reason: "words" } })];
        return { result: null, evidence, notices: [{ ...notice, paragraphs: ["Delete nothing."] }] };
      });
      const first = statements.findIndex((text) => /advisory|lock|append_evidence/.test(text));
      expect(first).toBeGreaterThan(1);
      expect(statements.slice(first).map((text) => text.replace(/\(.*/, ""))).toEqual([
        "SELECT append_evidence",
        "SELECT append_evidence",
      ]);
      expect(await database.prisma.evidence.count()).toBe(2);
    } finally {
      await database.close();
      await proxy.close();
      await drop();
    }
  });
});

describeOnEachDatabase("the database itself", (database) => {
  beforeEach(async () => {
    const evidence = [event("nao", "ACK-1", { detail: { reason: "words" } })];
    await transact(() => Promise.resolve({ result: null, evidence }));
  });

  it.each([
    `UPDATE "Evidence" SET actor = 'x'`,
    `UPDATE "Evidence" SET hash = hash WHERE position = 1`,
    `DELETE FROM "Evidence"`,
    `DELETE FROM "Evidence" WHERE position = 1`,
    `TRUNCATE "Evidence"`,
    `TRUNCATE "Evidence" CASCADE`,
    `UPDATE "EvidenceDetail" SET detail = 'x'`,
    `TRUNCATE "EvidenceDetail"`,
    `INSERT INTO "Evidence" SELECT * FROM "Evidence" ON CONFLICT (body, position) DO UPDATE SET actor = 'x'`,
    `MERGE INTO "Evidence" e USING (SELECT 1 AS position) s ON e.position = s.position WHEN MATCHED THEN DELETE`,
  ])("refuses %s", async (sql) => {
    await expect(database().prisma.$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
    expect(await database().prisma.evidence.count()).toBe(1);
    expect(await database().prisma.evidenceDetail.count()).toBe(1);
  });

  it("allows a text to be erased, and the chain stays valid", async () => {
    await database().prisma.evidenceDetail.delete({ where: { body_position: { body: "nao", position: 1 } } });
    expect(await verifyChains(database().prisma)).toMatchObject([{ erased: 1, fault: null }]);
  });
});

describeOnEachDatabase("what is hashed", (database) => {
  it("contains no names, only opaque codes", async () => {
    await recordReleases();
    const rows = await database().prisma.evidence.findMany();
    expect(rows.length).toBeGreaterThan(4);
    for (const { data, actor, subject, commitment } of rows) {
      expect([data, actor, commitment]).toEqual(["{}", "portal", null]);
      expect(subject).toMatch(/^[a-z0-9-]+ [0-9.]+$/);
    }
  });
});

describe("the events", () => {
  it("each read as a sentence that begins with the actor, and can be chosen by name", () => {
    for (const [name, sentence] of Object.entries(EVIDENCE_EVENTS)) {
      expect(sentenceOf(name)[0]).toEqual({ kind: "actor" });
      expect(sentence).not.toMatch(/\.$/);
    }
    expect(new Set(Object.values(EVIDENCE_EVENT_LABELS)).size).toBe(Object.keys(EVIDENCE_EVENTS).length);
  });

  it("reads as a sentence even if a newer portal wrote it", () => {
    expect(sentenceOf("group.cleared")).toEqual([
      { kind: "actor" },
      { kind: "text", text: ": group.cleared on " },
      { kind: "subject" },
    ]);
  });
});
