import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import {
  consistencyPath,
  hashAbove,
  inclusionPath,
  leafHash,
  type MerkleTree,
  rootOf,
} from "#domain/evidence/head/merkle.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { isContinued, rootOfPath } from "#server/evidence/journal/verify.mjs";
import { transact } from "#server/evidence/journal/transact.ts";
import { getJwks } from "#server/evidence/signing-key/queries.ts";
import { serveBody, serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase, describeOnOneDatabase } from "#server/testing/database.ts";
import { verifyExported as verify } from "#server/testing/exports.ts";
import { addPerson } from "#server/testing/people.ts";
import { ASK_FOR_TIME_STAMPS, PUBLISH_HEADS } from "./job.ts";
import { getCover, getHeadFile, getHeads, makeCertificateFile, makeHeadFile } from "./queries.ts";
import { askForTimeStampsAgain, receiveWitness } from "./service.ts";

const sha256 = (hex: string) => createHash("sha256").update(hex, "hex").digest("hex");

describe("what verify.mjs makes of paths", () => {
  const treeOf = (leaves: readonly string[]): MerkleTree => ({
    sha256,
    node: (level, index) =>
      Promise.resolve(
        hashAbove(
          sha256,
          leaves.slice(index * 2 ** level, (index + 1) * 2 ** level).map((leaf) => leafHash(sha256, leaf)),
        ),
      ),
  });
  const sizes = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat());
  const rows = Array.from({ length: 200 }, (_, at) => sha256(at.toString(16).padStart(4, "0")));

  it("leads every leaf to the root, and no other leaf or place", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ([size, one, two]) => {
        const tree = treeOf(rows);
        const [root, index, other] = [await rootOf(tree, size), one % size, two % size];
        const steps = await inclusionPath(tree, index, size);
        expect(rootOfPath(rows[index] ?? "", index, size, steps)).toBe(root);
        if (other === index) return;
        expect(rootOfPath(rows[other] ?? "", index, size, steps)).not.toBe(root);
        expect(rootOfPath(rows[index] ?? "", other, size, steps)).not.toBe(root);
        expect(rootOfPath(rows[index] ?? "", index, size, [...steps, root])).toBeNull();
        expect(rootOfPath(rows[index] ?? "", index, size, steps.slice(1))).not.toBe(root);
      }),
    );
  });

  it("sees whether a head continues another, and nothing else passes for it", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ([size, one]) => {
        const [tree, early] = [treeOf(rows), (one % size) + 1];
        const [first, second] = [
          { size: early, root: await rootOf(tree, early) },
          { size, root: await rootOf(tree, size) },
        ];
        const steps = await consistencyPath(tree, early, size);
        expect(isContinued(first, second, steps)).toBe(true);
        expect(isContinued({ ...first, root: sha256("ff") }, second, steps)).toBe(false);
        expect(isContinued(first, { ...second, root: sha256("ff") }, steps)).toBe(false);
        expect(isContinued(first, second, [...steps, sha256("ff")])).toBe(false);
        if (steps.length > 0) expect(isContinued(first, second, steps.slice(1))).toBe(false);
        const rewritten = treeOf(rows.with(early - 1, sha256("ff")));
        const other = { size, root: await rootOf(rewritten, size) };
        expect(isContinued(first, other, await consistencyPath(rewritten, early, size))).toBe(false);
      }),
    );
  });
});

const DAY = (day: string) => new Date(`${day}T05:00:00Z`);
const event = (number: number): EvidenceEvent => ({
  body: "nao",
  event: "policy.acknowledged",
  at: new Date(1_790_000_000_000 + number),
  actor: `person-${number}`,
  subject: `ACK-${number}`,
  on: { policy: "nao", version: "1.1", hash: "a".repeat(64) },
  detail: { reason: `words ${number}` },
});
const write = (from: number, count: number) =>
  transact(() =>
    Promise.resolve({ result: null, evidence: Array.from({ length: count }, (_, at) => event(from + at)) }),
  );
const publish = async (day: string) => {
  vi.spyOn(clock, "now").mockReturnValue(DAY(day));
  return PUBLISH_HEADS.run(DAY(day));
};

