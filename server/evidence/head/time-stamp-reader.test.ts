import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Certificate } from "pkijs";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { checkStampOfHead } from "#server/evidence/journal/verify.mjs";
import {
  checkTimeStamp,
  fetchTimeStamp,
  isForTimeStamps,
  makeTimeStampRequest,
  TimeStampFailure,
  type TimeStampRequest,
} from "./time-stamp-reader.ts";

// Against an authority that OpenSSL makes: another implementation of RFC 3161 than the one that checks here.

const work = mkdtempSync(path.join(tmpdir(), "with-care-tsa-"));
const at = (name: string) => path.join(work, name);
const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: work, stdio: ["ignore", "pipe", "pipe"] });
const POLICY = "1.2.3.4.1";

const CONFIG = `
[ca]
default_ca = issuing
[issuing]
database = ${at("index.txt")}
new_certs_dir = ${work}
serial = ${at("issued")}
default_md = sha256
policy = any
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[authority]
basicConstraints = critical, CA:false
extendedKeyUsage = critical, timeStamping
[anything]
basicConstraints = critical, CA:false
extendedKeyUsage = critical, timeStamping, serverAuth
[tsa]
default_tsa = stamps
[stamps]
serial = ${at("serial")}
default_policy = ${POLICY}
other_policies = 1.2.3.4.5
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
`;

/** One signs with RSA, as most do; elliptic curves are made sooner. */
const keyOf = (name: string) =>
  name === "stamper" ? ["-newkey", "rsa:2048"] : ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

/** A certificate of the authority, made by one of the two roots. */
function issue(name: string, root: string, extensions: string, days: readonly [from: string, until: string]): void {
  openssl(
    "req",
    "-config",
    "c.cnf",
    ...keyOf(name),
    "-nodes",
    "-keyout",
    `${name}.key`,
    "-out",
    `${name}.csr`,
    "-subj",
    `/CN=${name}`,
  );
  const dates = ["-startdate", days[0], "-enddate", days[1]];
  const by = ["-cert", `${root}.pem`, "-keyfile", `${root}.key`];
  openssl(
    "ca",
    "-batch",
    "-notext",
    "-config",
    "c.cnf",
    "-in",
    `${name}.csr`,
    "-out",
    `${name}.pem`,
    "-extensions",
    extensions,
    ...dates,
    ...by,
  );
}

const VALID = ["20200101000000Z", "20400101000000Z"] as const;

beforeAll(() => {
  writeFileSync(at("c.cnf"), CONFIG);
  for (const [name, text] of Object.entries({
    "index.txt": "",
    "index.txt.attr": "unique_subject = no\n",
    issued: "01\n",
    serial: "01\n",
  }))
    writeFileSync(at(name), text);
  for (const root of ["root", "stranger"])
    openssl(
      "req",
      "-x509",
      "-config",
      "c.cnf",
      "-extensions",
      "root",
      ...keyOf(root),
      "-nodes",
      "-days",
      "3650",
      "-keyout",
      `${root}.key`,
      "-out",
      `${root}.pem`,
      "-subj",
      `/CN=${root}`,
    );
  issue("stamper", "root", "authority", VALID);
  issue("expired", "root", "authority", ["20200101000000Z", "20210101000000Z"]);
  issue("anybody", "stranger", "authority", VALID);
}, 60_000);
afterAll(() => rmSync(work, { recursive: true }));

/** What the authority answers. */
function answer(request: Uint8Array, signer = "stamper", root = "root"): Uint8Array<ArrayBuffer> {
  writeFileSync(at("ask.tsq"), request);
  openssl(
    "ts",
    "-reply",
    "-config",
    "c.cnf",
    "-section",
    "stamps",
    "-queryfile",
    "ask.tsq",
    "-inkey",
    `${signer}.key`,
    "-signer",
    `${signer}.pem`,
    "-chain",
    `${root}.pem`,
    "-out",
    "answer.tsr",
  );
  return new Uint8Array(readFileSync(at("answer.tsr")));
}

const trusted = () => readFileSync(at("root.pem"), "utf8");
const HEAD = Buffer.from("eyJhbGciOiJFZERTQSJ9.e30.c2lnbmVk");
const check = (response: Uint8Array<ArrayBuffer>, request: TimeStampRequest, now = new Date()) =>
  checkTimeStamp(response, request, trusted(), now);

it("takes what was asked for, with its time, and so does OpenSSL", async () => {
  const request = makeTimeStampRequest(HEAD, POLICY);
  const stampedAt = await check(answer(request.der), request);
  expect(Math.abs(stampedAt.getTime() - Date.now())).toBeLessThan(60_000);
  writeFileSync(at("head.jws"), HEAD);
  expect(
    openssl("ts", "-verify", "-data", "head.jws", "-in", "answer.tsr", "-CAfile", "root.pem").toString(),
  ).toContain("OK");
});

