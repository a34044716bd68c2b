import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getPhoneReturn } from "#server/registers/phone-return/queries.ts";
import { startPhoneReturn } from "#server/registers/phone-return/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const LONG = "x".repeat(2001);
const MOVED = { do: "state", moved: "All in REC-2222-2222.", heldCopied: "" };

describeOnOneDatabase("the forms of a phone that goes", (database) => {
  let employee: Actor;
  let manager: Actor;
  let reference: string;
  beforeEach(async () => {
    manager = await addPerson(database(), "mia", { roles: ["employee", "line-manager"] });
    const team = await addTeam(database(), "desk", { managerId: "mia" });
    employee = await addPerson(database(), "emma", { team });
    const dueOn = { kind: "day", day: calendarDay(clock.now()) } as const;
    const started = await startPhoneReturn(employee, { startKey: "one", person: "", reason: "reset", dueOn });
    reference = started.code === "done" ? started.reference : "";
  });
  const find = () => getPhoneReturn(employee, reference);
  const send = async (actor: Actor, sent: Parameters<typeof post>[3]) =>
    post(
      POST,
      actor,
      `/phone-returns/${reference}`,
      { revision: String((await find())?.revision), ...sent },
      { reference },
    );

  it("take what was moved, and that it was checked", async () => {
    const path = `/phone-returns/${reference}`;
    expect(await send(employee, MOVED)).toMatchObject({ to: path, problems: {} });
    expect(await find()).toMatchObject({ state: "stated", moved: MOVED.moved });
    expect((await send(employee, { do: "check", note: "All." })).status).toBe(404);
    expect(await send(manager, { do: "check", note: "The record." })).toMatchObject({ to: path, problems: {} });
    expect(await find()).toMatchObject({ state: "checked", checkedBy: { id: "mia" } });
  });

  it("take that it stays after all", async () => {
    expect((await send(employee, { do: "cancel", reason: "It works again." })).problems).toEqual({});
    expect((await find())?.state).toBe("cancelled");
  });

  it("say which field is wrong, and keep what was typed", async () => {
    await expectRefusals((sent) => send(employee, sent), MOVED, [
      [{ moved: " " }, "moved", /^Say what was moved/],
      [{ moved: LONG }, "moved", /2,000/],
      [{ heldCopied: LONG }, "heldCopied", /2,000/],
      [{ revision: "7" }, "", /^Somebody has changed this/],
      [{ do: "cancel", reason: "" }, "reason", /^Say why it stays/],
    ]);
    await expectRefusals((sent) => send(manager, sent), { do: "check", note: "The record." }, [
      [{ note: "" }, "note", /^Say what you looked at/],
      [{}, "", /^First say what was moved/],
    ]);
  });

  it("are not there for others", async () => {
    const other = await addPerson(database(), "other");
    for (const one of ["state", "check", "cancel", "wipe"])
      expect((await send(other, { do: one, moved: "x", note: "x", reason: "x" })).status, one).toBe(404);
  });
});