let work: string;
beforeEach(() => {
  work = mkdtempSync(path.join(tmpdir(), "with-care-heads-"));
});
afterEach(async () => {
  rmSync(work, { recursive: true });
  vi.restoreAllMocks();
  await serveRealContent();
});
const save = (name: string, content: unknown) => {
  const file = path.join(work, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};
const saveKeys = async () => save("keys.json", await getJwks());

describeOnEachDatabase("a published head", (database) => {
  it("is published once a day where there are new rows, and covers them from then on", async () => {
    expect(await publish("2027-01-04")).toBe("Nothing new to publish");
    await write(1, 600);
    vi.spyOn(clock, "now").mockReturnValue(DAY("2027-01-04"));
    expect(await getCover("nao", 600)).toEqual({ nextOn: "2027-01-04" });
    vi.spyOn(clock, "now").mockReturnValue(new Date("2027-01-04T23:50:00Z"));
    expect(await getCover("nao", 600)).toEqual({ nextOn: "2027-01-05" });
    expect(await makeCertificateFile("nao", 600, { reference: "ACK-600", title: "" })).toBe("waits");
    expect(await publish("2027-01-04")).toBe("Published for nao");
    expect(await publish("2027-01-04")).toBe("Nothing new to publish");
    await write(601, 1);
    expect(await publish("2027-01-04")).toBe("Nothing new to publish");
    expect(await getCover("nao", 602)).toEqual({ nextOn: "2027-01-05" });
    expect(await publish("2027-01-05")).toBe("Published for nao");
    expect(await publish("2027-01-06")).toBe("Nothing new to publish");
    // 600 rows, one for the key that was made, one more.
    expect(await getCover("nao", 602)).toEqual({ size: 602, at: DAY("2027-01-05") });
    expect(await getCover("nao", 601)).toEqual({ size: 601, at: DAY("2027-01-04") });
    const nodes = await database().prisma.evidenceNode.findMany({ orderBy: { index: "asc" } });
    expect(nodes.map(({ level, index }) => [level, index])).toEqual([
      [8, 0],
      [8, 1],
    ]);
  });

  it("proves a certificate alone, and every change of the file shows", async () => {
    await write(1, 300);
    await publish("2027-01-04");
    const file = await makeCertificateFile("nao", 17, { reference: "ACK-17", title: "NAO, version 1.1" });
    if (file === "waits") throw new Error("No head covers it.");
    const keys = await saveKeys();
    const { row } = file;
    const genuine = await verify(save("ack.json", file), "--keys", keys);
    expect(genuine.said).toMatch(/^PROVEN: the certificate ACK-17 is in the evidence of nao/);
    expect(genuine.said).toContain("policy.acknowledged, ACK-17, by person-17");
    expect(genuine.said).toContain('With the text: {"reason":"words 17"}');
    expect(genuine.code).toBe(0);
    expect(await verify(save("ack.json", file))).toMatchObject({ code: 2 });
    const byNotepad = `\ufeff${JSON.stringify(file, null, 2).replaceAll("\n", "\r\n")}\r\n`;
    expect(await verify(save("ack.json", byNotepad), "--keys", keys)).toMatchObject({ code: 0 });
    const without = await verify(save("ack.json", { ...file, text: null }), "--keys", keys);
    expect(without).toMatchObject({ code: 0, said: expect.stringContaining("Its text is not in this file") as string });
    const half = JSON.stringify(file).slice(0, 900);
    expect(await verify(save("half.json", half), "--keys", keys)).toMatchObject({ code: 3 });
    // Heads of exports are hashes of rows, and would only seem to differ.
    const noted = ["--head", `nao:301:${row.hash}`];
    expect(await verify(save("ack.json", file), "--keys", keys, ...noted)).toMatchObject({ code: 3 });
    const changes: [object, RegExp][] = [
      [{ row: { ...row, actor: "somebody" } }, /content does not match its hash/],
      [{ row: { ...row, position: 18 } }, /content does not match its hash/],
      [{ path: file.path.slice(1) }, /is not among the 301 rows/],
      [{ path: [...file.path, sha256("ff")] }, /is not among the 301 rows/],
      [{ text: { salt: "00", detail: "{}" } }, /does not match the row's commitment/],
      [{ certificate: { ...file.certificate, reference: "ACK-18" } }, /The row is about ACK-17/],
      [{ head: file.head.replace(/.{4}$/, "AAAA") }, /signature|cannot be read/],
      [{ more: 1 }, /has not the parts/],
    ];
    for (const [change, says] of changes) {
      const said = await verify(save("changed.json", { ...file, ...change }), "--keys", keys);
      expect(said.code, JSON.stringify(change).slice(0, 80)).toBe(1);
      expect(said.said).toMatch(/^FAULT: /);
      expect(said.said).toMatch(says);
    }
    // Another row with another's path.
    const other = await makeCertificateFile("nao", 18, { reference: "ACK-18", title: "" });
    if (other === "waits") throw new Error("No head covers it.");
    const swapped = await verify(save("changed.json", { ...other, path: file.path }), "--keys", keys);
    expect(swapped.said).toMatch(/^FAULT: Row 18 is not among/);
    expect(await verify(save("no.json", { kind: "x" }), "--keys", keys)).toMatchObject({ code: 3 });
  });

  it("continues earlier ones, or it shows", async () => {
    await write(1, 10);
    await publish("2027-01-04");
    const first = await makeHeadFile("nao");
    await write(11, 300);
    await publish("2027-01-05");
    const second = await makeHeadFile("nao");
    const keys = await saveKeys();
    const [one, two] = [save("one.json", first), save("two.json", second)];
    const right = await verify(two, "--earlier", one, "--keys", keys);
    expect(right.said).toMatch(/^PROVEN: this head/);
    expect(right.said).toContain("It continues the head of 11 rows");
    expect((await verify(one, "--earlier", two, "--keys", keys)).code).toBe(3);
    await transact(() => Promise.resolve({ result: null, evidence: [{ ...event(1), body: "nottingham" }] }));
    await publish("2027-01-06");
    const theirs = save("theirs.json", await makeHeadFile("nottingham"));
    expect(await verify(two, "--earlier", theirs, "--keys", await saveKeys())).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^FAULT: The head that you kept is of nottingham, and this one of nao/) as string,
    });
    expect((await makeHeadFile("nao", undefined, 10)) as object).toMatchObject({ earlier: [] });
    // Somebody writes the chain anew, and publishes it under the same key.
    const { prisma } = database();
    const forget = ["EvidenceHead", "EvidenceNode", "EvidenceDetail", "Evidence"].map(
      (name) => `DELETE FROM "${name}"`,
    );
    await prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      for (const sql of forget) await tx.$executeRawUnsafe(sql);
    });
    await write(2, 11);
    await publish("2027-01-04");
    await write(500, 200);
    await publish("2027-01-05");
    const forged = save("forged.json", await makeHeadFile("nao"));
    const wrong = await verify(forged, "--earlier", one, "--keys", keys);
    expect(wrong.said).toMatch(/^FAULT: The head of 11 rows that you kept is not the one/);
    expect(wrong.code).toBe(1);
  });

  it("is not published, and verification says why, once the rows do not come to the last one", async () => {
    await write(1, 10);
    await publish("2027-01-04");
    expect((await verifyChains(database().prisma))[0]?.fault).toBeNull();
    await write(11, 10);
    await database().prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      await tx.$executeRaw`UPDATE "EvidenceHead" SET root = ${"0".repeat(64)}`;
    });
    await transact(() => Promise.resolve({ result: null, evidence: [{ ...event(30), body: "nottingham" }] }));
    await expect(publish("2027-01-05")).rejects.toThrow("nao does not continue its head of 11 rows");
    // What is wrong with one body keeps no other one waiting.
    expect(await database().prisma.evidenceHead.count({ where: { body: "nottingham" } })).toBe(1);
    expect((await verifyChains(database().prisma))[0]?.fault).toMatchObject({
      position: 11,
      problem: expect.stringContaining("do not come to the head published on 4 January 2027") as string,
    });
  });

  it("cannot be changed or taken away, nor can what witnesses said or nodes", async () => {
    await write(1, 300);
    await publish("2027-01-04");
    const { prisma } = database();
    for (const change of [
      `UPDATE "EvidenceHead" SET root = ''`,
      `DELETE FROM "EvidenceHead"`,
      `DELETE FROM "EvidenceNode"`,
    ])
      await expect(prisma.$executeRawUnsafe(change)).rejects.toThrow(/append-only/);
  });
});

