import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that reminds one's own team", (database) => {
  let manager: Actor;
  beforeEach(async () => {
    await serveVersions("nao", []);
    manager = await addPerson(database(), "mia", { roles: ["line-manager"] });
    const team = await addTeam(database(), "desk", { managerId: "mia" });
    for (const id of ["one", "two", "three"]) await addPerson(database(), id, { team });
    await addPerson(database(), "elsewhere");
  });
  const send = (sent: Parameters<typeof post>[3], actor = manager) => post(POST, actor, "/team", sent);
  const reminded = async () =>
    (await database().prisma.notice.findMany({ where: { kind: "acknowledgement-reminder" } }))
      .map(({ personId }) => personId)
      .sort();

  it("takes those who are ticked and in the team, then all, each once a day", async () => {
    const chosen = { policy: "nao", person: ["one", "two", "elsewhere"], then: "chosen" };
    expect((await send(chosen)).to).toBe("/team?policy=nao&done=2");
    expect(await reminded()).toEqual(["one", "two"]);
    expect((await send({ policy: "nao", then: "all" })).to).toBe("/team?policy=nao&done=1");
    expect(await reminded()).toEqual(["one", "three", "two"]);
  });

  it("takes all in the state that is filtered by, and comes back to them", async () => {
    const overdue = await post(POST, manager, "/team?state=overdue", { policy: "nao", then: "all" });
    expect([overdue.to, await reminded()]).toEqual(["/team?state=overdue", []]);
    const pending = await post(POST, manager, "/team?state=pending&sort=due", { policy: "nao", then: "all" });
    expect(pending.to).toBe("/team?state=pending&sort=due&policy=nao&done=3");
  });

  it("says that nobody is ticked, or has to be reminded, and keeps who was", async () => {
    await expectRefusals(send, { policy: "nao", then: "chosen" }, [
      [{}, "", /^Choose at least one person/],
      [{ person: ["elsewhere"] }, "", /^Nobody of these has anything to answer/],
    ]);
    expect(await reminded()).toEqual([]);
  });

  it("is not there for others, nor for a policy of another body", async () => {
    expect((await send({ policy: "nottingham", then: "all" })).status).toBe(404);
    const employee = await addPerson(database(), "emma");
    expect((await send({ policy: "nao", then: "all" }, employee)).status).toBe(404);
  });
});
