import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form of an FOI pack", (database) => {
  const params = { slug: "nao", date: calendarDay(clock.now()) };
  const address = `/policies/nao/on/${params.date}/foi-pack`;

  it("answers with a file", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    expect(await post(POST, officer, address, {}, params)).toMatchObject({ status: 200, to: "" });
  });

  it("is not there for others", async () => {
    expect((await post(POST, await addPerson(database(), "emma"), address, {}, params)).status).toBe(404);
  });
});
