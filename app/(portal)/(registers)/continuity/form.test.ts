import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as end } from "./[reference]/send/route.ts";
import { POST } from "./send/route.ts";

const SENT = { title: "E-mail  is down", reason: "A cable was cut." };

describeOnOneDatabase("the forms of business continuity", (database) => {
  it("declare an activity, one at a time, and end it", async () => {
    const officer = await addPerson(database(), "olive", { roles: ["governance-officer"] });
    const second = await addPerson(database(), "second", { roles: ["governance-officer"] });
    const { to } = await post(POST, officer, "/continuity", SENT);
    const reference = /^\/continuity\/(CON-.{9})\?done=1$/.exec(to)?.[1] ?? "";
    const late = await post(POST, second, "/continuity", SENT);
    expect(late.problems[""]).toContain(`Person olive has declared ${reference} already.`);
    expect(late).toMatchObject({ to: "/continuity", kept: SENT });
    const send = (endReason: string, actor = officer) =>
      post(end, actor, `/continuity/${reference}`, { do: "end", endReason }, { reference });
    expect(Object.keys((await send("")).problems)).toEqual(["endReason"]);
    expect(await send("It works.")).toMatchObject({ to: `/continuity/${reference}`, problems: {} });
    const message = "Person olive has ended it already. Your reason was not recorded.";
    expect(await send("Over.", second)).toMatchObject({ problems: { "": message }, kept: { endReason: "Over." } });
  });

  it("are not there for others", async () => {
    expect((await post(POST, await addPerson(database(), "emma"), "/continuity", SENT)).status).toBe(404);
  });
});
