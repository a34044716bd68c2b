import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getDeputies } from "#server/people/deputy/queries.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the forms of deputies", (database) => {
  let manager: Actor;
  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    await addPerson(database(), "other", { roles: ["line-manager"] });
  });
  const send = (actor: Actor, sent: Record<string, string>) => post(POST, actor, "/deputies", sent);
  const day = (name: string, date: string) => {
    const [year = "", month = "", number = ""] = date.split("-");
    return { [`${name}-day`]: number, [`${name}-month`]: month, [`${name}-year`]: year };
  };
  const today = calendarDay(clock.now());
  const given = () => ({
    role: "line-manager",
    deputy: "other@nao.invalid",
    ...day("from", today),
    ...day("until", addDays(today, 5)),
  });

  it("name somebody, also twice, and end it", async () => {
    for (const _ of [1, 2]) expect((await send(manager, given())).to).toBe("/deputies");
    const [named] = (await getDeputies(manager))?.mine ?? [];
    expect(named).toMatchObject({ deputy: "Person other", from: today, state: "runs" });
    expect((await send(manager, { do: "end", deputy: named?.id ?? "" })).to).toBe("/deputies");
    expect((await getDeputies(manager))?.mine).toEqual([]);
  });

  it("say what is missing, and keep what was typed", async () => {
    const { problems, kept } = await send(manager, { deputy: "Somebody", ...day("until", "2027-02-31") });
    expect(Object.keys(problems).sort()).toEqual(["deputy", "from", "role", "until"]);
    expect(problems["from"]).toBe("Give the first day.");
    expect(kept).toMatchObject({ deputy: "Somebody", "until-day": "31" });
  });

  it("are not there for others", async () => {
    const emma = await addPerson(database(), "emma");
    for (const sent of [given(), { do: "end", deputy: "any" }]) expect((await send(emma, sent)).status).toBe(404);
  });
});
