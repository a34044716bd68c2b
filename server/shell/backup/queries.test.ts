import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { makeCommandToken } from "#server/base/secret/command-token.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { backupForCommand } from "./queries.ts";
import { checkBackup } from "./read.ts";

const folder = mkdtempSync(path.join(tmpdir(), "with-care-backup-"));
const { dataDir } = getEnv();
beforeAll(() => void Object.assign(getEnv(), { dataDir: folder }));
afterAll(() => {
  Object.assign(getEnv(), { dataDir });
  rmSync(folder, { recursive: true });
});

const token = (purpose: "backup" | "signing-keys", at = new Date()) =>
  makeCommandToken(purpose, readAuthSecret(getEnv()), at);

describeOnEachDatabase("a backup of the running portal", (database) => {
  it("is whole, of the size that is said, and leaves no file behind", async () => {
    await addPerson(database(), "ann");
    const backup = await backupForCommand(token("backup"));
    if (backup === "refused") throw new Error("It was refused.");
    expect(readdirSync(folder), "while it is taken").toEqual([]);
    const bytes = new Uint8Array(await new Response(backup.bytes).arrayBuffer());
    expect(bytes.length).toBe(backup.size);
    const file = path.join(folder, "one.backup");
    writeFileSync(file, bytes);
    expect((await checkBackup(file)).tables.get("Person")).toBe(1);
    rmSync(file);
  });

  it("is given to nobody without a token made for it just now", async () => {
    const late = token("backup", new Date(Date.now() - 120_000));
    for (const wrong of ["", "x", token("signing-keys"), late]) expect(await backupForCommand(wrong)).toBe("refused");
  });
});
