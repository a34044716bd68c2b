import { expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { post } from "#app/_portal/form/testing/post.ts";
import { getIncident } from "#server/registers/incident/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as report } from "../new/send/route.ts";
import { POST } from "./send/route.ts";
import { POST as answer } from "./steps/[step]/send/route.ts";

const on = { body: "example-borough" };

describeOnOneDatabase("the forms of a report", (database) => {
  it("take its steps from the reporter, and the case from who handles it", async () => {
    const emma = await addPerson(database(), "emma", on);
    const officer = await addPerson(database(), "olive", { ...on, roles: ["governance-officer"] });
    const sent = { startKey: "key", data: ["health", "contact"] };
    const { to } = await post(report, emma, "/incidents/new?kind=shared", sent);
    const reference = /INC-.{9}/.exec(to)?.[0] ?? "";
    const path = `/incidents/${reference}`;
    const step = (name: string, fields: Record<string, string>, actor = emma) =>
      post(answer, actor, `${path}/steps/${name}`, fields, { reference, step: name });
    expect((await step("where", {}, officer)).status).toBe(404);
    expect((await step("nowhere", {})).status).toBe(404);
    const unsaid = await step("where", { chat: "Elm team" });
    expect(unsaid).toMatchObject({ to: `${path}/steps/where`, kept: { chat: "Elm team" } });
    expect(Object.keys(unsaid.problems)).toEqual(["app"]);
    expect((await step("where", { app: "whatsapp", chat: "Elm team" })).to).toBe(`${path}/steps/audience`);
    expect((await getIncident(emma, reference))?.steps.find((one) => one.step === "where")?.at).not.toBeNull();

    const send = (fields: Record<string, string>, actor: Actor = officer) =>
      post(POST, actor, path, fields, { reference });
    const lesson = { do: "lessons", seen: "0" };
    for (const name of ["lessons", "add-action", "complete-action", "nothing"])
      expect((await send({ do: name, seen: "0", position: "1" }, emma)).status, name).toBe(404);
    expect((await send({ do: "nothing" })).status).toBe(404);
    expect((await send(lesson)).problems).toHaveProperty("lessons-lessons");
    expect((await send({ ...lesson, "lessons-lessons": "Ask first." })).to).toBe(`${path}#lessons`);
    const late = await send({ ...lesson, "lessons-lessons": "Ask twice." });
    expect(late.kept).toMatchObject({ "lessons-lessons": "Ask twice." });
    expect(late.problems["lessons"]).toMatch(/saved a change first/);

    const action = { do: "add-action", seen: "0", "action-text": "Train the team." };
    expect(Object.keys((await send(action)).problems)).toEqual(["action-owner", "action-due"]);
    const due = { "action-due-day": "1", "action-due-month": "2", "action-due-year": "2099" };
    expect((await send({ ...action, ...due, "action-owner": emma.email })).to).toBe(`${path}#actions`);
    const [stored] = (await getIncident(emma, reference))?.actions ?? [];
    expect(stored).toMatchObject({ text: "Train the team.", isMine: true, done: null });
    expect((await send({ do: "complete-action", position: "" }, emma)).status).toBe(404);
    const done = { do: "complete-action", position: String(stored?.position) };
    expect((await send(done, emma)).to).toBe(`${path}#actions`);
    expect((await getIncident(emma, reference))?.actions[0]?.done).not.toBeNull();
  });
});
