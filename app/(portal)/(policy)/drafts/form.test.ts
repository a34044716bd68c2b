import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import * as environment from "#server/base/environment/env.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./form.tsx";

const { getEnv } = environment;
const FULL = { slug: "nao", version: "99.1" };

describeOnOneDatabase("the form that begins a draft", (database) => {
  let folder: string;
  let owner: Actor;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "with-care-begin-form-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    await rm(folder, { recursive: true });
    await cp("content", folder, { recursive: true });
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...getEnv(), contentDir: folder });
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
  });
  const send = (sent: Parameters<typeof post>[3], actor = owner) => post(POST, actor, "/drafts", sent);

  it("takes the number of the new version, once", async () => {
    expect(await send(FULL)).toMatchObject({ to: "/drafts/nao/99.1/text", problems: {} });
    const text = await readFile(path.join(folder, "policies/nao/99.1/policy.mdx"), "utf8");
    expect(text).toMatch(/^version: "?99\.1"?$/m);
    await expectRefusals(send, FULL, [[{}, "version", /^There is version 99.1/]]);
  });

  it("says what is wrong with the number, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      ...["", "two", "2.", "../3", "v2", "1".repeat(21)].map(
        (version) => [{ version }, "version", /^Write the number of the version/] as const,
      ),
      [{ version: "0.1" }, "version", /Choose a higher number/],
    ]);
  });

  it("is not there for others, nor for a policy of another body", async () => {
    expect((await send({ ...FULL, slug: "nottingham" })).status).toBe(404);
    expect((await send({ ...FULL, slug: "../nao" })).status).toBe(404);
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    expect((await send(FULL, officer)).status).toBe(404);
  });
});
