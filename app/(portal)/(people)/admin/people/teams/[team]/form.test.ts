import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form of a team", (database) => {
  it("names it and its manager, or says what is wrong", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    const manager = await addPerson(database(), "mia");
    const team = await addTeam(database(), "desk");
    const path = "/admin/people/teams/desk";
    const send = (name: string, email: string, actor = administrator) =>
      post(POST, actor, path, { name, manager: email }, { team });
    const refused = await send("Front desk", "nobody@nao.invalid");
    expect(refused).toMatchObject({ to: path, kept: { name: "Front desk", manager: "nobody@nao.invalid" } });
    expect(Object.keys(refused.problems)).toEqual(["manager"]);
    expect((await send("Front desk", manager.email)).to).toBe(`${path}?done=1`);
    expect(await database().prisma.team.findUniqueOrThrow({ where: { id: team } })).toMatchObject({
      name: "Front desk",
      managerId: "mia",
    });
    expect((await send("Mine", "", manager)).status).toBe(404);
  });
});
