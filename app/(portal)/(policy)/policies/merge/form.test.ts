import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import * as environment from "#server/base/environment/env.ts";
import { reloadContent } from "#server/base/content/store.ts";
import { choiceField, getMergePage } from "#server/policy/draft/merge-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./form.tsx";

const { getEnv } = environment;
const ADDRESS = "/policies/merge?policy=nao&policy=nottingham";

describeOnOneDatabase("the form that puts policies together", (database) => {
  let folder: string;
  let owner: Actor;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "with-care-merge-form-"));
    await cp("content", folder, { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...getEnv(), contentDir: folder });
    await reloadContent();
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
  });
  const opened = async () => {
    const page = await getMergePage(owner, ["nao", "nottingham"]);
    return { seen: page?.seen ?? "", lines: page?.combinations?.combinations ?? [] };
  };
  const send = (sent: Record<string, string>, actor = owner) => post(POST, actor, ADDRESS, sent);

  it("keeps what was chosen when something is still to decide, at the same address", async () => {
    const { seen, lines } = await opened();
    const [chosen] = lines.filter(({ strictest, rules }) => strictest === 0 && rules[1]);
    const field = choiceField(chosen?.key ?? "");
    const answer = await send({ seen, slug: "nao", version: "98", rest: "", [field]: "nottingham" });
    expect(answer).toMatchObject({ status: 303, to: ADDRESS, kept: { [field]: "nottingham", version: "98" } });
    expect(Object.keys(answer.problems)[0]).toMatch(/^take--/);
  });

  it("leads to the draft that it wrote, in which the other choice stands", async () => {
    const { seen, lines } = await opened();
    const [other] = lines.filter(({ kind, strictest }) => kind === "strictest" && strictest === 0);
    const answer = await send({
      seen,
      slug: "nao",
      version: "98",
      rest: "nao",
      [choiceField(other?.key ?? "")]: "nottingham",
    });
    expect(answer).toMatchObject({ to: "/drafts/nao/98/text", problems: {} });
    const rules = await readFile(path.join(folder, "policies/nao/98/rules.yaml"), "utf8");
    expect(rules).toContain(`part-3-${other?.rules[1]?.id ?? "?"}`);
  });

  it("is not there for others", async () => {
    const other = await addPerson(database(), "other");
    expect((await send({ seen: "", slug: "nao", version: "97", rest: "nao" }, other)).status).toBe(404);
  });
});
