import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import { reloadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { makeDraftFolder } from "#server/testing/draft.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const PATH = "/proposals/new?policy=model&version=3.1";
const FULL = { startKey: "one", note: "  Clearer. " };
const on = { body: "example-borough" };

describeOnOneDatabase("the form that proposes a version", (database) => {
  let root: string;
  const real = getEnv().contentDir;
  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), "with-care-propose-form-"));
    Object.assign(getEnv(), { contentDir: path.join(root, "content") });
    makeDraftFolder(getEnv().contentDir, "{}");
    await reloadContent();
  });
  afterAll(async () => {
    Object.assign(getEnv(), { contentDir: real });
    rmSync(root, { recursive: true });
    await serveRealContent();
  });
  const proposals = () => database().prisma.versionProposal.findMany();

  it("takes what it changes once, or says that it is missing, or that it is proposed already", async () => {
    const author = await addPerson(database(), "author", { ...on, roles: ["policy-owner"] });
    const send = (sent: Parameters<typeof post>[3]) => post(POST, author, PATH, sent);
    await expectRefusals(send, FULL, [
      [{ note: " " }, "note", /^Say what the version changes/],
      [{ note: "x".repeat(2001) }, "note", /2,000/],
    ]);
    expect(await proposals()).toEqual([]);
    const { to } = await send(FULL);
    expect((await send(FULL)).to).toBe(to);
    const reference = /^\/proposals\/(PRO-.{9})$/.exec(to)?.[1] ?? "";
    expect(await proposals()).toMatchObject([{ reference, policy: "model", version: "3.1", note: "Clearer." }]);
    await expectRefusals(send, FULL, [[{ startKey: "two" }, "", /^It is proposed already/]]);
  });

  it("is not there for others, nor for a version that there is not, or that is published", async () => {
    const author = await addPerson(database(), "author", { ...on, roles: ["policy-owner"] });
    expect((await post(POST, await addPerson(database(), "emma", on), PATH, FULL)).status).toBe(404);
    for (const version of ["9.9", "3.0", ""])
      expect((await post(POST, author, PATH.replace("3.1", version), FULL)).status, version).toBe(404);
  });
});
