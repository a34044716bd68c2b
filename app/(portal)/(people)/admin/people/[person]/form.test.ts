import { expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as release } from "./account/send/route.ts";
import { POST as changeDetails } from "./details/send/route.ts";
import { POST as changeRoles } from "./roles/send/route.ts";
import { POST as say } from "./send/route.ts";

describeOnOneDatabase("the forms about a person", (database) => {
  const start = async () => ({
    administrator: await addPerson(database(), "ada", { roles: ["employee", "administrator"] }),
    ann: await addPerson(database(), "ann"),
  });
  type Route = typeof say;
  const send = (POST: Route, actor: Actor, sent: Record<string, string | string[]> = {}, person = "ann", part = "") =>
    post(POST, actor, `/admin/people/${person}${part}`, sent, { person });
  const find = () => database().prisma.person.findUniqueOrThrow({ where: { id: "ann" } });

  it("say that they left, are back, or moved", async () => {
    const { administrator } = await start();
    expect((await send(say, administrator, { what: "left", team: "" })).to).toBe("/admin/people/ann?done=groups");
    expect((await find()).status).toBe("left");
    expect((await send(say, administrator, { do: "returned" })).to).toBe("/admin/people/ann?done=groups");
    expect((await find()).status).toBe("active");
    const nowhere = await send(say, administrator, { what: "moved", team: "Nowhere" });
    expect(nowhere).toMatchObject({ to: "/admin/people/ann", kept: { what: "moved", team: "Nowhere" } });
    expect(nowhere.problems["team"]).toMatch(/^There is no team “Nowhere”/);
    expect((await send(say, administrator, { what: "moved", team: "" })).to).toBe("/admin/people/ann?done=groups");
    expect((await send(say, administrator, { team: "" })).problems).toEqual({ what: "Choose what changed." });
    expect(Object.keys((await send(say, administrator, { what: "left" }, "ada")).problems)).toEqual([""]);
  });

  it("end a session of theirs, and release them from their account", async () => {
    const { administrator } = await start();
    const session = { id: "one", token: "one", personId: "ann", expiresAt: new Date(Date.now() + 3_600_000) };
    await database().prisma.session.create({ data: session });
    const ended = await send(say, administrator, { do: "end", session: "one" });
    expect(ended.to).toBe("/admin/people/ann?done=sessions");
    expect(await database().prisma.session.count()).toBe(0);
    expect((await send(release, administrator)).to).toBe("/admin/people/ann?done=account");
    const own = await send(release, administrator, {}, "ada");
    expect(own).toMatchObject({ to: "/admin/people/ada" });
    expect(own.problems[""]).toMatch(/^Another administrator/);
  });

  it("give them roles, and say what stops it", async () => {
    const { administrator } = await start();
    const part = "/roles";
    const { to } = await send(changeRoles, administrator, { roles: ["auditor", "emperor"] }, "ann", part);
    expect(to).toBe("/admin/people/ann?done=roles");
    expect((await find()).roles).toEqual(["employee", "auditor"]);
    const own = await send(changeRoles, administrator, { roles: "auditor" }, "ada", part);
    expect(own).toMatchObject({ to: "/admin/people/ada/roles", kept: { roles: "auditor" } });
    expect(Object.keys(own.problems)).toEqual([""]);
  });

  it("change what the directory says, and keep what was typed", async () => {
    const { administrator } = await start();
    const part = "/details";
    const details = { name: "Ann Other", email: "ann@nao.invalid", kind: "employee" };
    const wrong = await send(changeDetails, administrator, { ...details, manager: "x@nao.invalid" }, "ann", part);
    expect(wrong).toMatchObject({ to: "/admin/people/ann/details", kept: { manager: "x@nao.invalid" } });
    // These people's employer is not one of the body's.
    expect(Object.keys(wrong.problems)).toEqual(["employer"]);
    await database().prisma.person.updateMany({ data: { employer: "National Audit Office" } });
    const { to } = await send(changeDetails, administrator, { ...details, "awayUntil-day": "" }, "ann", part);
    expect(to).toBe("/admin/people/ann?done=details");
    expect((await find()).name).toBe("Ann Other");
  });

  it("are not there for others", async () => {
    const { ann } = await start();
    for (const sent of [{ what: "left" }, { what: "moved", team: "x" }, {}, { do: "returned" }, { do: "end" }])
      expect((await send(say, ann, sent, "ada")).status).toBe(404);
    for (const route of [release, changeRoles, changeDetails])
      expect((await send(route, ann, { "startsOn-day": "31" }, "ada")).status).toBe(404);
  });
});
