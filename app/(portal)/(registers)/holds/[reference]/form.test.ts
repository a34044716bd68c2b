import { expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as place } from "../new/send/route.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the forms of a hold", (database) => {
  it("confirm it, remind of it, name more and end it", async () => {
    const officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    const employee = await addPerson(database(), "emma");
    const wanted = { reason: "inquiry", keep: "All about the bridge.", people: employee.email };
    const { to } = await post(place, officer, "/holds/new", wanted);
    const reference = /HLD-.{9}/.exec(to)?.[0] ?? "";
    const path = `/holds/${reference}`;
    const send = (actor: Actor, sent: Record<string, string>) => post(POST, actor, path, sent, { reference });
    expect(await send(officer, { do: "remind" })).toMatchObject({ to: path, problems: {} });
    expect((await send(officer, { do: "remind" })).problems[""]).toMatch(/^Nobody was reminded/);
    expect(await send(employee, { do: "confirm" })).toMatchObject({ to: path, problems: {} });
    for (const one of ["remind", "extend", "end"]) expect((await send(employee, { do: one })).status).toBe(404);
    expect((await send(officer, {})).status).toBe(404);
    const unknown = await send(officer, { do: "extend", people: "Nobody" });
    expect(unknown).toMatchObject({ to: path, kept: { people: "Nobody" } });
    expect(Object.keys(unknown.problems)).toEqual(["people"]);
    expect(Object.keys((await send(officer, { do: "end" })).problems)).toEqual(["endReason"]);
    expect(await send(officer, { do: "end", endReason: "Over." })).toMatchObject({ to: path, problems: {} });
    expect((await send(officer, { do: "extend", people: employee.email })).status).toBe(303);
  });
});
