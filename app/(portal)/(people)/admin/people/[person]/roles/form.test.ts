import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form of somebody's roles", (database) => {
  let administrator: Actor;
  let officer: Actor;
  beforeEach(async () => {
    administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    await addPerson(database(), "ann");
  });
  const rolesOf = async (id: string) => (await database().prisma.person.findUniqueOrThrow({ where: { id } })).roles;
  const send =
    (person: string, actor = administrator) =>
    (sent: Parameters<typeof post>[3]) =>
      post(POST, actor, `/admin/people/${person}/roles`, sent, { person });

  it("takes all that are ticked, and employee in any case", async () => {
    const sent = { roles: ["auditor", "policy-owner", "emperor"] };
    expect((await send("ann")(sent)).to).toBe("/admin/people/ann?done=roles");
    expect(await rolesOf("ann")).toEqual(["employee", "policy-owner", "auditor"]);
    expect(await send("ann")({})).toMatchObject({ to: "/admin/people/ann?done=roles", problems: {} });
    expect(await rolesOf("ann")).toEqual(["employee"]);
  });

  it("asks who takes over what is open, and gives them the role", async () => {
    const hold = { startKey: "one", reason: "inquiry", occurredOn: null, keep: "All of it.", note: "" } as const;
    await placeHold(officer, { ...hold, isOnSubject: false, groups: [], people: "ann@nao.invalid" });
    await expectRefusals(send("olive"), { roles: "auditor" }, [
      [{ successor: "" }, "successor", /Say who takes over/],
      [{ successor: "Nobody" }, "successor", /Nobody/],
      [{ successor: "Person olive" }, "successor", /they are the one who goes/],
      [{ successor: administrator.email }, "successor", /^You cannot give a role to yourself/],
    ]);
    expect(await rolesOf("olive")).toEqual(["employee", "governance-officer"]);
    expect((await send("olive")({ roles: "auditor", successor: "Person ann" })).problems).toEqual({});
    expect([await rolesOf("olive"), await rolesOf("ann")]).toEqual([
      ["employee", "auditor"],
      ["employee", "governance-officer"],
    ]);
  });

  it("refuses one's own roles, and is not there for others", async () => {
    await expectRefusals(send("ada"), {}, [[{ roles: ["auditor"] }, "", /own roles/]]);
    expect((await send("olive", await addPerson(database(), "emma"))({ roles: "auditor" })).status).toBe(404);
    expect((await send("nobody")({ roles: "auditor" })).status).toBe(404);
  });
});
