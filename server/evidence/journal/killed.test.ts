import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChainCheck } from "#domain/evidence/journal/chain.ts";
import type { Database } from "#server/base/db/database.ts";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { startProcess } from "#server/testing/process.ts";
import { sha256 } from "./repository.ts";

const RECORDED = /recorded (\S+)\./g;

// docs/design.md, "Data": state and its evidence row in one transaction. A portal killed while people press buttons has
// everything it confirmed, once, with its evidence, and nothing half done.
describe.each(ENGINES)("killed while fifty people acknowledge and twenty send requests (%s)", (engine) => {
  let dataDir: string;
  let settings: Record<string, string>;
  let open: () => Promise<Database>;
  let drop: () => Promise<void>;

  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), "with-care-killed-"));
    if (engine === "embedded") {
      putEmbedded(dataDir);
      settings = { DATA_DIR: dataDir, DATABASE_URL: "" };
      open = () => openEmbedded(dataDir, MIGRATIONS);
      drop = async () => {};
    } else {
      const created = await createPostgresqlDatabase();
      settings = { DATA_DIR: dataDir, DATABASE_URL: created.url, EVALUATION: "1" };
      open = () => openPostgresql(created.url, MIGRATIONS);
      drop = created.drop;
    }
  });
  afterEach(async () => {
    await drop();
    rmSync(dataDir, { recursive: true });
  });

  it.each([2, 40])("after %s answers", async (answers) => {
    const portal = startProcess("record-until-killed.ts", [], settings);
    await portal.hasPrinted("ready");
    await portal.hasPrintedTimes(RECORDED, answers);
    portal.child.kill("SIGKILL");
    await portal.ended;
    const promised = [...portal.output().matchAll(RECORDED)].map(([, reference]) => reference ?? "");
    expect(promised.length).toBeGreaterThanOrEqual(answers);
    await inspect((found) => {
      expect(promised.filter((reference) => !found.recorded.has(reference))).toEqual([]);
      expect(found.people).toBe(found.acknowledgements);
    });

    const again = startProcess("record-until-killed.ts", ["again"], settings);
    await again.hasPrinted("all recorded.");
    await again.ended;
    await inspect((found) => {
      expect(found).toMatchObject({ acknowledgements: 50, people: 50, submitted: 20 });
      expect(promised.filter((reference) => !found.recorded.has(reference))).toEqual([]);
    });
  });

  interface Found {
    recorded: Set<string>;
    acknowledgements: number;
    people: number;
    submitted: number;
  }

  /**
   * Opens the database as a starting portal would: every row has exactly one row of evidence, and the chain is valid.
   */
  async function inspect(look: (found: Found) => void): Promise<void> {
    const { prisma, close } = await open();
    try {
      const rows = await prisma.evidence.findMany({ where: { body: "nao" }, orderBy: { position: "asc" } });
      const details = await prisma.evidenceDetail.findMany({ where: { body: "nao" } });
      const check = new ChainCheck("nao", sha256);
      for (const row of rows) {
        const detail = details.find(({ position }) => position === row.position);
        expect(check.next(row, detail)).toBeNull();
        expect(detail === undefined).toBe(row.commitment === null);
      }
      const given = await prisma.acknowledgement.findMany();
      const sent = await prisma.exception.findMany({ where: { state: "submitted" }, include: { steps: true } });
      const subjectsOf = (event: string) => rows.filter((row) => row.event === event).map(({ subject }) => subject);
      expect(subjectsOf("policy.acknowledged").sort()).toEqual(given.map(({ reference }) => reference).sort());
      expect(subjectsOf("exception.submitted").sort()).toEqual(sent.map(({ reference }) => reference).sort());
      expect(sent.every(({ steps, submittedAt }) => steps.length === 1 && submittedAt !== null)).toBe(true);
      look({
        recorded: new Set([...given, ...sent].map(({ reference }) => reference)),
        acknowledgements: given.length,
        people: new Set(given.map(({ personId }) => personId)).size,
        submitted: sent.length,
      });
    } finally {
      await close();
    }
  }
});
