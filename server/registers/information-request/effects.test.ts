import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { listTasks } from "#server/gather/task/queries.ts";
import { saveAbsence } from "#server/people/absence/service.ts";
import { nameDeputy } from "#server/people/deputy/service.ts";
import { changeRoles, markLeft } from "#server/people/directory/service.ts";
import { startPhoneReturn, statePhoneReturn, checkPhoneReturn } from "#server/registers/phone-return/service.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam, asSignedIn } from "#server/testing/people.ts";
import { getInformationRequest, getOwnSearch } from "./queries.ts";
import { answerSearch, askToSearch } from "./search-service.ts";
import { enterRequest } from "./service.ts";

const today = () => calendarDay(clock.now());
const day = (text: string) => ({ kind: "day", day: text }) as const;
const ANSWER = { answer: "nothing", gone: null, words: "Looked in their phone.", minutes: "5", isConfirmed: true };

describeOnEachDatabase("requests and searches of somebody who is not there", (database) => {
  let people: Record<"olive" | "oscar" | "manager" | "deputy" | "emma" | "admin", Actor>;
  let reference = "";
  beforeEach(async () => {
    await serveRealContent();
    const add = (id: string, roles: Actor["roles"], team?: Actor["team"]) =>
      addPerson(database(), id, { roles: ["employee", ...roles], ...(team && { team }) });
    const manager = await add("manager", ["line-manager"]);
    const team = await addTeam(database(), "depot", { managerId: "manager" });
    people = {
      manager,
      olive: await add("olive", ["governance-officer"]),
      oscar: await add("oscar", ["governance-officer"]),
      deputy: await add("deputy", ["line-manager"]),
      emma: await add("emma", [], team),
      admin: await add("admin", ["administrator"]),
    };
    const draft = {
      kind: "foi",
      requester: "R",
      asked: "All.",
      receivedOn: day(today()),
      dueOn: { kind: "empty" } as const,
    };
    const entered = await enterRequest(people.olive, { startKey: "key", draft });
    if (entered.code !== "entered") throw new Error(JSON.stringify(entered));
    ({ reference } = entered);
    const where = { chats: "All", apps: "", devices: "", firstDay: draft.dueOn, lastDay: draft.dueOn };
    const search = { people: ["emma@nao.invalid"], lookFor: "It", ...where, answerBy: day(addDays(today(), 5)) };
    expect((await askToSearch(people.olive, reference, { startKey: "ask", draft: search })).code).toBe("done");
  });
  const tasks = async (id: string) => {
    const actor = await findActor(id);
    return actor ? (await listTasks(await asSignedIn(database(), actor))).map(({ kind }) => kind) : [];
  };
  const toldOf = async (kind: string) =>
    (await database().prisma.notice.findMany({ where: { kind } })).map(({ personId }) => personId).sort();
  const isAway = async (id: string) => {
    const firstDay = addDays(today(), -40);
    const absentee = await findActor(id);
    if (!absentee) throw new Error(`There is no ${id}.`);
    await saveAbsence(absentee, id, { id: null, firstDay, lastDay: addDays(today(), 40) });
    expect(await database().prisma.person.findUnique({ where: { id } })).toMatchObject({ handedOverOn: today() });
  };
  const answerAs = async (actor: Actor) => answerSearch(actor, reference, { position: 1, seen: 0, draft: ANSWER });

  it("who left: the search goes to their line manager, who answers it by their own name", async () => {
    expect((await answerAs(people.manager)).code).toBe("not-found");
    expect(await getOwnSearch(people.manager, reference, "1")).toBeNull();
    await markLeft(people.admin, "emma");
    expect(await toldOf("duties-handed-over")).toEqual(["manager"]);
    expect(await tasks("manager")).toContain("answer-search");
    expect(await tasks("olive")).not.toContain("answer-search");
    expect(await getOwnSearch(people.manager, reference, "1")).toMatchObject({ person: { name: people.emma.name } });
    expect(await answerAs(people.manager)).toEqual({ code: "done" });
    expect(await getInformationRequest(people.olive, reference)).toMatchObject({
      file: { searches: [{ answers: [{ inPlace: people.manager.name }] }] },
    });
    expect(await tasks("manager")).not.toContain("answer-search");
  });

  it("who is away: the search goes up the line, and on where the next is away or leaves as well", async () => {
    await isAway("emma");
    expect(await tasks("manager")).toContain("answer-search");
    expect(await tasks("emma")).not.toContain("answer-search");
    await isAway("manager");
    expect(await tasks("manager")).not.toContain("answer-search");
    expect(await tasks("olive")).toContain("answer-search");
    await markLeft(people.admin, "olive");
    expect(await tasks("oscar")).toEqual(expect.arrayContaining(["answer-search", "answer-request"]));
    expect(await toldOf("duties-handed-over")).toEqual(["manager", "olive", "oscar", "oscar"]);
    expect((await answerAs(people.oscar)).code).toBe("done");
  });

  it("whose line manager has a deputy: the deputy answers, and checks the phone", async () => {
    const days = { from: today(), until: addDays(today(), 30) };
    const named = await nameDeputy(people.manager, {
      principal: "",
      role: "line-manager",
      deputy: "deputy@nao.invalid",
      ...days,
    });
    expect(named).toMatchObject({ ok: true });
    const sent = { startKey: "phone", person: "", reason: "replacement" as const, dueOn: day(addDays(today(), 9)) };
    const started = await startPhoneReturn(people.emma, sent);
    const phone = "reference" in started ? started.reference : "";
    const stated = { revision: 0, moved: "REC-2222-2222", heldCopied: "" };
    const revision = async () =>
      (await database().prisma.phoneReturn.findUniqueOrThrow({ where: { reference: phone } })).revision;
    await statePhoneReturn(people.emma, phone, { ...stated, revision: await revision() });
    expect(await toldOf("phone-return-to-check")).toEqual(["deputy", "manager"]);
    await isAway("emma");
    await isAway("manager");
    expect(await tasks("deputy")).toEqual(expect.arrayContaining(["answer-search", "check-phone-return"]));
    expect(await tasks("manager")).not.toContain("check-phone-return");
    const check = { revision: await revision(), note: "Looked." };
    expect((await checkPhoneReturn(people.manager, phone, check)).code).toBe("not-found");
    expect((await checkPhoneReturn(people.deputy, phone, check)).code).toBe("done");
  });

  it.each(["leaves", "loses the role", "is away"])("who handles it and %s: everybody who may take it", async (how) => {
    expect(await tasks("oscar")).not.toContain("answer-request");
    if (how === "leaves") await markLeft(people.admin, "olive");
    if (how === "loses the role") await changeRoles(people.admin, "olive", []);
    if (how === "is away") await isAway("olive");
    expect(await tasks("oscar")).toContain("answer-request");
    expect((await tasks("olive")).includes("answer-request")).toBe(how === "is away"); // who looks in may do it
    expect(await toldOf("duties-handed-over")).toEqual(["oscar"]);
    await answerAs(people.emma);
    expect(await toldOf("search-answered")).toContain("oscar");
  });

  it("who handles it and has a deputy for some days: both have the task", async () => {
    const days = { from: today(), until: addDays(today(), 3) };
    const named = await nameDeputy(people.olive, {
      principal: "",
      role: "governance-officer",
      deputy: "oscar@nao.invalid",
      ...days,
    });
    expect(named).toMatchObject({ ok: true });
    expect(await tasks("oscar")).toContain("answer-request");
    expect(await tasks("olive")).toContain("answer-request");
  });
});
