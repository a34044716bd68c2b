import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { closeDataFolder, makeDataFolder } from "./data-folder.ts";

const isRoot = process.geteuid?.() === 0;
const modeOf = (file: string) => (lstatSync(file).mode & 0o777).toString(8);

/** Everything in a folder that others may read, write or enter; links are not followed. */
function openToOthers(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name))]
    .filter((file) => !lstatSync(file).isSymbolicLink() && (lstatSync(file).mode & 0o077) !== 0)
    .map((file) => `${file} ${modeOf(file)}`);
}

/** As the portal's start does. */
function begin(dataDir: string): string | null {
  makeDataFolder(dataDir);
  return closeDataFolder(dataDir);
}

describe.skipIf(process.platform === "win32")("the data folder", () => {
  let home: string;
  let dataDir: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), "with-care-data-folder-"));
    dataDir = path.join(home, "deep", "data");
    const before = process.umask(0o022);
    return () => {
      process.umask(before);
      rmSync(home, { recursive: true });
    };
  });

  it("is made for this account alone, and so is what is written into it later", async () => {
    expect(begin(dataDir)).toBeNull();
    expect(modeOf(dataDir)).toBe("700");
    putEmbedded(dataDir); // with the permissions that the copy has
    begin(dataDir);
    writeFileSync(path.join(dataDir, "later"), "");
    const database = await openEmbedded(dataDir, MIGRATIONS);
    await database.prisma.$executeRawUnsafe("CREATE TABLE later AS SELECT generate_series(1, 10000) AS number");
    expect(openToOthers(dataDir)).toEqual([]);
    await database.close();
    expect(openToOthers(dataDir)).toEqual([]);
  });

  it("is closed where it was open, with all that is in it, and a line says so once", () => {
    putEmbedded(dataDir);
    writeFileSync(path.join(dataDir, "auth-secret"), "s", { mode: 0o644 });
    mkdirSync(path.join(dataDir, "backup-1"));
    chmodSync(dataDir, 0o777);
    expect(begin(dataDir)).toMatch(
      /was open to other accounts of this machine: [\d]+ files and folders are for this account alone now\.$/,
    );
    expect(openToOthers(dataDir)).toEqual([]);
    expect(modeOf(path.join(dataDir, "auth-secret"))).toBe("600");
    expect(begin(dataDir)).toBeNull();
  });

  it("leaves what links in it lead to as it is, and may itself be one", () => {
    begin(dataDir);
    const elsewhere = path.join(home, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, "file"), "");
    for (const [file, mode] of [
      [elsewhere, 0o755],
      [path.join(elsewhere, "file"), 0o666],
    ] as const)
      chmodSync(file, mode);
    symlinkSync(elsewhere, path.join(dataDir, "folder"));
    symlinkSync(path.join(elsewhere, "file"), path.join(dataDir, "file"));
    symlinkSync(path.join(home, "nowhere"), path.join(dataDir, "broken"));
    expect(begin(dataDir)).toBeNull();
    expect([modeOf(elsewhere), modeOf(path.join(elsewhere, "file"))]).toEqual(["755", "666"]);
    chmodSync(dataDir, 0o750);
    symlinkSync(dataDir, path.join(home, "link"));
    expect(begin(path.join(home, "link"))).toMatch(/1 file or folder is for this account alone now/);
    expect(modeOf(dataDir)).toBe("700");
  });

  it.runIf(isRoot)("is refused where it, or something in it, belongs to another account", () => {
    begin(dataDir);
    const file = path.join(dataDir, "auth-secret");
    writeFileSync(file, "s");
    symlinkSync(file, path.join(dataDir, "link"));
    lchownSync(path.join(dataDir, "link"), 12_345, 12_345);
    expect(begin(dataDir)).toBeNull();
    chownSync(file, 12_345, 12_345);
    expect(() => begin(dataDir)).toThrow(
      /auth-secret belongs to another account of this machine \(number 12345; this one is 0\), .* chown -R/,
    );
    chownSync(file, 0, 0);
    chownSync(dataDir, 12_345, 12_345);
    expect(() => begin(dataDir)).toThrow(/deep\/data belongs to another account/);
    expect(statSync(dataDir).uid).toBe(12_345);
  });

  it("is explained where it cannot be made", () => {
    writeFileSync(path.join(home, "file"), "");
    expect(() => begin(path.join(home, "file", "data"))).toThrow(/^DATA_DIR is ".*", a folder that cannot be made/);
    expect(existsSync(path.join(home, "file", "data"))).toBe(false);
  });
});
