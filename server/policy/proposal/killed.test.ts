import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#server/base/db/database.ts";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { lockedHash, makeDraftFolder } from "#server/testing/draft.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { startProcess } from "#server/testing/process.ts";

// Publishing writes files and rows. A portal that is killed between them has neither or both, once it has started again.
describe.each(ENGINES)("killed while a signed version is published (%s)", (engine) => {
  let root: string;
  let content: string;
  let settings: Record<string, string>;
  let open: () => Promise<Database>;
  let drop: () => Promise<void>;

  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), "with-care-killed-"));
    content = path.join(root, "content");
    makeDraftFolder(content, "{}");
    const folders = { DATA_DIR: path.join(root, "data"), CONTENT_DIR: content, BODIES: "example-borough" };
    if (engine === "embedded") {
      putEmbedded(folders.DATA_DIR);
      settings = { ...folders, DATABASE_URL: "" };
      open = () => openEmbedded(folders.DATA_DIR, MIGRATIONS);
      drop = async () => {};
    } else {
      const created = await createPostgresqlDatabase();
      settings = { ...folders, DATABASE_URL: created.url, EVALUATION: "1" };
      open = () => openPostgresql(created.url, MIGRATIONS);
      drop = created.drop;
    }
  });
  afterEach(async () => {
    await drop();
    rmSync(root, { recursive: true });
  });

  const stored = async () => {
    const { prisma, close } = await open();
    try {
      const [proposal] = await prisma.versionProposal.findMany();
      return { ...proposal, published: await prisma.evidence.count({ where: { event: "policy.published" } }) };
    } finally {
      await close();
    }
  };
  const run = async (step: string, text: string) => {
    const portal = startProcess("publish-until-killed.ts", [step], settings);
    await portal.hasPrinted(text);
    portal.child.kill("SIGKILL");
    await portal.ended;
  };

  it("before the files: nothing is published, and the signatures stand", async () => {
    await run("before", "stopped.");
    expect(lockedHash(content)).toBeUndefined();
    await run("again", "settled.");
    expect(await stored()).toMatchObject({ state: "waiting", published: 0 });
  });

  it("after the files: the next start records what they say, once", async () => {
    await run("after", "stopped.");
    const { state, hash, published } = await stored();
    expect([state, published, lockedHash(content)]).toEqual(["waiting", 0, hash]);
    await run("again", "settled.");
    await run("again", "settled.");
    expect(await stored()).toMatchObject({ state: "published", published: 1 });
  });
});
