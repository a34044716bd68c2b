import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Actor } from "#domain/access/permission/permission.ts";
import { CHAIN_START, textToHash, type EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { manifestSchema, type Manifest } from "#domain/evidence/journal/manifest.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { clock } from "#server/base/clock.ts";
import type { Database } from "#server/base/db/database.ts";
import { listSigningKeys } from "#server/evidence/signing-key/queries.ts";
import { takeSigner } from "#server/evidence/signing-key/signer.ts";
import { rotateSigningKey } from "#server/evidence/signing-key/service.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase, describeOnOneDatabase } from "#server/testing/database.ts";
import { ExportFolder, verifyExported } from "#server/testing/exports.ts";
import { addPerson } from "#server/testing/people.ts";
import { exportEvidence } from "./export-service.ts";
import { sha256 } from "./repository.ts";
import { transact } from "./transact.ts";

const work = new ExportFolder();
afterAll(() => work.remove());
afterEach(() => vi.restoreAllMocks());

const day = (text: string) => ({ kind: "day", day: text }) as const;

const exportAs = (actor: Actor, filter?: Parameters<ExportFolder["export"]>[1]) => work.export(actor, filter);
const keysFile = () => work.saveKeys();
const verify = verifyExported;

function copyOf(folder: string): string {
  const target = work.next();
  cpSync(folder, target, { recursive: true });
  return target;
}

const rowFile = (folder: string) => path.join(folder, "evidence", "nao.jsonl");
const linesOf = (file: string) => readFileSync(file, "utf8").trim().split("\n");
const writeLines = (file: string, lines: readonly string[]) => writeFileSync(file, `${lines.join("\n")}\n`);
const manifestOf = (folder: string): Manifest =>
  manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8")));
const rowSchema = z.record(z.string(), z.unknown());
const parseRow = (line: string): EvidenceRow => {
  const row = rowSchema.parse(JSON.parse(line));
  return { ...row, at: new Date(String(row["at"])) } as EvidenceRow;
};

/** The rows from `first` on, with their hashes recalculated. */
function chainAnew(lines: readonly string[]): string[] {
  let previousHash: string | null = null;
  return lines.map((line) => {
    const row = { ...parseRow(line), ...(previousHash !== null && { previousHash }) };
    const { hash: _, ...columns } = row;
    previousHash = sha256(textToHash(columns));
    return JSON.stringify({ ...columns, hash: previousHash });
  });
}

/** Updates the list of contents to match the files, as somebody would to hide a change. */
function listAnew(folder: string, change: (manifest: Manifest) => void = () => {}): string {
  const manifest = manifestOf(folder);
  for (const file of manifest.files) {
    const bytes = readFileSync(path.join(folder, file.path));
    file.bytes = bytes.length;
    file.sha256 = createHash("sha256").update(bytes).digest("hex");
  }
  change(manifest);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  writeFileSync(path.join(folder, "manifest.json"), text);
  return text;
}

/** Signs the list of contents with a new key, and adds that key to the export. */
function signAnew(folder: string, text: string): void {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { kty, crv, x } = publicKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
  writeFileSync(path.join(folder, "jwks.json"), JSON.stringify({ keys: [{ kty, crv, x, kid }] }));
  const anew = listAnew(folder);
  const head = Buffer.from(JSON.stringify({ alg: "EdDSA", kid })).toString("base64url");
  const signed = `${head}.${Buffer.from(anew || text).toString("base64url")}`;
  const signature = sign(null, Buffer.from(signed), privateKey).toString("base64url");
  writeFileSync(path.join(folder, "manifest.jws"), `${signed}.${signature}\n`);
}

const at = (text: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(text));

async function record(body: string, moments: readonly string[], text?: string) {
  for (const [index, moment] of moments.entries())
    await transact(async () =>
      Promise.resolve({
        result: null,
        evidence: [
          {
            ...({ body, event: "mail.tested", at: new Date(moment), actor: "somebody", subject: `M${index}` } as const),
            ...(text !== undefined && { detail: { text } }),
          },
        ],
      }),
    );
}

const EIGHT = Array.from({ length: 8 }, (_, index) => `2026-05-0${index + 1}T10:00:00Z`);

describeOnEachDatabase("an export of the evidence", (database) => {
  let auditor: Actor;
  beforeEach(async () => {
    at("2026-11-24T12:00:00Z");
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    await serveVersions("nao", []);
  });

  it("verifies, with the texts of the policies that rows name, and says what the key proves", async () => {
    const employee = await addPerson(database(), "employee");
    const [version] = await serveVersions("nao", []);
    const { version: number = "", hash = "" } = version ?? {};
    await acknowledgePolicy(employee, {
      slug: "nao",
      version: number,
      hash,
      answer: "declined",
      reason: "My own words",
    });
    const folder = await exportAs(auditor);
    const manifest = manifestOf(folder);
    expect(manifest).toMatchObject({ holds: "texts", rows: { count: 3, before: { position: 0, hash: CHAIN_START } } });
    expect(manifest.rows.last).toMatchObject({ position: manifest.head.position });
    expect(linesOf(rowFile(folder)).map((line) => parseRow(line).event)).toEqual([
      "policy.declined",
      "signing-key.made",
      "evidence.exported",
    ]);
    expect(readFileSync(path.join(folder, "details/nao.jsonl"), "utf8")).toContain("My own words");
    expect(readFileSync(path.join(folder, "people/nao.jsonl"), "utf8")).toContain("Person employee");
    expect(readFileSync(path.join(folder, `policies/nao/${number}/policy.mdx`), "utf8")).toContain("<Clause");
    const own = await verify(folder);
    expect(own.code).toBe(2);
    expect(own.said).toContain("that key came with the export");
    const known = await verify(folder, "--keys", await keysFile());
    expect(known.code).toBe(0);
    expect(known.said).toMatch(/^PROVEN: /);
    const head = `nao:${manifest.head.position}:${manifest.head.hash}`;
    expect((await verify(folder, "--head", head)).code).toBe(2);
    const other = await verify(
      folder,
      "--head",
      head.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
    );
    expect([other.code, other.said]).toMatchObject([1, expect.stringContaining("FAULT: Row 3 of evidence/nao.jsonl")]);
  });

  it("without texts contains no names and nothing that anybody wrote", async () => {
    await record("nao", EIGHT, "Words of Una Archer");
    const folder = await exportAs(auditor, { holds: "commitments" });
    const all = manifestOf(folder).files.map(({ path: name }) => readFileSync(path.join(folder, name), "utf8"));
    expect(all.join("")).not.toMatch(/Una Archer|Person auditor/);
    expect(manifestOf(folder)).toMatchObject({ details: null, people: null });
    const { code, said } = await verify(folder, "--keys", await keysFile());
    expect(code).toBe(0);
    expect(said).toContain("Texts: left out. 8 rows carry a commitment");
  });

  it("of a period uses days in London, and is linked to the rows before it and to the head", async () => {
    // 23:30 UTC on the last of June is the first of July in London.
    await record("nao", [
      "2026-06-30T22:30:00Z",
      "2026-06-30T23:30:00Z",
      "2026-07-31T22:59:59.999Z",
      "2026-07-31T23:00:00Z",
    ]);
    const folder = await exportAs(auditor, { from: "2026-07-01", until: "2026-07-31" });
    const manifest = manifestOf(folder);
    expect(manifest.rows).toMatchObject({
      count: 2,
      before: { position: 1 },
      first: { position: 2 },
      last: { position: 3 },
    });
    expect(manifest.head.position).toBeGreaterThan(4);
    expect(await verify(folder, "--keys", await keysFile())).toMatchObject({ code: 0 });
    const empty = await exportAs(auditor, { from: "2026-08-10", until: "2026-08-11" });
    expect(manifestOf(empty).rows).toMatchObject({ count: 0, before: { position: 4 }, first: null, last: null });
    expect(await verify(empty, "--keys", await keysFile())).toMatchObject({ code: 0 });
    expect(await verify(empty, "--earlier", folder)).toMatchObject({ code: 3 });
  });

  it("continues an earlier one, and shows if the chain was rewritten or cut off between the two", async () => {
    await record("nao", EIGHT);
    const earlier = await exportAs(auditor, { until: "2026-05-04" });
    await record("nao", ["2026-06-01T10:00:00Z"]);
    const later = await exportAs(auditor, { from: "2026-05-03" });
    const both = await verify(later, "--earlier", earlier, "--keys", await keysFile());
    expect(both).toMatchObject({ code: 0, said: expect.stringContaining("this one continues it") as string });
    expect((await verify(earlier, "--earlier", later)).code).toBe(1);
    await forget(database());
    await record("nao", EIGHT.slice(0, 3));
    const cut = await verify(await exportAs(auditor), "--earlier", earlier);
    expect([cut.code, cut.said]).toMatchObject([1, expect.stringContaining("cut off")]);
    await record("nao", [...EIGHT, ...EIGHT]);
    const anew = await verify(await exportAs(auditor), "--earlier", earlier);
    expect([anew.code, anew.said]).toMatchObject([1, expect.stringContaining("the chain was written anew")]);
  });

  it("still verifies after the key was changed, and two servers make one key", async () => {
    const signers = await Promise.all([takeSigner("nao"), takeSigner("nao"), takeSigner("nao")]);
    const first = signers[0].kid;
    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1);
    const folder = await exportAs(auditor);
    const administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    expect(await rotateSigningKey(auditor, first)).toBe("not-found");
    expect(await listSigningKeys(auditor)).toBeNull();
    await Promise.all([rotateSigningKey(administrator, first), rotateSigningKey(administrator, first)]);
    expect(await listSigningKeys(administrator)).toMatchObject([{ isCurrent: true }, { isCurrent: false, kid: first }]);
    const after = await exportAs(auditor);
    for (const one of [folder, after]) expect(await verify(one, "--keys", await keysFile())).toMatchObject({ code: 0 });
    const stored = await database().prisma.signingKey.findMany();
    expect(stored.filter(({ sealed }) => sealed !== null)).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain('"d"');
    // A key sealed with another secret cannot be opened, so the portal makes a new one.
    await database().prisma.signingKey.updateMany({ where: { current: "nao" }, data: { sealed: "AAAA".repeat(20) } });
    expect(await verify(await exportAs(auditor), "--keys", await keysFile())).toMatchObject({ code: 0 });
    expect((await listSigningKeys(administrator))?.length).toBe(3);
  });

  it("is for people with the permission, for their own body, and is recorded", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"], body: "nottingham" });
    const filter = { from: day("2026-01-01"), until: day("2026-11-24"), holds: "texts" };
    for (const role of ["employee", "line-manager", "policy-owner", "administrator"] as const) {
      const other = await addPerson(database(), role, { roles: [role] });
      expect(await exportEvidence(other, filter)).toEqual({ code: "not-found" });
    }
    await record("nottingham", EIGHT);
    await record("nao", EIGHT);
    const folder = await exportAs(officer);
    expect(readFileSync(path.join(folder, "evidence/nottingham.jsonl"), "utf8")).not.toContain('"nao"');
    const rows = await database().prisma.evidence.findMany({ where: { event: "evidence.exported" } });
    expect(rows).toMatchObject([
      { body: "nottingham", actor: "officer", data: '{"from":"2026-01-01","until":"2026-11-24","holds":"texts"}' },
    ]);
  });

  it("accepts only existing days in the past", async () => {
    const fields = async (from: string, until: string, holds = "texts") => {
      const result = await exportEvidence(auditor, { from: day(from), until: day(until), holds });
      return result.code === "invalid" ? result.problems.map(({ field }) => field) : result.code;
    };
    expect(await fields("2026-05-02", "2026-05-01")).toEqual(["until"]);
    expect(await fields("2026-05-02", "2026-11-25")).toEqual(["until"]);
    expect(await fields("1999-05-02", "2026-11-24", "all")).toEqual(["from", "holds"]);
  });
});