it("refuses whatever is not what was asked for", async () => {
  const request = makeTimeStampRequest(HEAD, undefined);
  const other = makeTimeStampRequest(Buffer.from("another head"), undefined);
  const genuine = answer(request.der);
  const withMods = Uint8Array.from(genuine);
  const status = Buffer.from(withMods).indexOf(Buffer.from([0x02, 0x01, 0x00]));
  withMods[status + 2] = 1;
  expect(await check(withMods, request)).toEqual(await check(genuine, request));
  const ofOtherKind = Uint8Array.from(genuine);
  const kind = Buffer.from("2a864886f70d0109100104", "hex");
  ofOtherKind[Buffer.from(genuine).indexOf(kind) + kind.length - 1] = 5;
  const damaged = Uint8Array.from(genuine);
  damaged[damaged.length - 5] = (damaged.at(-5) ?? 0) ^ 1;
  const refused: [string, () => Promise<Date>, RegExp][] = [
    ["nonce", () => check(genuine, { ...request, nonce: other.nonce }), /answers another request/],
    ["imprint", () => check(answer(other.der), { ...request, nonce: other.nonce }), /on something else/],
    ["policy", () => check(genuine, { ...request, policy: "1.2.3.4.5" }), /follows the policy 1\.2\.3\.4\.1/],
    ["modified", () => check(withMods, { ...request, policy: "1.2.3.4.5" }), /follows the policy/],
    ["rejected", () => check(answer(makeTimeStampRequest(HEAD, "1.9.9").der), request), /refused, with status 2/],
    ["kind", () => check(ofOtherKind, request), /is no time-stamp/],
    ["signature", () => check(damaged, request), /signature of the time-stamp/],
    ["clock", () => check(genuine, request, new Date(Date.now() + 3_600_000)), /far from now/],
    ["expired", () => check(answer(request.der, "expired"), request), /does not hold/],
    ["stranger", () => check(answer(request.der, "anybody", "stranger"), request), /does not hold/],
    ["unreadable", () => check(new Uint8Array([1, 2, 3]), request), /cannot be read/],
    ["no certificates", () => checkTimeStamp(genuine, request, "nothing", new Date()), /holds none that can be read/],
  ];
  for (const [name, attempt, says] of refused) {
    const error: unknown = await attempt().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error, name).toBeInstanceOf(TimeStampFailure);
    expect(String(error), name).toMatch(says);
  }
});

it("refuses a certificate that is for something else too", () => {
  issue("general", "root", "anything", VALID);
  const isFor = (name: string) => {
    const der = Buffer.from(readFileSync(at(`${name}.pem`), "utf8").replace(/-----.*-----|\s/g, ""), "base64");
    return isForTimeStamps(Certificate.fromBER(new Uint8Array(der)));
  };
  expect([isFor("stamper"), isFor("general"), isFor("root")]).toEqual([true, false, false]);
  // OpenSSL does not even sign with it.
  expect(() => answer(makeTimeStampRequest(HEAD, undefined).der, "general")).toThrow();
});

it("is checked by verify.mjs too, which says what it does not check", () => {
  const look = (response: Uint8Array, jws = HEAD.toString(), published = new Date()) => {
    const report = { head: { at: published.toISOString() }, faults: [] as string[], notes: [] as string[] };
    checkStampOfHead({ head: jws, timeStamp: Buffer.from(response).toString("base64") }, report);
    return [...report.faults, ...report.notes].join("\n");
  };
  const asked = makeTimeStampRequest(HEAD, undefined).der;
  for (const [signer, root] of [
    ["stamper", "root"],
    ["anybody", "stranger"],
  ] as const) {
    const genuine = answer(asked, signer, root);
    expect(look(genuine)).toMatch(
      new RegExp(`^Time-stamp: this head existed at 20.*signature is right, by .*CN=${signer}`),
    );
    expect(look(genuine)).toMatch(/Not checked: whether an authority that you trust issued that certificate/);
    expect(look(genuine, `${HEAD.toString()}x`)).toMatch(/^The time-stamp is on something else than this head\.$/);
    expect(look(genuine, HEAD.toString(), new Date(Date.now() + 3_600_000))).toMatch(/before the head was published/);
    expect(look(genuine.subarray(0, -9))).toMatch(/^The time-stamp cannot be read: it was changed\.$/);
    expect(look(Uint8Array.of())).toMatch(/cannot be read/);
    // Neither a bit of the signature can be changed, nor the time, nor what the signature covers of it.
    const year = Buffer.from(genuine).indexOf(`${new Date().getUTCFullYear()}`);
    for (const place of [genuine.length - 5, year + 3]) {
      const changed = Uint8Array.from(genuine);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(look(changed), String(place)).toMatch(/^The signature of the time-stamp does not fit: it was changed\.$/);
    }
  }
});

let server: Server | undefined;
afterEach(() => void server?.close());
async function serve(
  respond: (asked: Buffer) => { status?: number; type?: string; body?: Uint8Array },
): Promise<string> {
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const {
        status = 200,
        type = "application/timestamp-reply",
        body = new Uint8Array(),
      } = respond(Buffer.concat(pieces));
      response.writeHead(status, { "content-type": type, location: "/elsewhere" }).end(body);
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`;
}

it("asks over HTTP, and says what went wrong there", async () => {
  const ask = (url: string) => fetchTimeStamp(HEAD, { url, trusted: trusted(), policy: undefined }, () => new Date());
  const { stampedAt, response } = await ask(await serve((asked) => ({ body: answer(asked) })));
  expect([stampedAt instanceof Date, response.length > 1000]).toEqual([true, true]);
  server?.close();
  for (const [respond, says] of [
    [() => ({ status: 500 }), /answered 500/],
    [() => ({ status: 302 }), /answered 302/],
    [() => ({ type: "text/html" }), /no time-stamp/],
    [() => ({ body: new Uint8Array(200_000) }), /more than a time-stamp/],
    [() => ({ body: new Uint8Array() }), /cannot be read/],
  ] as const) {
    await expect(ask(await serve(respond))).rejects.toThrow(says);
    server?.close();
  }
  await expect(ask("http://127.0.0.1:1/")).rejects.toThrow(/could not be reached/);
});