describeOnOneDatabase("witnesses", (database) => {
  let auditor: Actor;
  beforeEach(async () => {
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    await write(1, 10);
    await publish("2027-01-04");
  });
  const statement = (size: number) => readFileSync(path.join(work, `witness-nao-${size}.jws`));
  const witness = async (head: string, ...more: string[]) =>
    verify(
      "witness",
      head,
      "--as",
      "Audit firm",
      "--with",
      path.join(work, "key.json"),
      "--keys",
      await saveKeys(),
      ...more,
    );

  it("sign a head that continues the one they saw, and the body keeps that", async () => {
    const one = save("one.json", await getHeadFile(auditor));
    expect(await verify("witness", one, "--as", "Audit firm", "--with", path.join(work, "key.json"))).toMatchObject({
      code: 2,
    });
    expect(await witness(one, "--as", " ")).toMatchObject({ code: 3 });
    expect(await witness(one, "--as", "a\u202eb")).toMatchObject({ code: 3 });
    expect(existsSync(path.join(work, "key.json"))).toBe(false);
    const signed = await witness(one);
    expect(signed.said).toContain("Signed with your key");
    expect(statSync(path.join(work, "key.json")).mode & 0o077).toBe(0);
    expect(await receiveWitness(auditor, statement(11))).toEqual({ code: "kept", isOurs: true });
    expect(await receiveWitness(auditor, statement(11))).toEqual({ code: "known" });
    expect((await getHeads(auditor))?.page.rows).toMatchObject([{ size: 11, witnesses: [{ name: "Audit firm" }] }]);
    const shown = await verify(save("with.json", await getHeadFile(auditor)), "--keys", await saveKeys());
    expect(shown.said).toContain('Witness: "Audit firm" saw this head');
    await write(20, 9);
    await publish("2027-01-05");
    expect((await witness(save("two.json", await getHeadFile(auditor)))).said).toContain(
      "It continues the head of 11 rows",
    );
    expect(await database().prisma.evidence.count({ where: { event: "evidence.head-witnessed" } })).toBe(1);
  });

  it("raise an alarm where the chain was written anew: by not signing, and with what they signed before", async () => {
    await witness(save("one.json", await getHeadFile(auditor)));
    await database().prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      for (const name of ["EvidenceHead", "EvidenceDetail", "Evidence"])
        await tx.$executeRawUnsafe(`DELETE FROM "${name}"`);
    });
    await write(100, 11);
    await publish("2027-01-04");
    await write(200, 10);
    await publish("2027-01-05");
    const refused = await witness(save("two.json", await getHeadFile(auditor)));
    expect(refused.said).toMatch(/^FAULT: /);
    expect(refused.said).toContain("ALARM: the head of 11 rows");
    expect(refused.code).toBe(1);
    expect(await receiveWitness(auditor, statement(11))).toEqual({ code: "kept", isOurs: false });
    expect((await getHeads(auditor))?.alarms).toMatchObject([{ name: "Audit firm", size: 11 }]);
    expect((await verifyChains(database().prisma))[0]?.fault?.problem).toContain("the witness Audit firm saw");
  });

  it("are believed only with their signature, about a head of this body", async () => {
    await witness(save("one.json", await getHeadFile(auditor)));
    const text = statement(11).toString();
    const [head = "", payload = "", signature = ""] = text.trim().split(".");
    const other = Buffer.from(payload, "base64url").toString().replace("Audit firm", "Audit form");
    for (const wrong of [
      "",
      "x",
      `${head}.${Buffer.from(other).toString("base64url")}.${signature}`,
      "a".repeat(30_000),
    ])
      expect((await receiveWitness(auditor, Buffer.from(wrong))).code).toBe("invalid");
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["auditor"] });
    expect(await receiveWitness(elsewhere, statement(11))).toMatchObject({
      code: "invalid",
      problem: expect.stringContaining("not signed with a key of your body") as string,
    });
    const employee = await addPerson(database(), "employee");
    expect(await receiveWitness(employee, statement(11))).toEqual({ code: "not-found" });
    expect([await getHeads(employee), await getHeadFile(employee), await askForTimeStampsAgain(employee)]).toEqual([
      null,
      null,
      "not-found",
    ]);
  });
});

