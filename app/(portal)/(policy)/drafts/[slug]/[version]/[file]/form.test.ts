import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { TICKET_FIELD, makeFormTicket } from "#server/access/identity/form-ticket.ts";
import * as environment from "#server/base/environment/env.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as beginPOST } from "../../../form.tsx";
import { POST } from "./form.tsx";

const { getEnv } = environment;
const PARAMS = { slug: "nao", version: "2", file: "text" };
const PAGE = "/drafts/nao/2/text";

describeOnOneDatabase("the form that writes a draft", (database) => {
  let folder: string;
  let owner: Actor;
  const file = () => readFile(path.join(folder, "policies/nao/2/policy.mdx"), "utf8");
  const send = (fields: Record<string, string>, actor = owner) => post(POST, actor, PAGE, fields, PARAMS);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "with-care-draft-form-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    await rm(folder, { recursive: true });
    await cp("content", folder, { recursive: true });
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...getEnv(), contentDir: folder });
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    await post(beginPOST, owner, "/drafts", { slug: "nao", version: "2" });
  });

  it("checks, previews and cleans without saving, with every word kept as it was typed", async () => {
    const before = await file();
    const text = `${before}\n  \n`;
    expect(await send({ act: "check", text, seen: "s" })).toMatchObject({ to: `${PAGE}#findings`, kept: { text } });
    expect(await send({ act: "preview", text, seen: "s" })).toMatchObject({ to: `${PAGE}#preview`, kept: { text } });
    expect(await send({ act: "clean", text: "•\tx", seen: "s" })).toMatchObject({ to: `${PAGE}#text`, problems: {} });
    expect(await file()).toBe(before);
  });

  it("answers its page’s script with findings, their lines and a preview in which nothing runs", async () => {
    const ask = async (text: string) => {
      const body = new URLSearchParams([
        ["act", "live"],
        ["text", text],
        [TICKET_FIELD, makeFormTicket(owner)],
      ]);
      const request = new Request(`https://portal.invalid${PAGE}/send`, { method: "POST", body });
      const answer = await POST(request, { params: Promise.resolve(PARAMS) });
      return (await answer.json()) as { summary: string; findings: string; preview: string; lines: { line: number }[] };
    };
    const good = await ask(`${await file()}\n<Callout>Look & see.</Callout>\n`);
    expect(good.preview).toContain("Look &amp; see.");
    const lines = (await file()).split("\n").length;
    for (const code of [
      "{process.exit(1)}",
      "export const a = 1",
      '<Callout onClick="x()">y</Callout>',
      "[x](javascript:alert(1))",
      "<script>alert(1)</script>",
      "<Callout title={1}>y</Callout>",
      "<Other/>",
      '<Clause id="79.1" strength="must">Open.',
    ]) {
      const bad = await ask(`${await file()}\n${code}\n`);
      expect(
        bad.lines.map(({ line }) => line),
        code,
      ).toContain(lines + 1);
      expect(bad.preview, code).toContain("It can be shown once");
      expect(bad.findings, code).toContain(`Line ${lines + 1}`);
    }
  });

  it("offers the text as a file, saves it, and keeps what was typed where that is refused", async () => {
    expect((await send({ act: "download", text: "typed" })).status).toBe(200);
    const refused = await send({ act: "save", text: "typed", seen: "another" });
    expect(refused).toMatchObject({ to: PAGE, kept: { text: "typed" } });
    expect(refused.problems["text"]).toMatch(/changed since you opened it/);
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    for (const act of ["save", "check", "live", "download"])
      expect((await send({ act, text: "x" }, officer)).status, act).toBe(404);
  });
});
