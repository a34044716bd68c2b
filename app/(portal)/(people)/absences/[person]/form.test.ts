import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getAbsences } from "#server/people/absence/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the forms of absences", (database) => {
  let ann: Actor;
  beforeEach(async () => {
    ann = await addPerson(database(), "ann");
  });
  const send = (actor: Actor, sent: Record<string, string>) =>
    post(POST, actor, "/absences/ann", sent, { person: "ann" });
  const day = (name: string, date: string) => {
    const [year = "", month = "", number = ""] = date.split("-");
    return { [`${name}-day`]: number, [`${name}-month`]: month, [`${name}-year`]: year };
  };
  const today = calendarDay(clock.now());
  const given = (from: string, until: string) => ({ ...day("firstDay", from), ...day("lastDay", until) });
  const absences = async () => (await getAbsences(ann, "ann"))?.absences ?? [];

  it("record one, correct it, say that one is back, and remove it", async () => {
    const saved = "/absences/ann?done=saved";
    expect((await send(ann, given(addDays(today, -2), addDays(today, 5)))).to).toBe(saved);
    const [first] = await absences();
    const id = first?.id ?? "";
    expect((await send(ann, { absence: id, ...given(addDays(today, -3), addDays(today, 6)) })).to).toBe(saved);
    expect(await absences()).toMatchObject([
      { firstDay: addDays(today, -3), lastDay: addDays(today, 6), state: "runs" },
    ]);
    expect((await send(ann, { do: "back", absence: id })).to).toBe(saved);
    expect(await absences()).toMatchObject([{ lastDay: addDays(today, -1), state: "over" }]);
    expect((await send(ann, { do: "remove", absence: id })).to).toBe(saved);
    expect(await absences()).toEqual([]);
  });

  it("say what is missing or wrong, and keep what was typed", async () => {
    const { problems, kept } = await send(ann, day("lastDay", "2027-02-31"));
    expect(problems).toMatchObject({ firstDay: "Give the first day." });
    expect(Object.keys(problems).sort()).toEqual(["firstDay", "lastDay"]);
    expect(kept).toMatchObject({ "lastDay-day": "31" });
    const backwards = await send(ann, given(today, addDays(today, -1)));
    expect(backwards.problems).toMatchObject({ lastDay: "The last day must be the first day or later." });
    expect(await absences()).toEqual([]);
  });

  it("are not there for colleagues", async () => {
    const emma = await addPerson(database(), "emma");
    for (const sent of [given(today, today), { do: "back", absence: "x" }, { do: "remove", absence: "x" }])
      expect((await send(emma, sent)).status).toBe(404);
  });
});
