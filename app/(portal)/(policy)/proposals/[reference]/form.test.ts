import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { reloadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { lockedHash, makeDraftFolder } from "#server/testing/draft.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as postNew } from "../new/send/route.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the forms of a proposal", (database) => {
  let root: string;
  const real = getEnv().contentDir;
  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), "with-care-proposal-"));
    Object.assign(getEnv(), { contentDir: path.join(root, "content") });
    makeDraftFolder(getEnv().contentDir, "{}");
    await reloadContent();
  });
  afterAll(async () => {
    Object.assign(getEnv(), { contentDir: real });
    rmSync(root, { recursive: true });
    await serveRealContent();
  });

  it("propose, send back, withdraw, sign and publish, and keep what was typed", async () => {
    const body = "example-borough";
    const author = await addPerson(database(), "author", { body, roles: ["policy-owner"] });
    const officer = await addPerson(database(), "officer", { body, roles: ["governance-officer"] });
    const propose = (startKey: string, note: string) =>
      post(postNew, author, "/proposals/new?policy=model&version=3.1", { startKey, note });
    expect((await propose("one", "")).problems).toEqual({ note: "Say what the version changes, and why." });
    const reference = (await propose("one", "Clearer.")).to.replace("/proposals/", "");
    expect(reference).toMatch(/^PRO-/);
    const send = (by: Actor, sent: Record<string, string>, of = reference) =>
      post(POST, by, `/proposals/${of}`, sent, { reference: of });
    expect((await send(officer, { do: "return", reason: "" })).problems).toHaveProperty("reason");
    expect(await send(officer, { do: "return", reason: "Shorter." })).toMatchObject({ problems: {} });
    const second = (await propose("two", "Shorter.")).to.replace("/proposals/", "");
    await send(author, { do: "withdraw" }, second);
    const third = (await propose("three", "Shorter still.")).to.replace("/proposals/", "");
    expect((await send(author, { do: "publish" }, third)).problems).toHaveProperty("");
    await send(officer, { do: "sign" }, third);
    expect((await send(officer, { do: "publish" }, third)).status).toBe(404);
    expect(await send(author, { do: "publish" }, third)).toMatchObject({ to: `/proposals/${third}`, problems: {} });
    expect(lockedHash(getEnv().contentDir)).toBeDefined();
    expect((await send(author, {}, third)).status).toBe(404);
  });
});
