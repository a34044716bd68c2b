import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { getConsent } from "#server/registers/consent/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as withdraw } from "../[reference]/send/route.ts";
import { POST } from "./send/route.ts";

const DAYS = { "givenOn-day": "1", "givenOn-month": "1", "givenOn-year": "2026", "until-day": "1", "until-month": "1" };
const TEXT = {
  name: "Xavia",
  age: "child",
  guardian: "A parent",
  purpose: "The newsletter",
  formReference: "Folder 7",
};

describeOnOneDatabase("the forms of photo consents", (database) => {
  it("record one, and that it was withdrawn", async () => {
    const employee = await addPerson(database(), "emma");
    const { to } = await post(POST, employee, "/photos/new", { ...DAYS, ...TEXT, "until-year": "2028" });
    const reference = /^\/photos\/(PHO-.{9})\?done=1$/.exec(to)?.[1] ?? "";
    expect(await getConsent(employee, reference)).toMatchObject({ guardian: "A parent", until: "2028-01-01" });
    const send = (actor: typeof employee, reason: string, typed = reference.toLowerCase()) =>
      post(withdraw, actor, `/photos/${typed}`, { do: "withdraw", reason }, { reference: typed });
    expect(Object.keys((await send(employee, "")).problems)).toEqual(["reason"]);
    expect((await send(await addPerson(database(), "other"), "A mail")).status).toBe(404);
    expect(await send(employee, "A mail")).toMatchObject({ status: 303, to: `/photos/${reference}`, problems: {} });
    expect((await getConsent(employee, reference))?.state).toBe("withdrawn");
  });

  it("say what is missing, and keep what was typed", async () => {
    const sent = { ...DAYS, name: "Xavia" };
    const { to, problems, kept } = await post(POST, await addPerson(database(), "emma"), "/photos/new", sent);
    expect(to).toBe("/photos/new");
    expect(Object.keys(problems)).toEqual(["age", "purpose", "until", "formReference"]);
    expect(kept).toEqual(sent);
  });
});
