import { tasksOfOne } from "#server/testing/tasks.ts";
import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { markLeft } from "#server/people/directory/service.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { serveBody } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { listPeopleWithHeldPhones } from "./effects.ts";
import { getPhoneReturn, getPhoneReturnRegister, listOwnPhoneReturns, listPhoneReturnTasksOf } from "./queries.ts";
import { cancelPhoneReturn, checkPhoneReturn, startPhoneReturn, statePhoneReturn } from "./service.ts";

const listPhoneReturnTasks = tasksOfOne(listPhoneReturnTasksOf);

const BODY = "example-borough";

describeOnOneDatabase("a phone return", (database) => {
  let people: Record<"user" | "manager" | "officer" | "admin" | "other", Actor>;
  beforeEach(async () => {
    await serveBody(BODY, {});
    const add = (id: string, roles: Actor["roles"] = ["employee"], team?: Actor["team"]) =>
      addPerson(database(), id, { body: BODY, roles, ...(team && { team }) });
    const manager = await add("manager", ["employee", "line-manager"]);
    const team = await addTeam(database(), "depot", { body: BODY, managerId: "manager" });
    people = {
      manager,
      user: await add("user", ["employee"], team),
      officer: await add("officer", ["governance-officer"]),
      admin: await add("admin", ["administrator"]),
      other: await add("other"),
    };
  });
  const dueOn = { kind: "day", day: addDays(calendarDay(clock.now()), 9) } as const;
  const start = async (actor: Actor, person = "") => {
    const result = await startPhoneReturn(actor, { startKey: "key", person, reason: "replacement", dueOn });
    return result.code === "done" ? result.reference : JSON.stringify(result);
  };
  const seen = async (reference: string) =>
    (await database().prisma.phoneReturn.findUniqueOrThrow({ where: { reference } })).revision;
  const say = async (actor: Actor, reference: string, heldCopied = "") =>
    statePhoneReturn(actor, reference, { revision: await seen(reference), moved: "REC-2222-2222", heldCopied });
  const check = async (actor: Actor, reference: string) =>
    checkPhoneReturn(actor, reference, { revision: await seen(reference), note: "Looked at both chats." });
  const tasks = async (actor: Actor) => (await listPhoneReturnTasks(actor)).map(({ kind }) => kind);
  const hold = async (startKey: string, person = people.user) => {
    const placed = await placeHold(people.officer, {
      startKey,
      reason: "inquiry",
      occurredOn: null,
      keep: "All of it.",
      note: "",
      isOnSubject: false,
      groups: [],
      people: person.email,
    });
    expect(placed).toMatchObject({ code: "placed" });
  };

  it("is started once by its user, says what was moved, and is checked by the line manager", async () => {
    const { user, manager, officer, other } = people;
    const [reference, again] = [await start(user), await start(user)];
    expect(again).toBe(reference);
    expect([await tasks(user), await tasks(manager)]).toEqual([["state-phone-return"], []]);
    expect((await check(manager, reference)).code).toBe("refused");
    expect((await say(other, reference)).code).toBe("not-found");
    expect((await say(user, reference)).code).toBe("done");
    expect([await tasks(user), await tasks(manager)]).toEqual([[], ["check-phone-return"]]);
    for (const actor of [user, officer, other]) expect((await check(actor, reference)).code).toBe("not-found");
    expect((await check(manager, reference)).code).toBe("done");
    expect(await getPhoneReturn(user, reference)).toMatchObject({
      state: "checked",
      checkedBy: { name: manager.name },
    });
    expect(await getPhoneReturn(other, reference)).toBeNull();
    expect((await say(user, reference)).code).toBe("refused");
    const events = await database().prisma.evidence.findMany({
      where: { subject: reference },
      orderBy: { position: "asc" },
    });
    expect(events.map(({ event }) => event)).toEqual([
      "phone-return.started",
      "phone-return.stated",
      "phone-return.checked",
    ]);
    expect(await database().prisma.notice.count({ where: { personId: "user", kind: "phone-return-answered" } })).toBe(
      1,
    );
    expect((await getPhoneReturnRegister(officer, { q: "user", state: "checked" })?.page(null))?.rows).toHaveLength(1);
    expect(getPhoneReturnRegister(user, {})).toBeNull();
    expect(await listOwnPhoneReturns(manager)).toHaveLength(1);
  });

  it("stops under a hold until what it needs is copied, and again for a hold placed since", async () => {
    const { user, manager } = people;
    const reference = await start(user);
    await hold("one");
    await say(user, reference);
    expect(await check(manager, reference)).toMatchObject({ code: "refused" });
    expect((await getPhoneReturn(manager, reference))?.stopping).toHaveLength(1);
    await say(user, reference, "Drive H, case 12");
    await hold("two");
    expect((await check(manager, reference)).code).toBe("refused");
    await say(user, reference, "Drive H, cases 12 and 13");
    expect((await check(manager, reference)).code).toBe("done");
    const steps = (await getPhoneReturn(user, reference))?.steps.map(({ step }) => step);
    expect(steps).toEqual(["started", "stated", "stopped", "stated", "stopped", "stated", "checked"]);
  });

  it("is started for somebody by who manages them, not by a colleague, and can be cancelled with a reason", async () => {
    const { user, manager, other } = people;
    expect(await start(other, user.email)).toContain("person");
    const reference = await start(manager, user.email);
    expect(await tasks(user)).toEqual(["state-phone-return"]);
    const revision = await seen(reference);
    expect(await cancelPhoneReturn(user, reference, { revision, reason: "" })).toMatchObject({ code: "invalid" });
    expect((await cancelPhoneReturn(user, reference, { revision, reason: "It was mended." })).code).toBe("done");
    expect(await tasks(user)).toEqual([]);
  });

  it("is checked by whom the body says, and by an officer where there is no manager", async () => {
    await serveBody(BODY, { phoneReturns: { checkedBy: "administrator" } });
    const reference = await start(people.user);
    await say(people.user, reference);
    expect([await tasks(people.manager), await tasks(people.admin)]).toEqual([[], ["check-phone-return"]]);
    await serveBody(BODY, {});
    const own = await start(people.other);
    await say(people.other, own);
    expect(await tasks(people.officer)).toEqual(["check-phone-return"]);
  });

  it("is asked for when somebody leaves who is in a group or under a hold, once", async () => {
    const { user, manager, admin, other } = people;
    await addApprovedGroup(database(), { administrators: [other], members: [user] });
    expect((await markLeft(admin, "manager-of-nobody")).code).toBe("not-found");
    await markLeft(admin, "user");
    expect(await tasks(manager)).toEqual(["check-phone-return"]);
    const [leaving] = await database().prisma.phoneReturn.findMany();
    expect(leaving).toMatchObject({ personId: "user", reason: "leaving", startedById: null });
    await say(manager, leaving?.reference ?? "");
    expect((await check(manager, leaving?.reference ?? "")).code).toBe("done");
    await hold("one", people.officer);
    expect([...(await listPeopleWithHeldPhones(database().prisma, BODY))]).toEqual(["officer"]);
    await markLeft(admin, "officer", other.email);
    await markLeft(admin, "manager");
    expect(await database().prisma.phoneReturn.count()).toBe(2);
  });
});