describeOnOneDatabase("an export that was changed", (database) => {
  let folder: string;
  let keys: string;
  beforeEach(async () => {
    at("2026-11-24T12:00:00Z");
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    await record("nao", EIGHT, "Words");
    folder = await exportAs(auditor);
    keys = await keysFile();
  });

  const change = (lines: string[], at: number) => {
    lines[at] = (lines[at] ?? "").replace('"subject":"M', '"subject":"X');
  };

  it("reports the first bad row, however it was changed", async () => {
    const cases: [string, (lines: string[]) => string[], string][] = [
      [
        "changed",
        (lines) => (change(lines, 4), lines),
        "Row 5 of evidence/nao.jsonl: its content does not match its hash",
      ],
      [
        "removed",
        (lines) => lines.filter((_, index) => index !== 4),
        "Row 5 of evidence/nao.jsonl: it is missing; the next one is 6",
      ],
      [
        "reordered",
        ([a = "", b = "", c = "", ...others]) => [a, c, b, ...others],
        "Row 2 of evidence/nao.jsonl: it is missing; the next one is 3",
      ],
      ["doubled", ([a = "", ...others]) => [a, a, ...others], "Row 2 of evidence/nao.jsonl: row 1 stands in its place"],
      [
        "cut off",
        (lines) => lines.slice(0, -2),
        "Row 9 of evidence/nao.jsonl: it is missing, though the export was made with rows 1 to 10",
      ],
      ["emptied", () => [], "Row 1 of evidence/nao.jsonl: it is missing"],
      ["unreadable", (lines) => lines.with(3, "{"), "Row 4 of evidence/nao.jsonl: its line cannot be read"],
      [
        "a field more",
        (lines) => lines.with(3, (lines[3] ?? "").replace("{", '{"note":"",')),
        "Row 4 of evidence/nao.jsonl: its line has not the fields",
      ],
      [
        "added at the end",
        (lines) => chainAnew([...lines, (lines.at(-1) ?? "").replace('"position":10', '"position":11')]),
        "Row 11 of evidence/nao.jsonl: it was added after the last row",
      ],
      [
        "computed anew",
        (lines) => (change(lines, 4), chainAnew(lines)),
        "Row 5 of evidence/nao.jsonl: its hash is not the one that was signed: it was changed",
      ],
    ];
    for (const [name, tamper, message] of cases)
      for (const isHidden of [false, true]) {
        const copy = copyOf(folder);
        writeLines(rowFile(copy), tamper(linesOf(rowFile(copy))));
        if (isHidden) listAnew(copy);
        for (const args of [[], ["--keys", keys]]) {
          const { code, said } = await verify(copy, ...args);
          expect(code, name).toBe(1);
          expect(said.split("\n")[0], name).toContain(`FAULT: ${message}`);
        }
      }
  });

  it("with somebody else's key cannot be proven, and is refused with the portal's keys", async () => {
    const copy = copyOf(folder);
    const lines = linesOf(rowFile(copy));
    change(lines, 4);
    const anew = chainAnew(lines);
    writeLines(rowFile(copy), anew);
    const hashes = anew.map((line) => parseRow(line).hash);
    const last = { position: 10, hash: hashes.at(-1) ?? "" };
    const text = listAnew(copy, (manifest) => {
      Object.assign(manifest.rows, { last, checkpoints: { every: 1, hashes } });
      Object.assign(manifest.head, last);
    });
    signAnew(copy, text);
    expect(await verify(copy)).toMatchObject({ code: 2 });
    const { code, said } = await verify(copy, "--keys", keys);
    expect([code, said]).toMatchObject([1, expect.stringMatching(/^FAULT: The key .* is not among those of/)]);
    expect((await verify(copy, "--earlier", folder)).said).toContain("the chain was written anew");
  });

  it("reports files that were changed, removed or added, and an invalid signature", async () => {
    const cases: [string, (copy: string) => void, string][] = [
      [
        "text",
        (copy) => {
          const file = path.join(copy, "details/nao.jsonl");
          writeFileSync(file, readFileSync(file, "utf8").replace("Words", "Lies"));
        },
        "The text of row 1 in details/nao.jsonl does not match",
      ],
      [
        "text gone",
        (copy) =>
          writeLines(path.join(copy, "details/nao.jsonl"), linesOf(path.join(copy, "details/nao.jsonl")).slice(1)),
        "details/nao.jsonl is not as it was exported",
      ],
      [
        "names",
        (copy) => writeFileSync(path.join(copy, "people/nao.jsonl"), "{}\n"),
        "people/nao.jsonl is not as it was exported",
      ],
      [
        "added",
        (copy) => writeFileSync(path.join(copy, "evidence/more.jsonl"), ""),
        "evidence/more.jsonl is no part of the export: it was added",
      ],
      ["removed", (copy) => rmSync(path.join(copy, "people/nao.jsonl")), "people/nao.jsonl is missing"],
      ["all rows", (copy) => rmSync(rowFile(copy)), "evidence/nao.jsonl is missing"],
      [
        "policy",
        (copy) => {
          const { folder: place = "" } = manifestOf(copy).policies[0] ?? {};
          writeFileSync(path.join(copy, place, "policy.mdx"), "Anything goes.");
        },
        "/policy.mdx is not as it was exported",
      ],
      [
        "list",
        (copy) => listAnew(copy, (manifest) => void (manifest.madeAt = "2026-01-01T00:00:00.000Z")),
        "manifest.json is not what was signed",
      ],
      [
        "signed list",
        (copy) => {
          const file = path.join(copy, "manifest.jws");
          const [head = "", payload = "", end = ""] = readFileSync(file, "utf8").split(".");
          const other = Buffer.from(payload, "base64url").toString().replace("2026-11-24T12", "2026-11-23T12");
          writeFileSync(file, [head, Buffer.from(other).toString("base64url"), end].join("."));
        },
        "manifest.json is not what was signed",
      ],
      [
        "signature",
        (copy) => {
          const file = path.join(copy, "manifest.jws");
          writeFileSync(file, readFileSync(file, "utf8").replace(/\..{6}([^.]*)$/, ".AAAAAA$1"));
        },
        "The signature does not fit",
      ],
      ["no signature", (copy) => rmSync(path.join(copy, "manifest.jws")), "manifest.jws is missing"],
    ];
    for (const [name, tamper, message] of cases) {
      const copy = copyOf(folder);
      tamper(copy);
      const { code, said } = await verify(copy, "--keys", keys);
      expect([code, said.split("\n")[0]], name).toMatchObject([1, expect.stringContaining(message)]);
    }
  });

  it("is distinguished from something that is not an export, and from wrong arguments", async () => {
    const cases: [string[], string][] = [
      [[work.path], "holds no manifest.json"],
      [[path.join(work.path, "nowhere")], "is no folder"],
      [[folder, "--keys", path.join(work.path, "nowhere")], "cannot be read as a file of keys"],
      [[folder, "--head", "nao:1"], "is no head"],
      [[folder, "--key-of", "nonsense"], "is no address"],
      [[folder, "--everything"], "Unknown option"],
      [[folder, folder], "Use: node verify.mjs"],
      [[folder, "--key", "3f9a-21c0"], "is no thumbprint"],
      [[folder, "--keys", keys, "--key-of", "https://care.example"], "keys in one way"],
    ];
    for (const [args, message] of cases)
      expect(await verify(...args)).toMatchObject({ code: 3, said: expect.stringContaining(message) as string });
  });
});

