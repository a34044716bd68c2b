import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { readPublishedFiles } from "#server/base/content/published-files.ts";
import { getPolicyVersion } from "#server/policy/policy/queries.ts";
import { recordReleases } from "#server/policy/policy/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addGroupToClear } from "#server/testing/hold-groups.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { getFoiPack } from "./queries.ts";
import { makeFoiPack } from "./service.ts";

const BODY = "example-borough";
const DAY = "2026-03-03"; // version 1.0 was in force
const LONG_AGO = new Date("2020-01-01T12:00:00Z");

const at = (moment: Date) => vi.spyOn(clock, "now").mockReturnValue(moment);

describeOnEachDatabase("the FOI pack", (database) => {
  let officer: Actor;
  let hashes: Map<string, string>;

  beforeEach(async () => {
    at(new Date("2026-01-02T10:00:00Z"));
    await recordReleases();
    at(new Date("2026-11-24T10:00:00Z"));
    officer = await addPerson(database(), "officer", { body: BODY, roles: ["governance-officer"], joinedAt: LONG_AGO });
    hashes = new Map();
    for (const number of ["1.0", "1.1", "2.0"])
      hashes.set(number, (await getPolicyVersion(officer, "model", number))?.version.hash ?? "");
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  let count = 0;
  const answer = async (
    personId: string,
    givenAt: string,
    given: "accepted" | "declined" = "accepted",
    { version = "1.0", body = BODY, hash = hashes.get(version) ?? "" } = {},
  ) => {
    const id = `a-${++count}`;
    await database().prisma.acknowledgement.create({
      data: {
        id,
        reference: `ACK-${id}`,
        body,
        personId,
        policy: "model",
        version,
        hash,
        attempt: count,
        answer: given,
        reason: given === "declined" ? "my secret reason" : null,
        statement: "I accept.",
        givenAt: new Date(givenAt),
      },
    });
  };
  const people = async (prefix: string, number: number, joinedAt = LONG_AGO) => {
    const ids = Array.from({ length: number }, (_, at) => `${prefix}-${at}`);
    for (const id of ids) await addPerson(database(), id, { body: BODY, joinedAt });
    return ids;
  };
  const exception = async (startsAt: string, endsAt: string, more: object = {}) => {
    const id = `x-${++count}`;
    await database().prisma.exception.create({
      data: {
        id,
        reference: `EX-SECRET-${id}`,
        body: BODY,
        requesterId: officer.personId,
        startKey: id,
        policy: "model",
        state: "approved",
        version: "1.0",
        hash: hashes.get("1.0") ?? "",
        situation: {},
        clauses: ["3.7"],
        justification: "Resident Hemlock asked.",
        whyNoChannel: "None.",
        dataInvolved: "Times.",
        scope: "person",
        residual: 6,
        conditions: { create: { id: `${id}-condition`, position: 0, text: "Call Hemlock only." } },
        createdAt: LONG_AGO,
        changedAt: LONG_AGO,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
        submittedAt: LONG_AGO,
        decidedAt: LONG_AGO,
        ...more,
      },
    });
    return id;
  };
  const figures = async (day: string) => {
    const pack = await getFoiPack(officer, "model", day);
    return pack && [pack.version.version, pack.accepted];
  };
  const made = async () => {
    const result = await makeFoiPack(officer, "model", DAY);
    if (result.code !== "made") throw new Error(result.code);
    return { ...result, files: unzipSync(result.bytes) };
  };

  it("is for the governance officer of the body alone, and for a day that has come and on which something held", async () => {
    for (const role of ROLES) {
      const actor = await addPerson(database(), `a-${role}`, { body: BODY, roles: [role] });
      expect([role, (await getFoiPack(actor, "model", DAY)) !== null]).toEqual([role, role === "governance-officer"]);
      const { code } = await makeFoiPack(actor, "model", DAY);
      expect([role, code]).toEqual([role, role === "governance-officer" ? "made" : "not-found"]);
    }
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nao", roles: ["governance-officer"] });
    expect(await getFoiPack(elsewhere, "model", DAY)).toBeNull();
    for (const day of ["2026-01-04", "2026-11-25", "2026-02-30", "yesterday", "", "../../x"])
      expect([day, await getFoiPack(officer, "model", day)]).toEqual([day, null]);
    expect(await getFoiPack(officer, "model", "2026-11-24")).not.toBeNull();
    expect(await getFoiPack(officer, "nope", DAY)).toBeNull();
  });

  it("counts who had accepted by the end of the day in London, leavers too, each person once", async () => {
    const early = await people("early", 6);
    for (const id of early) await answer(id, "2026-02-01T10:00:00Z");
    await answer(early[0] ?? "", "2026-02-02T10:00:00Z");
    await database().prisma.person.update({ where: { id: early[0] ?? "" }, data: { status: "left" } });
    const [lastMinute = "", nextDay = ""] = await people("edge", 2);
    await answer(lastMinute, "2026-03-03T23:59:59.999Z");
    await answer(nextDay, "2026-03-04T00:00:00Z");
    const decliners = await people("no", 6);
    for (const id of decliners) await answer(id, "2026-02-01T10:00:00Z", "declined");
    await answer(decliners[0] ?? "", "2026-02-05T10:00:00Z", "accepted");
    await people("silent", 7);
    const [other = ""] = [(await addPerson(database(), "other", { body: "nao" })).personId];
    await answer(other, "2026-02-01T10:00:00Z", "accepted", { body: "nao" });
    const [draft = ""] = await people("draft", 1);
    await answer(draft, "2026-02-01T10:00:00Z", "accepted", { hash: "0".repeat(64) });

    expect(await figures(DAY)).toEqual(["1.0", 8]);
    expect(await figures("2026-03-04")).toEqual(["1.0", 9]);
    expect(await figures("2026-04-01"), "a minor version keeps answers").toEqual(["1.1", 9]);
    expect(await figures("2026-09-01"), "a material one does not").toEqual(["2.0", 0]);
  });

  it("counts exceptions that held on the day: from its first moment to its last, until they were stopped", async () => {
    const summer = "2026-06-15"; // 14 June 23:00 to 15 June 23:00 UTC
    await exception("2026-06-15T22:59:59.999Z", "2026-07-01T00:00:00Z"); // begins at the last moment
    await exception("2026-01-01T00:00:00Z", "2026-06-14T23:00:00.001Z"); // ends at the first
    await exception("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z");
    await exception("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z", { scope: "team", residual: 20 });
    await exception("2026-06-15T23:00:00Z", "2026-07-01T00:00:00Z"); // the day after
    await exception("2026-01-01T00:00:00Z", "2026-06-14T23:00:00Z"); // the day before
    await exception("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z", { body: "nao" });
    await exception("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z", { policy: "another" });
    await exception("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z", {
      state: "submitted",
      startsAt: null,
      endsAt: null,
    });
    const revokedOn = async (at: string) => {
      const exceptionId = await exception("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z", { state: "revoked" });
      const step = { id: `s-${exceptionId}`, exceptionId, position: 1, personId: officer.personId, command: "revoke" };
      await database().prisma.exceptionStep.create({ data: { ...step, at: new Date(at) } });
    };
    await revokedOn("2026-06-10T10:00:00Z");
    const read = async () => (await getFoiPack(officer, "model", summer))?.exceptions;
    expect(await read()).toHaveLength(4);
    await revokedOn("2026-06-20T10:00:00Z");
    expect(await read()).toEqual([
      { clauses: ["3.7"], scope: "person", level: "medium", from: "2026-01", until: "2026-06" },
      { clauses: ["3.7"], scope: "person", level: "medium", from: "2026-01", until: "2026-06" },
      { clauses: ["3.7"], scope: "person", level: "medium", from: "2026-01", until: "2026-07" },
      { clauses: ["3.7"], scope: "person", level: "medium", from: "2026-06", until: "2026-07" },
      { clauses: ["3.7"], scope: "team", level: "high", from: "2026-01", until: "2026-07" },
    ]);
  });

  it("holds the text with every clause, the rules, the record and the untouched files, and nothing that loads or runs", async () => {
    const version = (await getPolicyVersion(officer, "model", "1.0"))?.version;
    const { files } = await made();
    expect(Object.keys(files)).toEqual([
      "README.txt",
      "policy.html",
      "rules.html",
      "record.html",
      "figures.csv",
      "body-figures.csv",
      "original/policy.mdx",
      "original/questions.yaml",
      "original/rules.yaml",
    ]);
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    for (const { id, text: words } of version?.clauses ?? []) {
      expect(text("policy.html")).toContain(`id="clause-${id}"`);
      expect(plain(text("policy.html")), id).toContain(words);
    }
    for (const name of ["policy.html", "rules.html", "record.html"]) {
      expect(text(name), name).not.toMatch(/<script|<img|<link|<iframe|\ssrc=|\son\w+=|url\(/i);
      expect(text(name), name).toContain("This applied on 3 March 2026: version 1.0");
    }
    for (const { id } of version?.table.rules ?? []) expect(text("rules.html")).toContain(`id="rule-${id}"`);
    expect(plain(text("record.html"))).toContain("Senior Information Risk Owner");
    expect(text("figures.csv")).toContain("by the end of 3 March 2026,fewer than 5");
    // What the README says to type: sha256sum of each, and sha256sum of those lines.
    const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
    const [, command = ""] = /sha256sum (.*) \| sha256sum/.exec(text("README.txt")) ?? [];
    const lines = command.split(" ").map((name) => `${sha256(files[`original/${name}`] ?? "")}  ${name}\n`);
    expect(text("README.txt")).toContain(`${sha256(lines.join(""))}  -`);
    expect(sha256(lines.join(""))).toBe(version?.hash);
  });

  it("names nobody: no person, no team, no reference, no reason", async () => {
    const team = await addTeam(database(), "hush", { body: BODY, managerId: officer.personId });
    await database().prisma.person.update({ where: { id: officer.personId }, data: { teamId: team } });
    for (const id of await people("staff", 8)) await answer(id, "2026-02-01T10:00:00Z", "declined");
    for (let number = 0; number < 6; number++)
      await exception("2026-01-10T00:00:00Z", "2026-05-20T00:00:00Z", { scope: "team", teamId: team });
    const { files } = await made();
    expect(Object.keys(files)).toContain("exceptions.csv");
    for (const [name, bytes] of Object.entries(files)) {
      const text = strFromU8(bytes);
      expect(text, name).not.toMatch(
        /Person (officer|staff)|Team hush|EX-SECRET|ACK-|Hemlock|secret reason|2026-05-20|20 May/,
      );
    }
    expect(strFromU8(files["exceptions.csv"] ?? new Uint8Array())).toContain(
      "model 3.7,A team,Medium,January 2026,May 2026",
    );
  });

  it("tells no small number: of answers, of exceptions, of anything the body is asked about", async () => {
    for (const id of await people("few", 3)) await answer(id, "2026-02-01T10:00:00Z");
    for (let number = 0; number < 3; number++) await exception("2026-01-10T00:00:00Z", "2026-05-20T00:00:00Z");
    const { files } = await made();
    expect(Object.keys(files)).not.toContain("exceptions.csv");
    const figures = strFromU8(files["figures.csv"] ?? new Uint8Array());
    expect(figures.match(/,fewer than 5/g)).toHaveLength(2);
    expect(strFromU8(files["record.html"] ?? new Uint8Array())).not.toMatch(/<dd>[1-4]<\/dd>|From clauses/);
    expect(strFromU8(files["body-figures.csv"] ?? new Uint8Array())).not.toMatch(/,[0-4]\r?$/m);
  });

  it("holds what became of the messages of groups under the policy by the end of the day, and names none of them", async () => {
    const ann = await addPerson(database(), "ann", { body: BODY });
    const group = { administrators: [ann], policy: "model", name: "Hush rota", clearEveryDays: 7 };
    const { id } = await addGroupToClear(database(), { ...group, at: new Date("2026-02-20T10:00:00Z") });
    const done = { groupId: id, clearedFor: "group", confirmedById: "ann", recordsMovedTo: "Case Hemlock" };
    await database().prisma.clearDown.createMany({
      data: [
        { id: "c1", dueOn: "2026-02-27", confirmedAt: new Date("2026-02-27T10:00:00Z"), ...done },
        { id: "c2", dueOn: "2026-03-06", confirmedAt: new Date("2026-03-06T10:00:00Z"), ...done },
      ],
    });
    const { files } = await made();
    const names = ["clear-downs.html", "clear-downs.csv"];
    expect(Object.keys(files)).toEqual(expect.arrayContaining([...names, "README.txt"]));
    for (const [name, bytes] of Object.entries(files))
      expect(strFromU8(bytes), name).not.toMatch(/Hush|Person ann|Hemlock|GRP-|2026-03-06|6 March 2026/);
    for (const name of names)
      expect(strFromU8(files[name] ?? new Uint8Array()), name).toContain(
        "They were cleared on 27 February 2026 by an administrator of the group.",
      );
    expect(strFromU8(files["README.txt"] ?? new Uint8Array())).toContain("clear-downs.csv");
  });

  it("has the same bytes as long as it tells the same, and each making is written down with its hash", async () => {
    const [first, second] = [await made(), await made()];
    expect(first.fileName).toBe("foi-pack-model-2026-03-03.zip");
    expect(Buffer.from(first.bytes).equals(second.bytes)).toBe(true);
    const rows = await database().prisma.evidence.findMany({ where: { body: BODY, event: "foi-pack.made" } });
    const sha256 = createHash("sha256").update(first.bytes).digest("hex");
    expect(rows.map(({ actor, subject, policy, version, data }) => [actor, subject, policy, version, data])).toEqual(
      [1, 2].map((): unknown[] => ["officer", first.fileName, "model", "1.0", expect.stringContaining(sha256)]),
    );
    for (const id of await people("more", 6)) await answer(id, "2026-02-01T10:00:00Z");
    expect(Buffer.from((await made()).bytes).equals(first.bytes)).toBe(false);
  });

  it("is not made of files that were changed after publishing", async () => {
    const version = (await getPolicyVersion(officer, "model", "1.0"))?.version;
    if (!version) throw new Error("There is no version.");
    expect([...((await readPublishedFiles(version))?.keys() ?? [])]).toEqual([
      "policy.mdx",
      "questions.yaml",
      "rules.yaml",
    ]);
    expect(await readPublishedFiles({ ...version, hash: "0".repeat(64) })).toBeNull();
    expect(await readPublishedFiles({ ...version, version: "9.9" })).toBeNull();
  });
});

/** The words of a page, without its markup. */
function plain(page: string): string {
  return page
    .replace(/<[^>]+>/g, "")
    .replace(/&#(39|x27);/g, "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}
