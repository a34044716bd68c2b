import { execFile } from "node:child_process";
import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { cpSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { manifestSchema, type Manifest } from "#domain/evidence/journal/manifest.ts";
import { PROOF_SECTIONS, proofParts } from "#domain/evidence/journal/proof.ts";
import { spokenThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { readLines } from "#server/evidence/journal/verify.mjs";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { getJwks } from "#server/evidence/signing-key/queries.ts";
import { takeSigner } from "#server/evidence/signing-key/signer.ts";
import { revokeSigningKey, rotateSigningKey } from "#server/evidence/signing-key/service.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase, describeOnOneDatabase } from "#server/testing/database.ts";
import { ExportFolder, verifyExported as verify } from "#server/testing/exports.ts";
import { addPerson } from "#server/testing/people.ts";

// How `verify.mjs` judges genuine exports, whatever they contain, and every forgery that we could think of.

const work = new ExportFolder();
afterAll(() => work.remove());
afterEach(() => vi.restoreAllMocks());

const at = (text: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(text));
const read = (folder: string, name: string) => readFileSync(path.join(folder, name), "utf8");
const write = (folder: string, name: string, text: string) => writeFileSync(path.join(folder, name), text);
const edit = (folder: string, name: string, change: (text: string) => string) =>
  write(folder, name, change(read(folder, name)));
const manifestOf = (folder: string): Manifest => manifestSchema.parse(JSON.parse(read(folder, "manifest.json")));

/** As an auditor runs it: the file that came with the export, in its folder, with nothing but Node. */
function run(folder: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const options = { cwd: folder, env: { PATH: process.env["PATH"], NODE_ENV: "test" as const } };
  return new Promise((resolve) =>
    execFile(process.execPath, ["verify.mjs", ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    ),
  );
}

const saysProven = /^(?!NOT )[^\n]*(PROVEN|All right)/im;

function copyOf(folder: string): string {
  const target = work.next();
  cpSync(folder, target, { recursive: true });
  return target;
}

async function record(body: string, times: readonly string[], reason = "Words", actor = "auditor"): Promise<void> {
  for (const [index, time] of times.entries())
    await transact(async () =>
      Promise.resolve({
        result: null,
        evidence: [
          {
            body,
            event: "policy.declined",
            at: new Date(time),
            actor,
            subject: `ACK-${index}`,
            detail: { reason },
          },
        ],
      }),
    );
}

/** A forger with a key of their own. */
class Forger {
  private readonly privateKey: KeyObject;
  readonly key: { kty?: string; crv?: string; x?: string; kid: string };

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const { kty, crv, x } = publicKey.export({ format: "jwk" });
    const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
    this.privateKey = privateKey;
    this.key = { kty, crv, x, kid } as Forger["key"];
  }

  /**
   * Adds the forger's key to an export, and signs its files as they are now.
   * @param change to the list of contents, and to its text
   */
  signAnew(
    folder: string,
    change: (manifest: Manifest) => void = () => {},
    spell: (text: string) => string = (text) => text,
    header: string = JSON.stringify({ alg: "EdDSA", kid: this.key.kid, typ: "JWS" }),
  ): void {
    write(folder, "jwks.json", `${JSON.stringify({ keys: [this.key] }, null, 2)}\n`);
    const manifest = manifestOf(folder);
    for (const file of manifest.files) {
      const bytes = readFileSync(path.join(folder, file.path));
      Object.assign(file, { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    }
    change(manifest);
    const text = spell(`${JSON.stringify(manifest, null, 2)}\n`);
    write(folder, "manifest.json", text);
    const signed = [header, text].map((part) => Buffer.from(part).toString("base64url")).join(".");
    write(
      folder,
      "manifest.jws",
      `${signed}.${sign(null, Buffer.from(signed), this.privateKey).toString("base64url")}\n`,
    );
  }
}

describe("a line of an export", () => {
  const lines = async (bytes: Buffer) => {
    const file = `${work.next()}.jsonl`;
    writeFileSync(file, bytes);
    const found: Buffer[] = [];
    for await (const line of readLines(file)) found.push(line);
    return found;
  };

  it("ends at a line feed and nowhere else", async () => {
    const odd = ["a\u2028b\u2029c\u0085d", "\ufeffe\rf\u000bg\u000ch", "", "\u001ci\u001dj\u001ek", "last"];
    for (const ending of ["", "\n"])
      expect((await lines(Buffer.from(odd.join("\n") + ending))).map(String)).toEqual(odd);
    expect(await lines(Buffer.alloc(0))).toEqual([]);
    const bytes = Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x85, 0xff, 0x22]);
    expect(await lines(Buffer.concat([bytes, Buffer.from("\n"), bytes]))).toEqual([bytes, bytes]);
  });

  it("may be longer than one read, with characters split between reads", async () => {
    const long = ["é".repeat(200_001), "😀\u2028".repeat(150_001), "short"];
    expect((await lines(Buffer.from(`${long.join("\n")}\n`))).map(String)).toEqual(long);
  });
});

describeOnEachDatabase("a genuine export", (database) => {
  let auditor: Actor;
  beforeEach(async () => {
    at("2026-11-24T12:00:00Z");
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    await serveVersions("nao", []);
  });

  it("is proven whatever its texts contain, with each way of giving the key", async () => {
    const odd = `\u2028 \u2029 \u0085 \u0000 \ud800 \udc00\ud83d \ufeff \r\n \u000b\u000c "\\u0022" \u0301 ${"x".repeat(600_000)}`;
    await record("nao", ["2026-05-01T10:00:00Z", "2026-05-02T10:00:00Z"], odd);
    await database().prisma.person.update({ where: { id: "auditor" }, data: { name: "Odd\u2028\u0085\ufeffName" } });
    const folder = await work.export(auditor);
    expect(read(folder, "details/nao.jsonl")).toContain("\u2028");
    const { kid } = await takeSigner("nao");
    const ways = [
      ["--keys", await work.saveKeys()],
      ["--key", spokenThumbprint(kid)],
      ["--key", spokenThumbprint(kid).replaceAll("-", " ").toUpperCase()],
      ["--key", kid],
    ];
    for (const way of ways) {
      const { code, said } = await run(folder, ...way);
      expect([code, said.split("\n")[0]], way.join(" ")).toEqual([0, expect.stringMatching(/^PROVEN: /)]);
    }
    expect((await run(folder)).code).toBe(2);
    const other = await run(folder, "--key", `-${kid.slice(1)}`.replace(/.$/, "_"));
    expect(other.said, "a thumbprint that begins with a hyphen").not.toContain("ambiguous");
    expect(other.code).not.toBe(0);
  });

  it("from before bodies had their own keys still verifies, with keys saved at the time", async () => {
    await record("nao", ["2026-05-01T10:00:00Z"]);
    const folder = await work.export(auditor);
    const forger = new Forger(); // as the portal's key used to be: without a body, without dates
    forger.signAnew(folder);
    const saved = `${work.next()}.json`;
    writeFileSync(saved, read(folder, "jwks.json"));
    expect(await run(folder, "--keys", saved)).toMatchObject({ code: 0 });
    // As published after the migration: with the date until which it signed.
    const published = { keys: [{ ...forger.key, nbf: 1_700_000_000, exp: Date.parse("2026-11-25T00:00:00Z") / 1000 }] };
    writeFileSync(saved, JSON.stringify(published));
    expect(await run(folder, "--keys", saved)).toMatchObject({ code: 0 });
  });

  it("is proven only by the key of its own body, while it was valid and not revoked", async () => {
    const administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    const elsewhere = await addPerson(database(), "elsewhere", { roles: ["administrator"], body: "nottingham" });
    const folder = await work.export(auditor);
    const { kid } = await takeSigner("nao");
    const other = await takeSigner("nottingham");
    expect(other.kid).not.toBe(kid);
    at("2026-11-26T12:00:00Z");
    await rotateSigningKey(administrator, kid);
    expect(await run(folder, "--keys", await work.saveKeys())).toMatchObject({ code: 0 });
    // Somebody still has the private half of a replaced key and dates an export later, or uses another body's key.
    const later = copyOf(folder);
    expect((await run(folder, "--key", spokenThumbprint(other.kid))).code).toBe(1);
    const keys = await getJwks();
    const verdicts: [string, object, number][] = [
      ["as it is", {}, 0],
      ["of another body", { body: "nottingham" }, 1],
      ["not in use yet", { nbf: Date.parse("2026-11-25T00:00:00Z") / 1000 }, 1],
      ["not in use any more", { exp: Date.parse("2026-11-23T00:00:00Z") / 1000 }, 1],
      [
        "superseded later",
        { revoked: { revoked_at: Date.parse("2026-11-25T00:00:00Z") / 1000, reason: "superseded" } },
        0,
      ],
      [
        "superseded before",
        { revoked: { revoked_at: Date.parse("2026-11-23T00:00:00Z") / 1000, reason: "superseded" } },
        1,
      ],
      [
        "compromised later",
        { revoked: { revoked_at: Date.parse("2026-11-25T00:00:00Z") / 1000, reason: "compromised" } },
        2,
      ],
      ["revoked for no reason", { revoked: { revoked_at: Date.parse("2026-11-25T00:00:00Z") / 1000 } }, 2],
      ["not understood", { revoked: "no" }, 3],
    ];
    for (const [name, change, expected] of verdicts) {
      const file = `${work.next()}.json`;
      writeFileSync(
        file,
        JSON.stringify({ keys: keys.keys.map((key) => (key.kid === kid ? { ...key, ...change } : key)) }),
      );
      const { code, said } = await verify(later, "--keys", file);
      expect(code, `${name}: ${said}`).toBe(expected);
      expect(saysProven.test(said), name).toBe(expected === 0);
    }
    expect(await revokeSigningKey(elsewhere, { kid, because: "compromised" })).toEqual({ code: "not-found" });
    expect(await revokeSigningKey(auditor, { kid, because: "compromised" })).toEqual({ code: "not-found" });
    expect(await revokeSigningKey(administrator, { kid, because: "superseded" })).toEqual({ code: "done" });
    expect(await run(folder, "--keys", await work.saveKeys())).toMatchObject({ code: 0 });
    expect(await revokeSigningKey(administrator, { kid, because: "compromised" })).toEqual({ code: "done" });
    expect(await run(folder, "--keys", await work.saveKeys())).toMatchObject({ code: 2 });
    expect(await revokeSigningKey(administrator, { kid, because: "superseded" })).toMatchObject({ code: "invalid" });
    const rows = await database().prisma.evidence.findMany({
      where: { event: "signing-key.revoked" },
      orderBy: { position: "asc" },
    });
    expect(rows).toMatchObject([
      { body: "nao", actor: "administrator", subject: kid, data: '{"because":"superseded"}' },
      { body: "nao", actor: "administrator", subject: kid, data: '{"because":"compromised"}' },
    ]);
  });

  it("gets another key when the key expires or is revoked", async () => {
    const administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    const first = await takeSigner("nao");
    at("2028-11-24T11:59:59Z");
    expect((await takeSigner("nao")).kid).toBe(first.kid);
    at("2028-11-24T12:00:01Z");
    const second = await takeSigner("nao");
    expect(second.kid).not.toBe(first.kid);
    await revokeSigningKey(administrator, { kid: second.kid, because: "compromised" });
    const { keys } = await getJwks("nao");
    expect(keys).toHaveLength(3);
    expect(keys.find(({ kid }) => kid === second.kid)).toMatchObject({
      revoked: { reason: "compromised" },
      body: "nao",
    });
    expect(
      await run(await work.export(auditor, { until: "2028-11-24" }), "--keys", await work.saveKeys()),
    ).toMatchObject({ code: 0 });
  });
});

describeOnOneDatabase("an export that was forged", (database) => {
  let folder: string;
  let keys: string;
  const forger = new Forger();
  beforeEach(async () => {
    at("2026-11-24T12:00:00Z");
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    await record("nao", ["2026-05-01T10:00:00Z", "2026-05-02T10:00:00Z"], "The words that were written");
    folder = await work.export(auditor, { until: "2026-11-23" });
    keys = await work.saveKeys();
  });

  /** Changes a text and everything that depends on it, and signs the result. */
  function forge(): string {
    const forged = copyOf(folder);
    edit(forged, "details/nao.jsonl", (text) => text.replaceAll("were written", "suit me"));
    const details = read(forged, "details/nao.jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { position: number; salt: string; detail: string });
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    let previousHash = "0".repeat(64);
    const rows = read(forged, "evidence/nao.jsonl")
      .trim()
      .split("\n")
      .map((line) => {
        const { hash: _, ...row } = JSON.parse(line) as Record<string, unknown>;
        const own = details.find(({ position }) => position === row["position"]);
        if (own) row["commitment"] = sha256(JSON.stringify([1, own.salt, own.detail]));
        row["previousHash"] = previousHash;
        previousHash = sha256(JSON.stringify([1, ...Object.values(row)]));
        return { ...row, hash: previousHash };
      });
    write(forged, "evidence/nao.jsonl", rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    forger.signAnew(forged, (manifest) => {
      const [first = "", last = ""] = rows.map(({ hash }) => hash);
      Object.assign(manifest.rows, { first: { position: 1, hash: first }, last: { position: 2, hash: last } });
      manifest.rows.checkpoints.hashes = [first, last];
    });
    return forged;
  }

  it("is not proven by any documented command, or by any name for its own keys", async () => {
    const forged = forge();
    const parent = path.dirname(forged);
    mkdirSync(path.join(parent, "elsewhere"), { recursive: true });
    const aside = path.join(parent, "elsewhere");
    symlinkSync(path.join(forged, "jwks.json"), path.join(aside, "link.json"));
    symlinkSync(forged, path.join(aside, "folder"));
    linkSync(path.join(forged, "jwks.json"), path.join(aside, "same.json"));
    const name = path.basename(forged);
    const own = [
      "jwks.json",
      "./jwks.json",
      "./evidence/../jwks.json",
      `../${name}/jwks.json`,
      path.join(forged, "jwks.json"),
      path.join(aside, "link.json"),
      path.join(aside, "folder", "jwks.json"),
      path.join(aside, "folder", "evidence", "..", "jwks.json"),
      path.join(aside, "same.json"),
    ];
    for (const file of own) {
      const { code, said } = await run(forged, "--keys", file);
      expect([code, said.split("\n")[0]], file).toEqual([2, expect.stringMatching(/^NOT PROVEN: /)]);
      expect(said, file).toContain("came with the export");
      expect(said, file).not.toMatch(saysProven);
    }
    const server = await serve(readFileSync(keys));
    writeFileSync(path.join(parent, "portal-keys.json"), readFileSync(keys));
    cpSync(folder, path.join(parent, "evidence-nao-earlier"), { recursive: true });
    // Those for one certificate or a head are tried in server/evidence/head/job.test.ts.
    const ofExports = /(?<=^node verify\.mjs)(?! witness | \S+\.json )[^#\n]*/gm;
    const guide = readFileSync("docs/evidence.md", "utf8").match(ofExports) ?? [];
    const page = PROOF_SECTIONS.flatMap(({ points = [] }) => points.flatMap((text) => proofParts(text)))
      .filter((part) => part.startsWith("node verify.mjs --"))
      .map((part) => part.slice("node verify.mjs".length));
    const argument: Record<string, string> = {
      "--key": spokenThumbprint(manifestKid(folder)),
      "--key-of": server.address,
      "--keys": "../portal-keys.json",
    };
    const commands = [...guide, ...page.map((text) => `${text} ${argument[text.trim()] ?? ""}`), ""];
    expect(guide.length).toBeGreaterThan(4);
    expect(page).toEqual([" --key", " --key-of", " --keys"]);
    for (const command of commands) {
      const args = command.replaceAll("https://portal.example", server.address).trim().split(/\s+/).filter(Boolean);
      const { code, said } = await run(forged, ...args);
      expect([1, 2], `${command}: ${said}`).toContain(code);
      expect(said, command).not.toMatch(saysProven);
      if (args.length > 0) expect(code, command).toBe(1);
    }
    // The same commands, as printed, on the genuine export with the key that signed it: all of them run.
    const genuine = copyOf(folder);
    for (const command of commands.filter((text) => text.trim() !== "" && !/--(head|key) /.test(text))) {
      const args = command.replaceAll("https://portal.example", server.address).trim().split(/\s+/);
      expect(await run(genuine, ...args), command).toMatchObject({ code: 0 });
    }
    await server.stop();
  });

  it("counts as changed if the signed list is untrue", async () => {
    const cases: [string, (manifest: Manifest) => void][] = [
      ["count", ({ rows }) => void rows.count--],
      ["first row", ({ rows }) => void (rows.first = { position: 1, hash: "0".repeat(64) })],
      ["row before", ({ rows }) => void (rows.before.hash = "1".repeat(64))],
      ["last row", ({ rows }) => void (rows.last = null)],
      ["checkpoints left out", ({ rows }) => void rows.checkpoints.hashes.pop()],
      ["a head that is earlier", ({ head }) => void (head.position = 1)],
      ["no time of the head", ({ head }) => void (head.at = null)],
      [
        "a later period",
        ({ period }) => Object.assign(period, { from: "2026-05-02", start: "2026-05-01T23:00:00.000Z" }),
      ],
      ["a period that ends later", ({ period }) => void (period.until = "2026-11-22")],
      ["a period that begins at noon", ({ period }) => void (period.start = "2026-01-01T12:00:00.000Z")],
      [
        "a period to come",
        ({ period }) => Object.assign(period, { until: "2026-12-01", end: "2026-12-02T00:00:00.000Z" }),
      ],
      ["no texts", (manifest) => void (manifest.holds = "commitments")],
      ["texts", ({ details }) => void details!.count++],
      ["names", ({ people }) => void people!.count++],
      ["a file twice", ({ files }) => void files.push({ ...files[0]! })],
      ["a twin in capitals", ({ files }) => void files.push({ ...files[0]!, path: files[0]!.path.toUpperCase() })],
      ["a file outside", ({ files }) => void files.push({ ...files[0]!, path: "../outside.json" })],
      ["an absolute file", ({ files }) => void files.push({ ...files[0]!, path: "/etc/hostname" })],
      ["a path with dots", ({ files }) => void files.push({ ...files[0]!, path: "evidence/./nao.jsonl" })],
      ["a Windows path", ({ files }) => void files.push({ ...files[0]!, path: "evidence\\nao.jsonl" })],
      ["a name of a device", ({ files }) => void files.push({ ...files[0]!, path: "a:b" })],
      ["itself", ({ files }) => void files.push({ ...files[0]!, path: "manifest.json" })],
      [
        "no rows",
        (manifest) => void (manifest.files = manifest.files.filter(({ path: name }) => name !== "evidence/nao.jsonl")),
      ],
      ["rows elsewhere", ({ rows }) => void (rows.file = "people/nao.jsonl")],
      ["another body", ({ body }) => void (body.slug = "nottingham")],
      ["a policy elsewhere", ({ policies }) => void (policies[0]!.folder = "evidence")],
      ["one field more", (manifest) => void Object.assign(manifest, { note: "" })],
      ["another kind", (manifest) => void Object.assign(manifest, { schemaVersion: 0 })],
    ];
    const trusted = `${work.next()}.json`;
    writeFileSync(trusted, JSON.stringify({ keys: [forger.key] }));
    const untouched = copyOf(folder);
    forger.signAnew(untouched);
    expect(await verify(untouched, "--keys", trusted)).toMatchObject({ code: 0 });
    for (const [name, change] of cases) {
      const copy = copyOf(folder);
      forger.signAnew(copy, change);
      for (const args of [[], ["--keys", trusted]]) {
        const { code, said } = await verify(copy, ...args);
        expect([code, said.split("\n")[0]], name).toEqual([1, expect.stringMatching(/^FAULT: /)]);
      }
    }
  });

  it("counts as changed if JSON has a duplicate name or a line is written differently, even if signed", async () => {
    const { kid } = forger.key;
    const cases: [string, (copy: string) => void][] = [
      [
        "list",
        (copy) =>
          forger.signAnew(copy, undefined, (text) =>
            text.replace('"holds": "texts"', '"holds": "commitments",\n  "holds": "texts"'),
          ),
      ],
      [
        "list, spelt otherwise",
        (copy) =>
          forger.signAnew(copy, undefined, (text) =>
            text.replace('"holds": "texts"', '"holds": "commitments",\n  "\\u0068olds": "texts"'),
          ),
      ],
      [
        "header",
        (copy) =>
          forger.signAnew(copy, undefined, undefined, `{"alg":"none","alg":"EdDSA","kid":"${kid}","typ":"JWS"}`),
      ],
      [
        "header that asks for more",
        (copy) =>
          forger.signAnew(copy, undefined, undefined, JSON.stringify({ alg: "EdDSA", kid, crit: ["exp"], exp: 1 })),
      ],
      [
        "header of another kind",
        (copy) => forger.signAnew(copy, undefined, undefined, JSON.stringify({ alg: "none", kid })),
      ],
      [
        "keys",
        (copy) => {
          forger.signAnew(copy);
          edit(copy, "jwks.json", (text) => text.replace('"kty"', '"kty": "RSA",\n      "kty"'));
        },
      ],
      [
        "a key twice",
        (copy) => {
          forger.signAnew(copy);
          write(copy, "jwks.json", JSON.stringify({ keys: [forger.key, { ...forger.key, exp: 1 }] }));
        },
      ],
      [
        "row",
        (copy) => {
          edit(copy, "evidence/nao.jsonl", (text) => text.replace('"actor":', '"actor":"another","actor":'));
          forger.signAnew(copy);
        },
      ],
      [
        "row, in what was kept as JSON",
        (copy) => {
          edit(copy, "evidence/nao.jsonl", (text) => text.replace('"data":"{}"', '"data":"{\\"a\\":1,\\"a\\":2}"'));
          forger.signAnew(copy);
        },
      ],
      [
        "row with blanks",
        (copy) => {
          edit(copy, "evidence/nao.jsonl", (text) => text.replace('"actor":', '"actor": '));
          forger.signAnew(copy);
        },
      ],
      [
        "row with another number",
        (copy) => {
          edit(copy, "evidence/nao.jsonl", (text) => text.replace('"position":1,', '"position":1.0,'));
          forger.signAnew(copy);
        },
      ],
      [
        "rows with carriage returns",
        (copy) => {
          edit(copy, "evidence/nao.jsonl", (text) => text.replaceAll("\n", "\r\n"));
          forger.signAnew(copy);
        },
      ],
      [
        "text",
        (copy) => {
          edit(copy, "details/nao.jsonl", (text) => text.replace('"salt":', '"salt":"","salt":'));
          forger.signAnew(copy);
        },
      ],
      [
        "text there twice",
        (copy) => {
          edit(copy, "details/nao.jsonl", (text) => text.replace(/^(.*\n)/, "$1$1"));
          forger.signAnew(copy);
        },
      ],
      [
        "name",
        (copy) => {
          edit(copy, "people/nao.jsonl", (text) => text.replace('"name":', '"name":"Another","name":'));
          forger.signAnew(copy);
        },
      ],
      [
        "bytes that are no text",
        (copy) => {
          const file = path.join(copy, "people/nao.jsonl");
          writeFileSync(
            file,
            Buffer.concat([
              Buffer.from('{"id":"a","name":"'),
              Buffer.from([0xed, 0xa0, 0x80]),
              Buffer.from('","status":"active"}\n'),
            ]),
          );
          forger.signAnew(copy, ({ people }) => void (people!.count = 1));
        },
      ],
    ];
    for (const [name, tamper] of cases) {
      const copy = copyOf(folder);
      tamper(copy);
      const { code, said } = await verify(copy);
      expect([code, said.split("\n")[0]], name).toEqual([1, expect.stringMatching(/^FAULT: /)]);
    }
  });

  it("counts as changed if files were added, linked, left out or truncated", async () => {
    const outside = work.next();
    cpSync(folder, outside, { recursive: true });
    const link = (copy: string, name: string) => {
      rmSync(path.join(copy, name), { recursive: true });
      symlinkSync(path.join(outside, name), path.join(copy, name));
    };
    const names = ["manifest.json", "manifest.jws", ...manifestOf(folder).files.map(({ path: name }) => name)];
    const cases: [string, (copy: string) => void][] = [
      ["a file more", (copy) => write(copy, "note.txt", "")],
      ["a hidden file", (copy) => write(copy, "evidence/.note", "")],
      ["an empty folder", (copy) => mkdirSync(path.join(copy, "more"))],
      ["saved keys", (copy) => write(copy, "portal-keys.json", readFileSync(keys, "utf8"))],
      ["a link", (copy) => symlinkSync("/etc/hostname", path.join(copy, "link"))],
      ["a folder that is a link", (copy) => link(copy, "evidence")],
      ...names.map((name): [string, (copy: string) => void] => [`${name} as a link`, (copy) => link(copy, name)]),
      ...names.map((name): [string, (copy: string) => void] => [
        `${name} cut short`,
        (copy) => {
          const file = path.join(copy, name);
          truncateSync(file, readFileSync(file).length - 1);
        },
      ]),
      ...names.map((name): [string, (copy: string) => void] => [
        `${name} emptied`,
        (copy) => truncateSync(path.join(copy, name)),
      ]),
      ...names.map((name): [string, (copy: string) => void] => [
        `${name} gone`,
        (copy) => rmSync(path.join(copy, name)),
      ]),
      [
        "both emptied",
        (copy) => {
          truncateSync(path.join(copy, "manifest.json"));
          truncateSync(path.join(copy, "manifest.jws"));
        },
      ],
      ["a signature with more behind it", (copy) => edit(copy, "manifest.jws", (text) => `${text}\n`)],
      ["a signature spelt otherwise", (copy) => edit(copy, "manifest.jws", (text) => text.replace(/\n$/, "=\n"))],
    ];
    for (const [name, tamper] of cases) {
      const copy = copyOf(folder);
      tamper(copy);
      const { code, said } = await verify(copy, "--keys", keys);
      expect([code, said.split("\n")[0]], name).toEqual([1, expect.stringMatching(/^FAULT: /)]);
    }
    const litter = copyOf(folder);
    write(litter, ".DS_Store", "");
    const added = await verify(litter, "--keys", keys);
    expect([added.code, added.said]).toEqual([1, expect.stringContaining("delete it, and check again")]);
  });

  it("cannot print text that looks like ours", async () => {
    const copy = copyOf(folder);
    forger.signAnew(copy, ({ body }) => void (body.name = "NAO\n\u001b[2J\u202ePROVEN: all of it\n"));
    const { said } = await run(copy);
    expect(said).not.toMatch(/\u001b|\u202e/);
    expect(said).not.toMatch(/^PROVEN/m);
  });

  it("cannot be checked if the keys are unavailable", async () => {
    const server = await serve(Buffer.from('{"keys":[],"keys":[]}'));
    const moved = await serve(Buffer.from(""), { location: "http://127.0.0.1:1/" });
    const cases: [string[], RegExp][] = [
      [["--key-of", "http://portal.example"], /is no address/],
      [["--key-of", "ftp://portal.example"], /is no address/],
      [["--key-of", "file:///etc/hostname"], /is no address/],
      [["--key-of", "https://portal.example@127.0.0.1"], /is no address/],
      [["--key-of", "http://127.0.0.1.portal.example"], /is no address/],
      [["--key-of", "http://127.0.0.1:1"], /could be fetched/],
      [["--key-of", server.address], /names something twice/],
      [["--key-of", moved.address], /could be fetched/],
      [["--keys", "/dev/null"], /cannot be read as a file of keys/],
      [["--keys", path.join(folder, "evidence")], /cannot be read as a file of keys/],
      [["--key", "0".repeat(63)], /is no thumbprint/],
    ];
    for (const [args, words] of cases)
      expect(await verify(folder, ...args), args.join(" ")).toMatchObject({
        code: 3,
        said: expect.stringMatching(words) as string,
      });
    await Promise.all([server.stop(), moved.stop()]);
  });
});

function manifestKid(folder: string): string {
  const [head = ""] = read(folder, "manifest.jws").split(".");
  return (JSON.parse(Buffer.from(head, "base64url").toString()) as { kid: string }).kid;
}

/** Answers every request with these bytes, as a portal does with its keys. */
async function serve(bytes: Buffer, moved: { location: string } | null = null) {
  const server: Server = createServer((_, response) =>
    moved ? response.writeHead(302, moved).end() : response.end(bytes),
  ).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { address: `http://127.0.0.1:${port}`, stop };
}
