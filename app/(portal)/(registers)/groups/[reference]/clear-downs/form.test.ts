import { afterEach, expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { clock } from "#server/base/clock.ts";
import { getClearDowns } from "#server/registers/clear-down/queries.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addGroupToClear } from "#server/testing/hold-groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const on = { body: "cleveland-opcc" };

describeOnOneDatabase("the forms of a group's clear-downs", (database) => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("ask about requests, confirm it, and record that a hold stops it", async () => {
    const at = new Date("2026-11-03T10:00:00Z");
    vi.spyOn(clock, "now").mockReturnValue(at);
    const [ann, bob] = [await addPerson(database(), "ann", on), await addPerson(database(), "bob", on)];
    const officer = await addPerson(database(), "olive", { ...on, roles: ["governance-officer"] });
    const { reference } = await addGroupToClear(database(), { administrators: [ann, bob], clearEveryDays: 7, at });
    const path = `/groups/${reference}/clear-downs`;
    const send = (sent: Record<string, string>, actor = ann) => post(POST, actor, path, sent, { reference });
    vi.spyOn(clock, "now").mockReturnValue(new Date("2026-11-10T10:00:00Z"));
    const dueOn = (await getClearDowns(ann, reference))?.open.at(-1)?.dueOn ?? "";
    const stranger = await addPerson(database(), "stranger", on);
    for (const name of ["ask", "confirm", "held"]) {
      const sent = { do: name, dueOn, holdAnswer: "none", records: "nothing" };
      expect((await send(sent, stranger)).status, name).toBe(404);
    }
    expect((await send({ dueOn })).status).toBe(404);

    expect(Object.keys((await send({ do: "ask", dueOn })).problems)).toContain("holdAnswer");
    expect((await send({ do: "ask", dueOn, holdAnswer: "none" })).to).toBe(`${path}?asked=none`);
    const cleared = { do: "confirm", dueOn, holdAnswer: "none", records: "moved", copies: "everybody" };
    expect(await send(cleared)).toMatchObject({ to: path, kept: { holdAnswer: "none", records: "moved" } });
    expect((await send({ ...cleared, dueOn: "2026-11-09", records: "nothing" })).problems[""]).toMatch(
      /^Nothing is due/,
    );
    const done = await send({ ...cleared, recordsMovedTo: "REC-1" });
    expect(done).toMatchObject({ to: `${path}?done=cleared`, problems: {} });
    expect((await send({ ...cleared, recordsMovedTo: "REC-1" }, bob)).problems[""]).toBe(
      `${ann.name} has confirmed this clear-down already. Yours was not recorded.`,
    );

    vi.spyOn(clock, "now").mockReturnValue(new Date("2026-11-17T10:00:00Z"));
    const next = (await getClearDowns(ann, reference))?.open.at(-1)?.dueOn ?? "";
    expect((await send({ do: "held", dueOn: next })).problems[""]).toMatch(/^Nothing is due/);
    await placeHold(officer, {
      startKey: "key",
      reason: "inquiry",
      occurredOn: null,
      keep: "All of it.",
      note: "",
      isOnSubject: false,
      groups: [reference],
      people: "",
    });
    expect((await send({ ...cleared, dueOn: next, records: "nothing" })).problems[""]).toMatch(/^There is a hold/);
    expect(await send({ do: "held", dueOn: next })).toMatchObject({ to: path, problems: {} });
    expect((await getClearDowns(ann, reference))?.isHeldRecorded).toBe(true);
  });
});
