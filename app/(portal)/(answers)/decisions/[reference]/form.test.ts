import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { post } from "#app/_portal/form/testing/post.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";
import { keepReceipt } from "#server/answers/receipt/service.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { POST as remove } from "./delete/send/route.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the forms of a kept result", (database) => {
  beforeEach(async () => {
    await serveVersions("nao", []);
  });

  const keep = async (actor: Actor) => {
    const answers = { device: "work", purpose: "file" };
    const policy = await getPolicy(actor, "nao");
    const shown = policy && resultToKeep(policy, await getDecidingTable(actor, policy), answers);
    const sent = { slug: "nao", answers, fingerprint: shown?.fingerprint ?? "", startKey: "one", words: "" };
    const kept = await keepReceipt(actor, sent);
    return kept.code === "kept" ? kept.reference : "";
  };
  const send = (actor: Actor, reference: string, command: string) =>
    post(POST, actor, `/decisions/${reference}`, { do: command }, { reference: reference.toLowerCase() });

  it("share it with the line manager and by a link, and take both back", async () => {
    await addPerson(database(), "mia", { roles: ["employee", "line-manager"] });
    const team = await addTeam(database(), "desk", { managerId: "mia" });
    const employee = await addPerson(database(), "emma", { team });
    const reference = await keep(employee);
    const path = `/decisions/${reference}`;
    const find = () => database().prisma.receipt.findUniqueOrThrow({ where: { reference } });
    expect((await send(employee, reference, "share-with-manager")).to).toBe(`${path}#sharing`);
    expect((await find()).sharedWithManagerAt).not.toBeNull();
    expect((await send(employee, reference, "unshare-with-manager")).to).toBe(`${path}#sharing`);
    expect((await find()).sharedWithManagerAt).toBeNull();
    expect((await send(employee, reference, "make-link")).to).toMatch(/^\/decisions\/DEC-.{9}\?link=[\w-]+#sharing$/);
    expect((await send(employee, reference, "revoke-link")).to).toBe(`${path}#sharing`);
    expect((await send(employee, reference, "publish")).status).toBe(404);
  });

  it("say that nobody manages the team, and are not there for others", async () => {
    const employee = await addPerson(database(), "emma");
    const reference = await keep(employee);
    const alone = await send(employee, reference, "share-with-manager");
    expect(alone.to).toBe(`/decisions/${reference}`);
    expect(alone.problems["sharing"]).toMatch(/^Nobody else manages your team now/);
    expect((await send(await addPerson(database(), "bea"), reference, "make-link")).status).toBe(404);
  });

  it("delete it once it is clear that nobody has asked for it", async () => {
    const employee = await addPerson(database(), "emma");
    const other = await addPerson(database(), "bea");
    const reference = await keep(employee);
    const path = `/decisions/${reference}/delete`;
    const answer = (holdAnswer: string, actor = employee) => post(remove, actor, path, { holdAnswer }, { reference });
    expect(await answer("perhaps")).toMatchObject({ to: path, kept: { holdAnswer: "perhaps" } });
    expect((await answer("perhaps")).problems["holdAnswer"]).toMatch(/^Say whether/);
    expect((await answer("unsure")).problems[""]).toMatch(/^It was not deleted/);
    expect((await answer("none", other)).status).toBe(404);
    expect((await answer("none")).to).toBe("/decisions?deleted=1");
    expect((await answer("none")).status).toBe(404);
  });
});
