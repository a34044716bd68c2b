import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { GET, POST } from "./send/route.ts";

describeOnOneDatabase("the form of what was looked for in vain", (database) => {
  let asker: Actor;
  beforeEach(async () => {
    await serveVersions("nao", []);
    asker = await addPerson(database(), "asker");
  });
  const send = (more: Record<string, string>) =>
    post(POST, asker, "/search/unfound", { slug: "nao", found: "", words: "smart watch", ...more });
  const words = () => database().prisma.unfoundWords.findMany();

  it("keeps words only with the tick", async () => {
    expect((await send({})).to).toBe("/search/unfound?policy=nao&done=1");
    expect(await words()).toEqual([]);
    expect((await send({ agreed: "words" })).to).toBe("/search/unfound?policy=nao&done=1");
    expect(await words()).toMatchObject([{ policy: "nao", words: "smart watch" }]);
  });

  it("says what is missing, and keeps what was typed", async () => {
    const { problems, kept } = await send({ agreed: "words", words: "x".repeat(201) });
    expect(Object.keys(problems)).toEqual(["words"]);
    expect(kept).toMatchObject({ slug: "nao", words: "x".repeat(201) });
    expect(await words()).toEqual([]);
  });

  it("is not there for a policy that is not the reader's; its address leads to the search", async () => {
    expect((await send({ slug: "nottingham" })).status).toBe(404);
    expect((await GET()).headers.get("location")).toBe("/search");
  });
});
