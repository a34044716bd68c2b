import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const PATH = "/admin/people/new";
const ANN = { name: "Ann", email: "ann@nao.invalid", kind: "contractor", roles: ["auditor"], team: "Desk" };

describeOnOneDatabase("the form of a person who is added by hand", (database) => {
  it("adds them, with the only employer there is", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    const { to } = await post(POST, administrator, PATH, ANN);
    const id = /^\/admin\/people\/([\w-]+)\?done=added$/.exec(to)?.[1] ?? "";
    expect(await database().prisma.person.findUniqueOrThrow({ where: { id } })).toMatchObject({
      email: ANN.email,
      employer: "National Audit Office",
      kind: "contractor",
      roles: ["employee", "auditor"],
    });
  });

  it("says what is wrong, days first, and keeps what was typed", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    const wrongDay = await post(POST, administrator, PATH, { ...ANN, name: "", "startsOn-day": "31" });
    expect(wrongDay).toMatchObject({ to: PATH, kept: { email: ANN.email, roles: "auditor", "startsOn-day": "31" } });
    expect(wrongDay.problems).toEqual({ startsOn: "The first day must have a month and a year." });
    const unnamed = await post(POST, administrator, PATH, { ...ANN, name: "", kind: "robot" });
    expect(Object.keys(unnamed.problems)).toEqual(["name", "kind"]);
  });

  it("is not there for others, whatever they type", async () => {
    const employee = await addPerson(database(), "emma");
    for (const sent of [ANN, { ...ANN, "startsOn-day": "31" }])
      expect((await post(POST, employee, PATH, sent)).status).toBe(404);
  });
});