describeOnOneDatabase("time-stamps of heads", (database) => {
  it("are asked for until the limit; that none came is evidence, and they can be asked for again", async () => {
    vi.spyOn(console, "warn").mockReturnValue();
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    let requests = 0;
    const server = createServer((_, response) => {
      requests++;
      response.writeHead(503).end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await write(1, 10);
    await serveBody("nao", { timeStamps: { authority, certificates: "tsa.pem" }, timeStampCertificates: "" });
    await publish("2027-01-04");
    let at = DAY("2027-01-04").getTime();
    const results: string[] = [];
    for (let tries = 0; tries < 12; tries++, at += 7 * 3_600_000)
      results.push(await ASK_FOR_TIME_STAMPS.run(new Date(at)));
    server.close();
    expect(results.slice(0, 11).every((one) => one === "0 given, 1 to be tried again, 0 given up")).toBe(true);
    expect(results[11]).toBe("0 given, 0 to be tried again, 1 given up");
    expect(requests).toBe(12);
    expect(await ASK_FOR_TIME_STAMPS.run(new Date(at))).toBe("Nothing to ask for");
    expect(await database().prisma.evidence.findMany({ where: { event: "evidence.time-stamp-missed" } })).toMatchObject(
      [{ actor: "portal", subject: "head 11", data: '{"size":11,"tries":12}' }],
    );
    expect(await getHeads(auditor)).toMatchObject({
      missed: 1,
      page: { rows: [{ timeStamp: { state: "missed", reason: "The authority answered 503." } }] },
    });
    expect(await askForTimeStampsAgain(auditor)).toBe(1);
    expect(await askForTimeStampsAgain(auditor)).toBe(0);
    expect(await getHeads(auditor)).toMatchObject({ missed: 0 });
  });

  it("are off unless the body names an authority", async () => {
    await write(1, 10);
    await publish("2027-01-04");
    expect(await ASK_FOR_TIME_STAMPS.run(DAY("2027-01-05"))).toBe("Nothing to ask for");
    expect(await database().prisma.evidenceTimeStamp.count()).toBe(0);
  });
});
