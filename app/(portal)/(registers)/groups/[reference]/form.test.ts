import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as alerts } from "./alerts/send/route.ts";
import { POST as members } from "./members/send/route.ts";
import { POST } from "./send/route.ts";

const on = { body: "example-borough" };

describeOnOneDatabase("the forms on a group's page, its members and its alerts", (database) => {
  it("take what its people say of themselves, and what an administrator says of them", async () => {
    const [first, second] = [await addPerson(database(), "first", on), await addPerson(database(), "second", on)];
    const [member, other] = [await addPerson(database(), "member", on), await addPerson(database(), "other", on)];
    const { reference } = await addApprovedGroup(database(), { administrators: [first, second], members: [member] });
    const path = `/groups/${reference}`;
    const send = (sent: Record<string, string>, actor = first) => post(POST, actor, path, sent, { reference });
    const idOf = async (one: typeof first) =>
      (await getChatGroup(first, reference))?.members.find(({ personId }) => personId === one.personId)?.id ?? "";
    const id = await idOf(member);
    for (const name of ["consent", "refuse", "withdraw", "leave", "details", "away", "removed", "role", "renew-link"])
      expect((await send({ do: name, member: id, role: "deputy" }, other)).status, name).toBe(404);
    for (const one of [member, other]) expect((await send({ do: "away", "from-day": "31" }, one)).status).toBe(404);
    expect((await send({ member: id })).status).toBe(404);

    expect(await send({ do: "details" }, member)).toMatchObject({ to: path, problems: {} });
    expect((await send({ do: "details-updated", member: id })).to).toBe(`${path}#member-${id}`);
    expect((await send({ do: "refuse" }, member)).problems[""]).toMatch(/^You agreed before/);
    expect(await send({ do: "away", "from-day": "31", "from-month": "2", "from-year": "2027" })).toMatchObject({
      to: path,
      problems: {
        from: "The first day must be a day that exists, such as 27 3 2027.",
        until: "Say until which day you are away.",
      },
      kept: { "from-day": "31" },
    });
    expect(await send({ do: "away" })).toMatchObject({ to: path, problems: {} });
    expect(await send({ do: "role", member: id, role: "owner" })).toMatchObject({
      to: path,
      problems: { [`role-${id}`]: "Choose a role." },
    });
    expect((await send({ do: "role", member: id, role: "deputy" })).to).toBe(`${path}#member-${id}`);
    expect((await getChatGroup(member, reference))?.own?.role).toBe("deputy");
    expect((await send({ do: "stays", member: id })).to).toBe(`${path}#member-${id}`);
    expect(await send({ do: "leave" }, member)).toMatchObject({ to: path, problems: {} });
    expect((await send({ do: "stays", member: id })).problems[""]).toMatch(/can’t stay/);
    expect((await send({ do: "consent" }, member)).to).toBe(path);
    expect((await send({ do: "removed", member: id })).to).toBe(path);
    const listed = (await getChatGroup(first, reference))?.members.map(({ standing }) => standing);
    expect(listed?.sort()).toEqual(["in", "in", "removed"]);
  });

  it("add people, and log whom somebody phoned", async () => {
    const [first, second] = [await addPerson(database(), "first", on), await addPerson(database(), "second", on)];
    const other = await addPerson(database(), "other", on);
    const group = { administrators: [first, second], kind: "emergency", keepYears: 3 } as const;
    const { reference } = await addApprovedGroup(database(), group);
    const path = `/groups/${reference}`;
    const add = (sent: Record<string, string>, actor = first) =>
      post(members, actor, `${path}/members`, sent, { reference });
    const alert = (sent: Record<string, string>, actor = first) =>
      post(alerts, actor, `${path}/alerts`, sent, { reference });

    expect((await add({ do: "add", person: other.personId }, other)).status).toBe(404);
    expect((await add({})).status).toBe(404);
    expect(await add({ do: "add", q: "Nobody" })).toMatchObject({
      to: `${path}/members`,
      problems: { person: "Choose somebody in the directory." },
      kept: { q: "Nobody" },
    });
    expect(await add({ do: "add", person: other.personId })).toMatchObject({ to: path, problems: {} });
    const outside = { do: "invite", name: "Pat Invented", startKey: "key" };
    const missing = await add(outside);
    expect(missing).toMatchObject({ to: `${path}/members`, kept: { name: "Pat Invented", startKey: "key" } });
    expect(Object.keys(missing.problems)).toEqual(["organisation"]);
    const invited = await add({ ...outside, organisation: "Riverside", role: "administrator" });
    const [, id = ""] = /\/members\?member=([^&]+)&link=.+/.exec(invited.to) ?? [];
    expect((await getChatGroup(first, reference))?.members.find((one) => one.id === id)?.role).toBe("administrator");
    const renewed = await post(POST, first, path, { do: "renew-link", member: id }, { reference });
    expect(renewed.to).toMatch(`${path}/members?member=${id}&link=`);

    const logged = { do: "log", postedBy: "Duty officer", message: "Flood, north bank.", startKey: "key" };
    expect(await alert({ ...logged, postedDay: "2027-02-31", postedTime: "soon" })).toMatchObject({
      to: `${path}/alerts`,
      problems: { postedAt: "Write the day and the time, such as 2027-03-27 and 14:05." },
      kept: { postedTime: "soon", message: "Flood, north bank." },
    });
    const moment = { postedDay: calendarDay(clock.now()), postedTime: "00:00" };
    expect((await alert({ ...logged, ...moment }, other)).status).toBe(404);
    expect(await alert({ ...logged, ...moment })).toMatchObject({ to: `${path}/alerts`, problems: {} });
    const [stored] = (await getChatGroup(first, reference))?.alerts ?? [];
    const called = { alert: stored?.id ?? "", member: stored?.calls[0]?.memberId ?? "" };
    expect((await alert({ do: "phoned", ...called, member: "" })).status).toBe(404);
    expect((await alert({ do: "phoned", ...called })).to).toBe(`${path}/alerts`);
    expect((await alert({ do: "confirmed", ...called })).to).toBe(`${path}/alerts`);
    const calls = (await getChatGroup(first, reference))?.alerts[0]?.calls ?? [];
    expect(calls.filter(({ phonedAt, confirmedAt }) => phonedAt && confirmedAt)).toHaveLength(1);
  });
});
