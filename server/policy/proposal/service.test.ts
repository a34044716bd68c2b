import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor, Role } from "#domain/access/permission/permission.ts";
import { preparePublication } from "#server/base/content/publish.ts";
import * as staged from "#server/base/content/staged.ts";
import { reloadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { changeRoles } from "#server/people/directory/service.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { DRAFT, draftFile, editDraft, lockedHash, makeDraftFolder } from "#server/testing/draft.ts";
import { addPerson, leaveByProgram } from "#server/testing/people.ts";
import { publishByAskedCommand, publishByCommand } from "./command-service.ts";
import { getNewProposal, getProposal, getProposals, listProposalTasks } from "./queries.ts";
import {
  proposeVersion,
  publishProposal,
  returnVersion,
  settleProposals,
  signVersion,
  withdrawProposal,
} from "./service.ts";

const BODY = "example-borough";
const BOTH = "{ signedBy: [governance-officer, senior-information-risk-owner] }";

describeOnEachDatabase("a version that has to be signed", (database) => {
  let root: string;
  let folder: string;
  const real = getEnv().contentDir;
  let author: Actor;
  let officer: Actor;
  let senior: Actor;

  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), "with-care-proposal-"));
  });
  afterAll(async () => {
    Object.assign(getEnv(), { contentDir: real });
    rmSync(root, { recursive: true });
    await serveRealContent();
  });
  let count = 0;
  const serve = async (publishing: string) => {
    folder = path.join(root, String(++count));
    makeDraftFolder(folder, publishing);
    Object.assign(getEnv(), { contentDir: folder });
    await reloadContent();
  };
  const add = (id: string, ...roles: Role[]) =>
    addPerson(database(), id, { body: BODY, roles: ["employee", ...roles] });
  beforeEach(async () => {
    await serve(BOTH);
    author = await add("author", "policy-owner");
    officer = await add("officer", "governance-officer");
    senior = await add("senior", "senior-information-risk-owner");
  });

  const editQuestions = (change: (text: string) => string) => {
    const file = path.join(folder, "questions.yaml");
    writeFileSync(file, change(readFileSync(file, "utf8")));
  };
  const propose = async (startKey = "key", by = author) => {
    const result = await proposeVersion(by, { ...DRAFT, startKey, note: "Clearer words." });
    if (result.code !== "done") throw new Error(JSON.stringify(result));
    return result.reference;
  };
  const events = async () => {
    const rows = await database().prisma.evidence.findMany({
      where: { event: { startsWith: "policy.p" } },
      orderBy: { position: "asc" },
    });
    return rows.map(({ event, actor }) => `${event} ${actor}`);
  };
  const told = async () => {
    const rows = await database().prisma.notice.findMany({ orderBy: [{ createdAt: "asc" }, { personId: "asc" }] });
    return rows.map(({ personId, kind }) => `${personId} ${kind}`);
  };
  const kinds = async (actor: Actor) => (await listProposalTasks(actor)).map(({ kind }) => kind);
  const stateOf = async (reference: string) =>
    (await database().prisma.versionProposal.findUniqueOrThrow({ where: { reference } })).state;

  it("is proposed once, read, signed by each role, and published with exactly what was signed", async () => {
    const seen = await getNewProposal(author, DRAFT.slug, DRAFT.version);
    expect(seen).toMatchObject({ names: ["Person officer", "Person senior"], follows: "3.0", open: null });
    expect(seen?.concerned).toMatchObject({ people: 3, reason: null });
    const reference = await propose();
    expect(await propose()).toBe(reference);
    expect(await told()).toEqual(["officer version-to-sign", "senior version-to-sign"]);
    expect([await kinds(author), await kinds(officer), await kinds(senior)]).toEqual([
      [],
      ["sign-version"],
      ["sign-version"],
    ]);
    expect(await getProposal(officer, reference)).toMatchObject({
      maySign: true,
      mayPublish: false,
      changes: { clauses: [] },
      concerned: { people: 3 },
    });
    expect(await publishProposal(author, reference)).toMatchObject({ code: "refused" });
    expect(await signVersion(author, reference)).toMatchObject({ code: "refused" });
    expect(await signVersion(officer, reference)).toMatchObject({ code: "done" });
    expect(await signVersion(officer, reference)).toMatchObject({ code: "done" });
    expect(await kinds(officer)).toEqual([]);
    const half = await publishProposal(author, reference);
    expect(half).toMatchObject({ message: expect.stringContaining("One signature is missing") as string });
    expect(lockedHash(folder)).toBeUndefined();
    expect(await signVersion(senior, reference)).toMatchObject({ code: "done" });
    expect(await kinds(author)).toEqual(["publish-version"]);
    expect(await publishProposal(officer, reference)).toEqual({ code: "not-found" });
    expect(await publishProposal(author, reference)).toMatchObject({ code: "done" });
    const { hash } = await database().prisma.versionProposal.findUniqueOrThrow({ where: { reference } });
    expect(lockedHash(folder)).toBe(hash);
    expect(await stateOf(reference)).toBe("published");
    expect(await events()).toEqual(["policy.proposed author", "policy.published author"]);
    expect(await database().prisma.evidence.count({ where: { event: "policy.signed", contentHash: hash } })).toBe(2);
    expect((await told()).slice(2).sort()).toEqual(
      [
        "author version-news",
        "author version-news",
        "officer version-news",
        "officer version-news",
        "senior version-news",
      ].sort(),
    );
    expect(await kinds(author)).toEqual([]);
    // Nothing is left to sign, and it cannot be proposed again.
    expect(await signVersion(senior, reference)).toMatchObject({ code: "refused" });
    expect(await proposeVersion(author, { ...DRAFT, startKey: "late", note: "Again." })).toEqual({ code: "not-found" });
  });

  it.each([
    ["a word of the text", () => editDraft(folder, (text) => text.replace("Messaging", "Messages"))],
    ["a rule", () => appendFileSync(draftFile(folder, "rules.yaml"), "# Another line.\n")],
    [
      "a question that publishing would copy",
      () => editQuestions((text) => text.replace(/^( {2}ask: ).*$/m, '$1"Else?"')),
    ],
    ["questions beside it", () => writeFileSync(draftFile(folder, "questions.yaml"), "{}\n")],
  ])("is no longer what was signed once %s changes, and everybody hears", async (_, change) => {
    const reference = await propose();
    await signVersion(officer, reference);
    change();
    const result = await signVersion(senior, reference);
    expect(result).toMatchObject({ code: "refused", message: expect.stringContaining("has changed") as string });
    expect(await stateOf(reference)).toBe("voided");
    expect((await told()).slice(3).sort()).toEqual([
      "author version-news",
      "officer version-news",
      "senior version-news",
    ]);
    expect(await publishProposal(author, reference)).toMatchObject({ code: "refused" });
    expect(lockedHash(folder)).toBeUndefined();
  });

  /** What the portal writes when somebody begins or saves a draft of the policy. */
  const wrote = (by: Actor, version: string, event: "policy.draft-saved" | "policy.draft-begun", from?: string) =>
    transact(() => {
      const subject = `${DRAFT.slug} ${version}`;
      const row = { body: by.body, actor: by.personId, at: new Date(), event, subject, data: from ? { from } : {} };
      return Promise.resolve({ result: undefined, evidence: [row] });
    });
  const isRefusedTo = async (actor: Actor, reference: string) => {
    expect(await signVersion(actor, reference)).toMatchObject({ code: "refused" });
    expect(await getProposal(actor, reference)).toMatchObject({ maySign: false });
  };

  it("is not signed by any of those who wrote it here, though somebody else proposed it", async () => {
    const second = await add("second", "governance-officer");
    await wrote(officer, DRAFT.version, "policy.draft-saved");
    await wrote(senior, DRAFT.version, "policy.draft-begun", "3.0");
    const reference = await propose();
    await isRefusedTo(officer, reference);
    await isRefusedTo(senior, reference);
    expect(await signVersion(second, reference)).toMatchObject({ code: "done" });
  });

  it("is not signed by who wrote a draft that it was begun from, or proposed it before", async () => {
    const [second, third] = [await add("second", "governance-officer"), await add("third", "governance-officer")];
    const other = await add("other", "policy-owner", "senior-information-risk-owner");
    await wrote(author, DRAFT.version, "policy.draft-begun", "3.0.2");
    await wrote(third, "3.0.2", "policy.draft-saved");
    await wrote(third, "3.0.2", "policy.draft-begun", "3.0.1");
    await wrote(officer, "3.0.1", "policy.draft-saved");
    await wrote(officer, "3.0.1", "policy.draft-begun", "3.0.2"); // a circle, which only a mistake could make
    await wrote(second, "3.0", "policy.draft-saved"); // published, and signed by others
    await withdrawProposal(other, await propose("first", other));
    const reference = await propose();
    for (const one of [officer, third, other]) await isRefusedTo(one, reference);
    expect(await signVersion(second, reference)).toMatchObject({ code: "done" });
    expect(await signVersion(senior, reference)).toMatchObject({ code: "done" });
    expect(await publishProposal(author, reference)).toMatchObject({ code: "done" });
  });

  it("is not signed while pages show it as it was before", async () => {
    editDraft(folder, (text) => text.replace("Messaging", "Messages")); // not taken up yet
    const reference = await propose();
    const early = await signVersion(officer, reference);
    expect(early).toMatchObject({ code: "refused", message: expect.stringContaining("Read it again") as string });
    expect(await signVersion(officer, reference)).toMatchObject({ code: "done" });
  });

  it("is noticed as changed without anybody asking, and can be proposed anew", async () => {
    const reference = await propose();
    await settleProposals();
    expect(await stateOf(reference)).toBe("waiting");
    editDraft(folder, (text) => text.replace("Messaging", "Messages"));
    await settleProposals();
    expect(await stateOf(reference)).toBe("voided");
    await reloadContent();
    expect(await propose("another")).not.toBe(reference);
  });

  it("goes back with the reason, or is withdrawn, and nobody signs it any more", async () => {
    const first = await propose();
    expect(await returnVersion(officer, first, "")).toMatchObject({ code: "invalid" });
    expect(await returnVersion(author, first, "No.")).toMatchObject({ code: "refused" });
    expect(await returnVersion(officer, first, "Say it in short.")).toMatchObject({ code: "done" });
    expect(await getProposal(author, first)).toMatchObject({ state: "returned", endReason: "Say it in short." });
    expect(await signVersion(senior, first)).toMatchObject({ code: "refused" });
    const second = await propose("second");
    expect(await withdrawProposal(officer, second)).toEqual({ code: "not-found" });
    expect(await withdrawProposal(author, second)).toMatchObject({ code: "done" });
    expect(await withdrawProposal(author, second)).toMatchObject({ code: "refused" });
    expect(await events()).toEqual([
      "policy.proposed author",
      "policy.proposal-returned officer",
      "policy.proposed author",
      "policy.proposal-withdrawn author",
    ]);
  });

  it("is proposed once by two authors at once, and signed by both who sign at once", async () => {
    const other = await add("other", "policy-owner");
    const both = await Promise.all(
      [author, other].map((by) => proposeVersion(by, { ...DRAFT, startKey: "k", note: "x" })),
    );
    expect(both.map(({ code }) => code).sort()).toEqual(["done", "refused"]);
    const [{ reference = "" } = {}] = await database().prisma.versionProposal.findMany();
    const signed = await Promise.all([officer, senior].map((by) => signVersion(by, reference)));
    expect(signed.map(({ code }) => code)).toEqual(["done", "done"]);
    expect(await kinds(author)).toEqual(["publish-version"]);
    expect((await told()).filter((one) => one === "author version-news" || one === "other version-news")).toHaveLength(
      2,
    );
    const ends = await Promise.all([publishProposal(author, reference), publishProposal(other, reference)]);
    expect(ends.map(({ code }) => code).sort()).toEqual(["done", "refused"]);
    expect(await database().prisma.evidence.count({ where: { event: "policy.published" } })).toBe(1);
  });

  it("is either signed or sent back, whichever comes first", async () => {
    await serve("{}");
    const reference = await propose();
    const second = await add("second", "governance-officer");
    const both = await Promise.all([signVersion(officer, reference), returnVersion(second, reference, "No.")]);
    const row = await database().prisma.versionProposal.findUniqueOrThrow({
      where: { reference },
      include: { signatures: true },
    });
    if (both[1].code === "done") expect(row.state).toBe("returned");
    else expect([row.state, row.signatures.length, both[0].code]).toEqual(["waiting", 1, "done"]);
  });

  it("goes up the line where the author alone could sign, and to administrators where the line ends", async () => {
    await serve("{}");
    const administrator = await add("admin", "administrator");
    const both = await add("both", "policy-owner", "governance-officer");
    await leaveByProgram(BODY, "officer");
    const reference = await propose("key", both);
    expect([await kinds(both), await kinds(senior), await kinds(administrator)]).toEqual([[], ["sign-version"], []]);
    await leaveByProgram(BODY, "senior");
    expect(await kinds(administrator)).toEqual(["name-signer"]);
    expect(await getProposal(both, reference)).toMatchObject({ isEnough: false, names: [] });
    const second = await add("second", "administrator");
    const given = await changeRoles(second, "admin", ["employee", "administrator", "governance-officer"]);
    expect(given).toMatchObject({ code: "done" });
    const named = { ...administrator, roles: ["employee", "administrator", "governance-officer"] as Role[] };
    expect(await kinds(named)).toEqual(["sign-version"]);
    expect(await signVersion(named, reference)).toMatchObject({ code: "done" });
    // Who signed and left has signed.
    await leaveByProgram(BODY, "admin");
    expect(await publishProposal(both, reference)).toMatchObject({ code: "done" });
  });

  it("is unknown to everybody else", async () => {
    const reference = await propose();
    const stranger = await addPerson(database(), "stranger", {
      body: "nao",
      roles: ["policy-owner", "governance-officer"],
    });
    for (const other of [await add("employee"), await add("auditor", "auditor"), stranger]) {
      expect(await getProposal(other, reference)).toBeNull();
      expect(await signVersion(other, reference)).toEqual({ code: "not-found" });
      expect(await getNewProposal(other, DRAFT.slug, DRAFT.version)).toBeNull();
      expect(await kinds(other)).toEqual([]);
    }
    expect(await getProposals(await add("second"))).toBeNull();
    expect((await getProposals(officer))?.proposals).toHaveLength(1);
  });

  it("is not proposed with a fault, without a note, or where the body asks for nothing", async () => {
    expect(await proposeVersion(author, { ...DRAFT, startKey: "k", note: "" })).toMatchObject({ code: "invalid" });
    expect(await proposeVersion(officer, { ...DRAFT, startKey: "k", note: "x" })).toEqual({ code: "not-found" });
    editDraft(folder, (text) => `${text}\nTODO\n`);
    expect(await proposeVersion(author, { ...DRAFT, startKey: "k", note: "x" })).toMatchObject({
      code: "refused",
      message: expect.stringContaining("policies/model/3.1/policy.mdx") as string,
    });
    await serve("");
    editDraft(folder, (text) => text.replace("status: in force", "status: draft"));
    await reloadContent();
    expect(await proposeVersion(author, { ...DRAFT, startKey: "k", note: "x" })).toMatchObject({ code: "refused" });
    expect(await listProposalTasks(officer)).toEqual([]);
  });

  it("is not published where the folder cannot be written, and says so", async () => {
    const reference = await propose();
    for (const by of [officer, senior]) await signVersion(by, reference);
    const stage = vi.spyOn(staged, "stage").mockRejectedValue(Object.assign(new Error("no"), { code: "EROFS" }));
    const result = await publishProposal(author, reference);
    stage.mockRestore();
    expect(result).toMatchObject({
      code: "refused",
      message: expect.stringMatching(/stops the portal, and then publishes it with npm run policy:publish/) as string,
    });
    expect(await stateOf(reference)).toBe("waiting");
  });

  it("is published by the command only once it is signed, as it was signed", async () => {
    const publication = await preparePublication(folder, ({ version }) => version === DRAFT.version, "2026-12-08");
    const rules = { signedBy: ["governance-officer" as const], signatures: 1 };
    const signed = { directory: folder, publication, rules };
    const command = { ...DRAFT, hash: "" };
    expect(await publishByCommand(command, signed)).toMatchObject({ code: "refused" });
    const reference = await propose();
    const { hash } = await database().prisma.versionProposal.findUniqueOrThrow({ where: { reference } });
    expect(await publishByCommand({ ...command, hash: "0" }, signed)).toMatchObject({ code: "refused" });
    expect(await publishByCommand({ ...command, hash }, signed)).toMatchObject({ code: "refused" });
    expect(lockedHash(folder)).toBeUndefined();
    await signVersion(officer, reference);
    expect(await publishByCommand({ ...command, hash }, signed)).toEqual({ code: "done", reference });
    expect(lockedHash(folder)).toBe(hash);
    expect(await events()).toEqual(["policy.proposed author", "policy.published portal"]);
    expect(await publishByAskedCommand("no token", command)).toBe("refused");
  });

  it("that was published without the database is recorded as published", async () => {
    const reference = await propose();
    const { hash } = await database().prisma.versionProposal.findUniqueOrThrow({ where: { reference } });
    const { publishVersions } = await import("#server/base/content/publish.ts");
    await publishVersions(
      folder,
      await preparePublication(folder, ({ version }) => version === DRAFT.version, "2026-12-08"),
    );
    expect(lockedHash(folder)).toBe(hash);
    await Promise.all([settleProposals(), settleProposals()]);
    expect(await stateOf(reference)).toBe("published");
    expect(await events()).toEqual(["policy.proposed author", "policy.published portal"]);
  });
});
