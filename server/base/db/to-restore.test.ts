import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { openEmbedded, openEmbeddedToRestore } from "./embedded.ts";
import { openPostgresql, openPostgresqlToRestore } from "./postgresql.ts";

describe.each(ENGINES)("a database opened to restore into (%s)", (engine) => {
  it("is nobody else's: not while a portal has it, which cannot start meanwhile", async () => {
    const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-restore-"));
    const created = engine === "postgresql" ? await createPostgresqlDatabase() : null;
    if (!created) putEmbedded(folder);
    const open = () => (created ? openPostgresql(created.url, MIGRATIONS) : openEmbedded(folder, MIGRATIONS));
    const openToRestore = () => (created ? openPostgresqlToRestore(created.url) : openEmbeddedToRestore(folder));
    const portal = await open();
    await portal.prisma.team.count();
    expect(await openToRestore()).toBeNull();
    await portal.close();
    const restoring = await openToRestore();
    if (!restoring) throw new Error("Nobody else has it.");
    expect(await restoring.connection.query(`SELECT count(*)::int AS count FROM "Team"`)).toEqual([{ count: 0 }]);
    const starting = open().then(
      async (database) => (await database.close(), "started"),
      (error: unknown) => String(error),
    );
    const first = await Promise.race([starting, new Promise((resolve) => setTimeout(resolve, 500, "waits"))]);
    expect(first).toMatch(engine === "postgresql" ? /^waits$/ : /already running/);
    await restoring.close();
    if (engine === "postgresql") expect(await starting).toBe("started");
    await created?.drop();
    rmSync(folder, { recursive: true });
  });
});
