import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { shared } from "#server/base/process-shared.mjs";
import { copyContent } from "#server/testing/copy-content.ts";
import type * as Store from "./store.ts";

let folder: string;
let store: typeof Store;

const at = (...parts: string[]) => path.join(folder, ...parts);
const DRAFT = ["policies", "nao", "2"] as const;

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(at(file), change(await readFile(at(file), "utf8")));
}

/** A version 2 of the NAO's policy, a draft that is not published. */
async function addDraft(): Promise<void> {
  await cp(at("policies", "nao", "1"), at(...DRAFT), { recursive: true });
  await edit("policies/nao/2/policy.mdx", (text) =>
    text.replace(/^version: .*$/m, 'version: "2"').replace(/^status: .*$/m, "status: draft"),
  );
}

const served = async (slug: string) =>
  (await store.loadContent()).policies.find((policy) => policy.slug === slug)?.versions ?? [];
const numbers = async (slug: string) => (await served(slug)).map(({ version }) => version);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "with-care-content-"));
  vi.stubEnv("CONTENT_DIR", folder);
  store = await import("./store.ts");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await rm(folder, { recursive: true });
  copyContent(folder);
  await store.loadContent();
  await store.reloadContent();
});

describe("an edit of the content folder", () => {
  it("is served once it is read, and nothing else is parsed again", async () => {
    const [before] = await served("nottingham");
    await addDraft();
    await store.reloadContent();
    expect(await numbers("nao")).toEqual(["1", "1.1", "2"]);
    expect((await store.getContentState()).faults).toEqual([]);
    expect((await served("nottingham"))[0]?.table).toBe(before?.table);
  });

  it("leaves a faulty new version out and takes up the rest, naming the file and whose it is", async () => {
    await addDraft();
    await edit("policies/nao/2/rules.yaml", (text) => text.replace("verdict: never", "verdict: newer"));
    await edit("bodies/nao.yaml", (text) => text.replace("National Audit Office", "The Audit Office"));
    await store.reloadContent();
    expect(await numbers("nao")).toEqual(["1", "1.1"]);
    expect((await store.loadContent()).bodies.find(({ slug }) => slug === "nao")?.name).toBe("The Audit Office");
    const [fault] = (await store.getContentState()).faults;
    expect(fault).toMatchObject({ file: "policies/nao/2/rules.yaml", body: "nao" });
  });

  it("keeps the last good state of a version that was served and is faulty now, until it is put right", async () => {
    await addDraft();
    await store.reloadContent();
    const [, , good] = await served("nao");
    const rules = await readFile(at(...DRAFT, "rules.yaml"), "utf8");
    await writeFile(at(...DRAFT, "rules.yaml"), "facts: [");
    await store.reloadContent();
    expect((await served("nao"))[2]).toBe(good);
    await writeFile(at(...DRAFT, "rules.yaml"), rules);
    await store.reloadContent();
    expect((await store.getContentState()).faults).toEqual([]);
    expect((await served("nao"))[2]?.hash).toBe(good?.hash);
  });

  it("never changes what is published: neither its bytes, nor by removing it", async () => {
    const [before] = await served("nao");
    await edit("policies/nao/1/policy.mdx", (text) => text.replace("title:", "title: Changed,"));
    await store.reloadContent();
    expect((await served("nao"))[0]).toBe(before);
    expect((await store.getContentState()).faults[0]).toMatchObject({
      file: "policies/nao/1/policy.mdx",
      kind: "lock",
    });
    await rm(at("policies", "nao", "1"), { recursive: true });
    await store.reloadContent();
    expect((await served("nao"))[0]).toBe(before);
  });

  it.each(["questions.yaml", "synonyms.yaml", "content.lock.json", "bodies/nao.yaml"])(
    "keeps everything where %s is faulty",
    async (file) => {
      const before = await store.loadContent();
      await addDraft();
      await writeFile(at(file), "{ faulty: [");
      await store.reloadContent();
      expect(await store.loadContent()).toBe(before);
      expect((await store.getContentState()).faults.some((fault) => fault.file === file)).toBe(true);
    },
  );

  it("takes up closure days, and the bank holidays that content corrects by nation", async () => {
    await edit("bodies/nao.yaml", (text) =>
      text.replace(
        "nation: uk",
        'nation: scotland\nclosureDays:\n  - { from: "2026-12-29", until: "2026-12-31", name: "Christmas closing" }',
      ),
    );
    await store.reloadContent();
    const body = (await store.loadContent()).bodies.find(({ slug }) => slug === "nao");
    const days = daysOff(body, "2026-06-01", "2026-12-31");
    for (const day of ["2026-06-15", "2026-11-30", "2026-12-29", "2026-12-30", "2026-12-31"])
      expect(days).toContain(day);
    expect(days).not.toContain("2026-06-16");
  });

  it("names file and field of a closure day or a bank holiday that cannot be one", async () => {
    await edit("bodies/nao.yaml", (text) =>
      text.replace("nation: uk", 'nation: uk\nclosureDays:\n  - { day: "2026-02-30", name: "Closed" }'),
    );
    await edit("bank-holidays.yaml", (text) => text.replace("2026-06-15", "15 June 2026"));
    await store.reloadContent();
    const faults = (await store.getContentState()).faults.map(({ file, message }) => `${file} ${message}`).join("\n");
    expect(faults).toMatch(/bodies\/nao\.yaml .*closureDays/);
    expect(faults).toMatch(/bank-holidays\.yaml .*scotland/);
  });

  it("refuses a number that stands twice, and a name that cannot be an address", async () => {
    await addDraft();
    await cp(at(...DRAFT), at("policies", "nao", "2.0"), { recursive: true });
    await cp(at("policies", "nao", "1"), at("policies", "compare", "1"), { recursive: true });
    await store.reloadContent();
    const { faults } = await store.getContentState();
    expect(faults.map(({ file }) => file)).toEqual(expect.arrayContaining(["policies/nao/2.0", "policies/compare"]));
  });

  it("is taken up without a lock where nothing has been published yet", async () => {
    const rename = (to: string) => edit("bodies/nao.yaml", (text) => text.replace(/^name: .*$/m, `name: ${to}`));
    const name = async () => (await store.loadContent()).bodies.find(({ slug }) => slug === "nao")?.name;
    await writeFile(at("content.lock.json"), "{}");
    await rename("The Audit Office");
    await store.reloadContent();
    expect(await name()).toBe("National Audit Office");
    store.useContent({ ...(await store.loadContent()), policies: [] });
    await store.reloadContent();
    expect(await name()).toBe("The Audit Office");
  });

  it("keeps everything where the lock or the folder is gone", async () => {
    const before = await store.loadContent();
    await rm(at("content.lock.json"));
    await store.reloadContent();
    expect(await store.loadContent()).toBe(before);
    await rm(folder, { recursive: true });
    await store.reloadContent();
    expect(await store.loadContent()).toBe(before);
    expect((await store.getContentState()).faults[0]?.message).toMatch(/cannot be read/);
    copyContent(folder);
  });

  it("starts without a draft that says it is in force, and not without the lock", async () => {
    await addDraft();
    await edit("policies/nao/2/policy.mdx", (text) => text.replace(/^status: .*$/m, "status: in force"));
    delete shared.content;
    expect(await numbers("nao")).toEqual(["1", "1.1"]);
    const { faults } = await store.getContentState();
    expect(faults[0]).toMatchObject({ kind: "lock", file: "policies/nao/2/policy.mdx", body: "nao" });
    await writeFile(at("content.lock.json"), "{}");
    delete shared.content;
    await expect(store.loadContent()).rejects.toThrow(/not locked/);
    delete shared.content;
  });

  it("changes no published version through a new answer in the shared questions", async () => {
    const before = await served("nottingham");
    await edit("questions.yaml", (text) =>
      text.replace(
        /^device:\n(.*\n)*? {2}answers:\n/m,
        (start) => `${start}    tablet:\n      label: "A tablet"\n      when: "it is a tablet"\n`,
      ),
    );
    await store.reloadContent();
    const { questions } = await store.loadContent();
    expect(questions.device?.answers.tablet?.label).toBe("A tablet");
    const after = await served("nottingham");
    expect(after.map(({ hash, table }) => [hash, table.situations])).toEqual(
      before.map(({ hash, table }) => [hash, table.situations]),
    );
  });
});

it("notices a saved file by itself", async () => {
  const onChange = vi.fn(() => Promise.resolve());
  const stop = store.watchContent(onChange);
  await pause(1_000); // until it watches
  await addDraft();
  await vi.waitFor(async () => expect(await numbers("nao")).toEqual(["1", "1.1", "2"]), { timeout: 10_000 });
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  await stop();
});

it("notices a file that was saved after it was read and before it is watched", async () => {
  await store.loadContent();
  await addDraft();
  const stop = store.watchContent(() => Promise.resolve());
  await vi.waitFor(async () => expect(await numbers("nao")).toEqual(["1", "1.1", "2"]), { timeout: 10_000 });
  await stop();
});