describe("many rows", () => {
  describeOnOneDatabase("of a chain", (database) => {
    it("are sent a page at a time, with checkpoints at intervals", async () => {
      at("2026-11-24T12:00:00Z");
      const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
      await insertChain(database(), 2500);
      const folder = await exportAs(auditor);
      const { rows } = manifestOf(folder);
      expect([rows.count, rows.checkpoints.every, rows.checkpoints.hashes.length]).toEqual([2502, 3, 834]);
      expect(await verify(folder, "--keys", await keysFile())).toMatchObject({ code: 0 });
      const lines = linesOf(rowFile(folder));
      lines[1999] = (lines[1999] ?? "").replace('"subject":"M', '"subject":"X');
      writeLines(rowFile(folder), chainAnew(lines));
      const { code, said } = await verify(folder);
      expect([code, said.split("\n")[0]]).toMatchObject([
        1,
        expect.stringMatching(/^FAULT: Row 200[012] of .* or one of the 2 rows before it/),
      ]);
    });
  });
});

async function forget({ prisma }: Database): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`TRUNCATE "Evidence"`;
  });
}

async function insertChain({ prisma }: Database, length: number): Promise<void> {
  const rows: EvidenceRow[] = [];
  for (let position = 1; position <= length; position++) {
    const row = {
      body: "nao",
      position,
      event: "mail.tested",
      at: new Date(Date.UTC(2026, 4, 1) + position * 1000),
      actor: "somebody",
      subject: `M${position}`,
      policy: null,
      version: null,
      contentHash: null,
      data: "{}",
      commitment: null,
      previousHash: rows.at(-1)?.hash ?? CHAIN_START,
    };
    rows.push({ ...row, hash: sha256(textToHash(row)) });
  }
  await prisma.evidence.createMany({ data: rows });
}
