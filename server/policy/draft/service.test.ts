import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { toEdit } from "#domain/policy/draft/draft.ts";
import * as staged from "#server/base/content/staged.ts";
import { readContent } from "#server/base/content/read.ts";
import { addVersion, newestOf } from "#server/base/content/scaffold.ts";
import { lockContent } from "#server/base/db/content-lock.ts";
import * as environment from "#server/base/environment/env.ts";
import { lockFolder } from "#server/base/process-lock/process-lock.mjs";
import { copyContent } from "#server/testing/copy-content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getDraftFile, listPolicyDrafts } from "./queries.ts";
import { beginDraft, saveDraftFile, settleDrafts } from "./service.ts";

const { getEnv } = environment;
const hashOf = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
const DRAFT = { slug: "nao", version: "2", file: "text" };
const TEXT = "policies/nao/2/policy.mdx";

describeOnOneDatabase("a draft that is written in the portal", (database) => {
  let folder: string;
  let owner: Actor;

  const at = (file: string) => path.join(folder, file);
  const read = (file = TEXT) => readFile(at(file), "utf8");
  const evidence = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } })).map(({ event, subject, data }) => ({
      event,
      subject,
      data: JSON.parse(data) as Record<string, string | null>,
    }));
  const save = async (text: string, more: Partial<typeof DRAFT & { seen: string }> = {}) => {
    const { seen = hashOf(await readFile(at(TEXT))), ...address } = more;
    return saveDraftFile(owner, { ...DRAFT, ...address }, { text, seen });
  };
  const hidden = async () => (await readdir(at("policies/nao/2"))).filter((name) => name.startsWith("."));

  // The same folder for all: what is in it again is not parsed again.
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "with-care-drafts-"));
  });
  beforeEach(async () => {
    copyContent(folder);
    for (const slug of await readdir(at("policies")))
      if (slug !== "nao" && slug !== "nottingham") await rm(at(`policies/${slug}`), { recursive: true });
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...getEnv(), contentDir: folder, bodies: ["nao", "nottingham"] });
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const name of await readdir(folder)) await rm(at(name), { recursive: true });
  });

  afterAll(() => rm(folder, { recursive: true }));

  const begin = async () => expect(await beginDraft(owner, DRAFT)).toEqual({ to: "/drafts/nao/2/text" });

  it("begins as the command makes it, and is evidence", async () => {
    await begin();
    const made = [await read(), await read("policies/nao/2/rules.yaml")];
    await rm(at("policies/nao/2"), { recursive: true });
    const newest = newestOf(await readContent(folder), "nao");
    if (!newest) throw new Error("There is no newest version.");
    await addVersion(folder, newest, "2");
    expect(made).toEqual([await read(), await read("policies/nao/2/rules.yaml")]);
    expect(await evidence()).toMatchObject([{ event: "policy.draft-begun", subject: "nao 2", data: { from: "1.1" } }]);
  });

  it("is not saved while another server writes to the same folder", async () => {
    await begin();
    const before = await read();
    const { kind, prisma } = database();
    if (kind === "embedded") return; // it belongs to one process
    await prisma.$transaction(async (tx) => {
      expect(await lockContent(tx)).toBe(true);
      expect(await save(`${before}More.\n`)).toMatchObject({
        code: "refused",
        message: expect.stringMatching(/at this moment/) as string,
      });
    });
    expect(await read()).toBe(before);
    expect(await save(`${before}More.\n`)).toEqual({ isChanged: true });
  });

  it("is saved as a file, with its evidence: who, which file, the hashes before and after", async () => {
    await begin();
    const before = await read();
    const typed = toEdit(before).replace("## 1", "## 1 New words,");
    expect(await save(typed)).toEqual({ isChanged: true });
    expect(await read()).toBe(typed);
    expect((await evidence()).at(-1)).toMatchObject({
      event: "policy.draft-saved",
      data: { file: "policy.mdx", before: hashOf(before), after: hashOf(typed) },
    });
    expect(await hidden()).toEqual([]);
    expect(await save(typed)).toEqual({ isChanged: false });
    expect(await evidence()).toHaveLength(2);
  });

  it("keeps the line ends of the file", async () => {
    await begin();
    await writeFile(at(TEXT), (await read()).replaceAll("\n", "\r\n"));
    const typed = `${toEdit(await read()).trimEnd()}\n\nMore.`;
    await save(typed);
    expect(await read()).toBe(`${typed}\n`.replaceAll("\n", "\r\n"));
  });

  it("is saved with faults, which are found with their lines, and is still there to be put right", async () => {
    await begin();
    const typed = `${toEdit(await read())}\n<Clause id="99.1" strength="must">Not closed.\n`;
    expect(await save(typed)).toEqual({ isChanged: true });
    const shown = await getDraftFile(owner, DRAFT);
    expect(shown?.draft?.text).toBe(typed);
    expect(shown?.draft?.findings.filter(({ blocks }) => blocks).length).toBeGreaterThan(0);
    expect((await listPolicyDrafts(owner))?.drafts).toMatchObject([{ slug: "nao", version: "2", isFaulty: true }]);
    expect(await beginDraft(owner, { slug: "nao", version: "3" })).toEqual({ to: "/drafts/nao/3/text" });
    expect((await evidence()).at(-1)?.data).toMatchObject({ from: "1.1" });
    // What is typed is checked without being saved.
    const checked = await getDraftFile(owner, DRAFT, typed.replace("Not closed.", "Closed.</Clause>"));
    expect(checked?.draft?.findings.filter(({ blocks, message }) => blocks && /closing|closed/i.test(message))).toEqual(
      [],
    );
    expect(await read()).toBe(typed);
  });

  it("is not saved over what somebody else saved, here or on the disk, and says what differs", async () => {
    await begin();
    const seen = hashOf(await readFile(at(TEXT)));
    const mine = `${toEdit(await read())}\nMine.\n`;
    await writeFile(at(TEXT), `${await read()}\nTheirs.\n`);
    expect(await save(mine, { seen })).toMatchObject({ code: "refused", field: "text" });
    expect(await read()).toContain("Theirs.");
    const shown = await getDraftFile(owner, DRAFT, mine);
    expect(shown?.draft?.differing?.filter(({ change }) => change !== "same")).toEqual([
      { text: "Theirs.\n", change: "removed" },
      { text: "Mine.\n", change: "added" },
    ]);
    expect(await save(mine)).toEqual({ isChanged: true });
  });

  it("is saved by one of two at once", async () => {
    await begin();
    const seen = hashOf(await readFile(at(TEXT)));
    const text = toEdit(await read());
    const done = await Promise.all(["a", "b"].map((word) => save(`${text}\n${word}\n`, { seen })));
    expect(done).toContainEqual({ isChanged: true });
    expect(done).toContainEqual(expect.objectContaining({ code: "refused" }));
    expect((await evidence()).filter(({ event }) => event === "policy.draft-saved")).toHaveLength(1);
  });

  it("waits while somebody publishes, and says so in the end", async () => {
    await begin();
    const lock = await lockFolder(folder);
    expect(await save("x")).toMatchObject({
      code: "refused",
      message: expect.stringMatching(/at this moment/) as string,
    });
    await lock?.release();
  }, 15_000);

  it("leaves alone what is published, what is not there, what is another body’s, and what is a link", async () => {
    await begin();
    const other = await addPerson(database(), "other", { body: "nottingham", roles: ["policy-owner"] });
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const published = await read("policies/nao/1.1/policy.mdx");
    const typed = { text: "x", seen: hashOf(published) };
    for (const address of [
      { ...DRAFT, version: "1.1" },
      { ...DRAFT, version: "9" },
      { ...DRAFT, version: "../nao/2" },
      { ...DRAFT, slug: "../policies/nao" },
      { ...DRAFT, file: "policy.mdx" },
      { ...DRAFT, file: "../../../bodies/nao.yaml" },
    ])
      expect(await saveDraftFile(owner, address, typed)).toBe("not-found");
    for (const actor of [other, officer]) {
      expect(await saveDraftFile(actor, DRAFT, { ...typed, seen: hashOf(await read()) })).toBe("not-found");
      expect(await getDraftFile(actor, DRAFT)).toBeNull();
      expect(await beginDraft(actor, { slug: "nao", version: "3" })).toBe("not-found");
    }
    expect(await listPolicyDrafts(officer)).toBeNull();
    expect(await read("policies/nao/1.1/policy.mdx")).toBe(published);
    await rm(at("policies/nao/2/rules.yaml"));
    await symlink("/etc/hostname", at("policies/nao/2/rules.yaml"));
    expect(await getDraftFile(owner, { ...DRAFT, file: "rules" })).toBeNull();
    expect(await save("x", { file: "rules" })).toBe("not-found");
    await symlink(at("policies/nao/2"), at("policies/nao/4"));
    expect(await getDraftFile(owner, { ...DRAFT, version: "4" })).toBeNull();
  });

  it("begins no version that is no number, or no higher one", async () => {
    for (const version of ["", "x", "1.1", "0.5", "2..1", "../3", "1".repeat(30)])
      expect(await beginDraft(owner, { slug: "nao", version })).toMatchObject({ problems: [{ field: "version" }] });
    expect(await evidence()).toEqual([]);
  });

  it("takes nothing that is too long, empty, or would give the draft to another body", async () => {
    await begin();
    const text = toEdit(await read());
    for (const [typed, message] of [
      ["x".repeat(200_001), /^Shorten/],
      [" \n", /^Write something/],
      [text.replace(/^body: .*$/m, "body: nottingham"), /^Keep the line "body: nao"/],
      [text.replace(/^body: .*\n/m, ""), /^Keep the line/],
      [text.replace(/^body: .*$/m, '"body": nottingham\n# x\nbody : nao'), /^Keep the line/],
    ] as const)
      expect(await save(typed)).toMatchObject({ code: "refused", message: expect.stringMatching(message) as string });
    expect(toEdit(await read())).toBe(text);
  });

  it("is refused where a shared file would be wrong with it, since then nothing would be taken up", async () => {
    await mkdir(at("policies/first/1.0"), { recursive: true });
    for (const name of ["policy.mdx", "rules.yaml", "questions.yaml"])
      await cp(at(`policies/nao/1/${name}`), at(`policies/first/1.0/${name}`));
    const file = "policies/first/1.0/policy.mdx";
    const text = (await read(file))
      .replace(/^status: .*$/m, "status: draft")
      .replace(/^version: .*$/m, 'version: "1.0"');
    await writeFile(at(file), text);
    const [, clause = ""] = /<Clause id="([^"]+)"/.exec(text) ?? [];
    const rules = await read("outside-rules.yaml");
    await writeFile(
      at("outside-rules.yaml"),
      rules.replace(/^( +)clauses: .*$/m, `$1clauses: { first: ["${clause}"] }`),
    );
    const refused = await save(text.replace(`<Clause id="${clause}"`, '<Clause id="99.9"'), {
      slug: "first",
      version: "1.0",
      seen: hashOf(text),
    });
    expect(refused).toMatchObject({ message: expect.stringMatching(/outside-rules\.yaml/) as string });
  });

  it("says so where the folder cannot be written to", async () => {
    await begin();
    vi.spyOn(staged, "stage").mockRejectedValue(Object.assign(new Error("read-only"), { code: "EROFS" }));
    expect(await save("body: nao\n")).toMatchObject({
      code: "refused",
      message: expect.stringMatching(/may not write/) as string,
    });
  });

  it("is written whole after a kill before the file took its place, and not at all without evidence", async () => {
    await begin();
    const before = await read();
    const typed = `${toEdit(before)}\nMore.\n`;
    const place = vi.spyOn(staged, "takePlace").mockRejectedValueOnce(new Error("killed"));
    await expect(save(typed)).rejects.toThrow("killed");
    expect(place).toHaveBeenCalledOnce();
    expect(await read()).toBe(before);
    await settleDrafts();
    expect(await read()).toBe(typed);
    expect(await hidden()).toEqual([]);

    await staged.stage(at(TEXT), Buffer.from("never confirmed"));
    await settleDrafts();
    expect(await read()).toBe(typed);
    expect(await hidden()).toEqual([]);
  });

  it("does not touch a version that was published before the kill was settled", async () => {
    await begin();
    vi.spyOn(staged, "takePlace").mockRejectedValueOnce(new Error("killed"));
    const before = await read();
    await expect(save(`${toEdit(before)}\nMore.\n`)).rejects.toThrow("killed");
    const lock = JSON.parse(await read("content.lock.json")) as Record<string, Record<string, unknown>>;
    const [any] = Object.values(lock[DRAFT.slug] ?? {});
    lock[DRAFT.slug] = { ...lock[DRAFT.slug], [DRAFT.version]: any };
    await writeFile(at("content.lock.json"), JSON.stringify(lock));
    await settleDrafts();
    expect(await read()).toBe(before);
    expect((await evidence()).at(-1)?.event).toBe("policy.draft-not-saved");
  });

  it("keeps what somebody else writes while it is being saved", async () => {
    await begin();
    const recorded = vi.spyOn(staged, "stage").mockImplementationOnce(async (...given) => {
      recorded.mockRestore();
      const made = await staged.stage(...given);
      await writeFile(at(TEXT), "theirs");
      return made;
    });
    expect(await save(`${toEdit(await read())}\nMine.\n`)).toMatchObject({ code: "refused" });
    expect(await read()).toBe("theirs");
  });

  it("keeps what somebody else wrote to the file meanwhile, and says so in the evidence", async () => {
    await begin();
    vi.spyOn(staged, "takePlace").mockRejectedValueOnce(new Error("killed"));
    await expect(save(`${toEdit(await read())}\nMine.\n`)).rejects.toThrow("killed");
    await writeFile(at(TEXT), "theirs");
    await settleDrafts();
    expect(await read()).toBe("theirs");
    expect(await hidden()).toEqual([expect.stringMatching(/^\.policy\.mdx\..+\.not-saved$/)]);
    expect((await evidence()).at(-1)?.event).toBe("policy.draft-not-saved");
  });

  it("gives questions of its own to a version, beginning with the shared ones", async () => {
    await begin();
    const shown = await getDraftFile(owner, { ...DRAFT, file: "questions" });
    expect(shown?.draft).toMatchObject({ isNew: true, hash: null, text: toEdit(await read("questions.yaml")) });
    const text = shown?.draft?.text ?? "";
    expect(await save(text, { file: "questions", seen: "" })).toEqual({ isChanged: true });
    expect(await read("policies/nao/2/questions.yaml")).toBe(text);
  });
});
