import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { faultInWords } from "#domain/people/directory/import-row.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { grantRole } from "./command-service.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { deliverMail, openSmtp } from "#server/evidence/outbox/deliver.ts";
import { listOwnNotices } from "#server/evidence/notice/queries.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { startSmtp, type TestSmtp } from "#server/testing/smtp.ts";
import { addByHand, changeDetails, changeTeam, type DetailResult, type TypedDetails } from "./detail-service.ts";
import { checkList, importList } from "./import-service.ts";
import { changePerson } from "./person-change.ts";
import { changeRoles, markLeft, markMoved, markReturned, type PersonResult } from "./service.ts";

const NAO = { slug: "nao", name: "National Audit Office", employers: ["National Audit Office"] };
const HEADER = "email,name,team,line manager,roles,start,leaving date";

describeOnEachDatabase("what an administrator may do themselves", (database) => {
  let me: Actor;
  let other: Actor;
  beforeEach(async () => {
    me = await addPerson(database(), "me", { roles: ["employee", "line-manager", "administrator"] });
    other = await addPerson(database(), "other", { roles: ["employee", "line-manager", "administrator"] });
    await addTeam(database(), "mine", { managerId: "me" });
    await addTeam(database(), "own", { managerId: "other" });
    await addTeam(database(), "third");
    await addPerson(database(), "ann", { team: "mine" });
    await addPerson(database(), "bo");
    const data = (id: string, more: object) => database().prisma.person.update({ where: { id }, data: more });
    await database().prisma.person.updateMany({ data: { employer: "National Audit Office" } });
    await data("me", { teamId: "own" });
    await data("ann", { managerId: "other" });
  });
  const rows = async () => [
    await database().prisma.person.findMany({ orderBy: { id: "asc" } }),
    await database().prisma.team.findMany({ orderBy: { id: "asc" } }),
    await database().prisma.evidence.count(),
    await database().prisma.notice.count(),
  ];
  const details = async (id: string, more: Partial<TypedDetails>): Promise<TypedDetails> => {
    const person = await database().prisma.person.findUnique({ where: { id }, include: { team: true, manager: true } });
    const now = {
      email: person?.email ?? `${id}@nao.invalid`,
      name: person?.name ?? "New",
      team: person?.team?.name ?? "",
      manager: person?.manager?.email ?? "",
    };
    return {
      ...now,
      employer: "National Audit Office",
      kind: "employee",
      startsOn: "",
      leavesOn: "",
      awayUntil: "",
      ...more,
    };
  };
  const said = (result: PersonResult | DetailResult) => {
    if (result.code === "refused") return `${result.field}: ${result.message}`;
    return result.code === "invalid"
      ? result.problems.map(({ field, message }) => `${field}: ${message}`).join()
      : result.code;
  };

  it("cannot be changed on any page", async () => {
    const before = await rows();
    const change = async (id: string, more: Partial<TypedDetails>) =>
      said(await changeDetails(me, id, await details(id, more)));
    const OWN = "Another administrator has to";
    const wanted: Record<string, () => Promise<string>> = {
      [`roles: These are your own roles. ${OWN} change them.`]: async () => said(await changeRoles(me, "me", ["administrator"])), // prettier-ignore
      "roles: These": async () => said(await changeRoles(me, "me", ["line-manager", "administrator", "auditor"])),
      [`: ${OWN} say this of you.`]: async () => said(await markLeft(me, "me")),
      [`: ${OWN} say`]: async () => said(await markMoved(me, "me", "third")),
      [`team: This is your own team. ${OWN} change it.`]: () => change("me", { team: "Team third" }),
      "team: This": () => change("me", { team: "A new team" }),
      [`manager: This is your own line manager. ${OWN} change who that is.`]: () => change("me", { manager: "bo@nao.invalid" }), // prettier-ignore
      "startsOn: This is your own first day.": () => change("me", { startsOn: "2020-01-01" }),
      [`leavesOn: ${OWN} say this of you.`]: () => change("me", { leavesOn: "2999-01-01" }),
      [`manager: This would make you a line manager. ${OWN} do this.`]: () => change("bo", { manager: "ME@nao.invalid" }), // prettier-ignore
      "manager: This would": () => change("bo", { team: "team mine" }),
      "manager: This would make": () => change("ann", { manager: "" }),
      "manager: This w": async () => said(await addByHand(me, await details("new", { team: "Team mine" }), [])),
      "manager: This wo": async () =>
        said(await addByHand(me, await details("new", { manager: "me@nao.invalid" }), [])),
      "team: This would": async () => said(await markMoved(me, "bo", "mine")),
      "what: With this your own line manager would be": async () => said(await markLeft(me, "other")),
      "leavesOn: With this": () => change("other", { leavesOn: "2999-01-01" }),
      "manager: This wou": async () =>
        said(await changeTeam(me, "third", { name: "Team third", manager: "me@nao.invalid" })),
      "manager: This is": async () =>
        said(await changeTeam(me, "own", { name: "Team own", manager: "bo@nao.invalid" })),
      "manager: This i": async () => said(await changeTeam(me, "own", { name: "Renamed", manager: "" })),
    };
    for (const [words, go] of Object.entries(wanted)) expect((await go()).slice(0, words.length), words).toBe(words);
    expect(await rows()).toEqual(before);
  });

  it("can be changed by another administrator, and administrators can change what others may do", async () => {
    expect(await changeRoles(other, "me", ["line-manager", "administrator", "auditor"])).toEqual({ code: "done" });
    expect(await changeRoles(me, "me", ["line-manager", "administrator", "auditor"])).toEqual({ code: "done" });
    expect(
      await changeDetails(me, "me", await details("me", { name: "New Name", awayUntil: "2999-01-01" })),
    ).toMatchObject({ code: "done" });
    expect(await changeTeam(me, "mine", { name: "Renamed", manager: "bo@nao.invalid" })).toMatchObject({
      code: "done",
    });
    expect(await markMoved(me, "bo", "third")).toEqual({ code: "done" });
    expect(await addByHand(me, await details("new", { team: "Renamed" }), ["auditor"])).toMatchObject({ code: "done" });
    expect(await markLeft(me, "bo")).toEqual({ code: "done" });
    expect(await markReturned(me, "bo")).toEqual({ code: "done" });
  });

  it("does not change through somebody leaving either, whether they are named as a manager of others or of oneself", async () => {
    await database().prisma.person.update({ where: { id: "bo" }, data: { roles: ["employee", "line-manager"] } });
    await database().prisma.person.update({ where: { id: "ann" }, data: { managerId: "bo" } });
    expect(await markLeft(me, "bo")).toMatchObject({ code: "refused", field: "what" });
    expect(await changeDetails(me, "bo", await details("bo", { leavesOn: "2999-01-01" }))).toMatchObject({
      code: "invalid",
    });
    expect(await markLeft(other, "bo")).toEqual({ code: "done" });
    expect(await markReturned(me, "bo")).toEqual({ code: "done" });
  });

  const list = (...lines: string[]) => new TextEncoder().encode([HEADER, ...lines].join("\n"));
  const ME = "me@nao.invalid,Person me,Team own,,line-manager;administrator,,".replace(";", "|");
  const OTHER = "other@nao.invalid,Person other,,,line-manager|administrator,,";
  const ANN = "ann@nao.invalid,Person ann,Team mine,other@nao.invalid,,,";
  const BO = "bo@nao.invalid,Person bo,,,,,";

  it("cannot be changed by a list, whose report names the row", async () => {
    const own = { bodies: [NAO], actorId: "me" };
    const before = await rows();
    for (const [lines, fault] of [
      [[ME.replace("|", "|auditor|"), OTHER, ANN, BO], "Row 2, Roles: These are your own roles."],
      [[ME.replace("|administrator", ""), OTHER, ANN, BO], "Row 2, Roles: These are your own roles."],
      [[ME.replace("Team own", "Other"), OTHER, ANN, BO], "Row 2, Team: This is your own team."],
      [[ME.replace("own,", "own,bo@nao.invalid"), OTHER, ANN, BO], "Row 2, Line manager: This is your own line manager."], // prettier-ignore
      [[`${ME.slice(0, -1)}2999-01-01,`, OTHER, ANN, BO], "Row 2, Start: This is your own first day."],
      [[`${ME}2020-01-01`, OTHER, ANN, BO], "Row 2, Leaving date: Another administrator has to say this of you."],
      [[ME, OTHER, ANN, BO.replace(",,,,,", ",,me@nao.invalid,,,")], "Row 5, Line manager: This would make"],
      [[ME, OTHER, ANN, BO.replace(",,,,,", ",team MINE,,,,")], "Row 5, Line manager: This would make"],
      [[ME, OTHER, ANN.replace("other@nao.invalid", ""), BO], "Row 4, Line manager: This would make"],
      [[ME, OTHER, ANN, BO, "new@nao.invalid,New,Team mine,,,,"], "Row 6, Line manager: This would make"],
      [[ME, `${OTHER}2999-01-01`, ANN, BO], "Row 4, Line manager: This would make"],
    ] as const) {
      const found = (await checkList(list(...lines), own)).faults.map(faultInWords);
      expect(
        found.map((one) => one.slice(0, fault.length)),
        fault,
      ).toEqual(expect.arrayContaining([fault]));
      expect((await importList(list(...lines), own, { manyMayLeave: true })).code).toBe("faulty");
      expect((await checkList(list(...lines), { ...own, actorId: null })).faultCount, `by command: ${fault}`).toBe(0);
    }
    expect(await rows()).toEqual(before);
    const withoutMe = await importList(list(OTHER, ANN, BO), own, { manyMayLeave: true });
    expect(withoutMe).toMatchObject({
      code: "done",
      report: { bodies: [{ counts: { left: 0, changed: 0, unchanged: 4 } }] },
    });
    expect(withoutMe.code === "done" && withoutMe.report.bodies[0]?.notes).toEqual([
      "You are not in the list, and stay as you are: another administrator has to say that you have left.",
    ]);
    expect(await rows()).toEqual(before);
    expect((await importList(list(ME, OTHER, ANN, BO), own, { manyMayLeave: false })).code).toBe("done");
    expect(await rows()).toEqual(before);
  });
});

describeOnEachDatabase("a change of roles or of an address", (database) => {
  let smtp: TestSmtp;
  let administrator: Actor;
  beforeAll(async () => void (smtp = await startSmtp()));
  afterAll(() => smtp.stop());
  beforeEach(async () => {
    smtp.mails.length = 0;
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    await addPerson(database(), "ann");
    await addPerson(database(), "bo");
  });
  const told = async (id: string) => {
    const actor = await findActor(id);
    return actor ? (await listOwnNotices(actor)).map(({ kind }) => kind).sort() : [];
  };
  const sent = async () => {
    await deliverMail(clock.now(), openSmtp(smtp.url, "With Care <care@nao.invalid>"));
    return smtp.mails.map(({ to, subject }) => `${[to].flat()[0]?.text} ${subject}`).sort();
  };

  it("is reported to the person by notice and mail; a change of address to both the old and the new one", async () => {
    expect(await changeRoles(administrator, "ann", ["auditor"])).toEqual({ code: "done" });
    const typed = {
      email: "Ann.New@nao.invalid",
      name: "Person ann",
      employer: "National Audit Office",
      team: "Roads",
      manager: "bo@nao.invalid",
      kind: "employee",
      startsOn: "",
      leavesOn: "",
      awayUntil: "",
    };
    expect(await changeDetails(administrator, "ann", typed)).toMatchObject({ code: "done" });
    expect([await told("ann"), await told("bo"), await told("admin")]).toEqual([
      ["address-changed", "roles-changed"],
      ["roles-changed"],
      [],
    ]);
    const mails = await sent();
    expect(mails.map((one) => one.replace(/^.*<(.*)>/, "$1").replaceAll('"', ""))).toEqual(
      expect.arrayContaining([
        "ann.new@nao.invalid Your e-mail address in the portal on messaging apps has changed",
        "ann.new@nao.invalid Your roles in the portal on messaging apps have changed",
        "ann@nao.invalid Your e-mail address in the portal on messaging apps has changed",
        "bo@nao.invalid Your roles in the portal on messaging apps have changed",
      ]),
    );
    expect(mails).toHaveLength(4);
    expect(smtp.mails.find(({ subject }) => subject?.includes("roles"))?.text).toContain(
      "You now have: Employee, Auditor. Before, you had: Employee.",
    );
  });

  it("is reported however it is made: by list, command or the provider's groups; but not first roles, or to people who leave", async () => {
    const list = new TextEncoder().encode(
      "email,name,roles\nadmin@nao.invalid,Person admin,administrator\nann@nao.invalid,Person ann,auditor\nnew@nao.invalid,New,auditor",
    );
    expect(await importList(list, { bodies: [NAO], actorId: "admin" }, { manyMayLeave: false })).toMatchObject({
      code: "done",
    });
    expect(await told("ann")).toEqual(["roles-changed"]);
    expect(await database().prisma.notice.count()).toBe(1);
    await grantRole({ email: "ann@nao.invalid", role: "policy-owner", newPerson: null });
    expect(await told("ann")).toHaveLength(2);
    const by = { by: PORTAL_ACTOR, authority: null, at: clock.now() };
    await transact(async (tx) => {
      const done = await changePerson(tx, { body: "nao", personId: "ann" }, { roles: ["employee"] }, by);
      if (done === null || done === "last-administrator") throw new Error("It can be done.");
      return { result: null, evidence: done.evidence, notices: done.notices };
    });
    expect(await told("ann")).toHaveLength(3);
    expect(await markLeft(administrator, "ann")).toEqual({ code: "done" });
    expect(await database().prisma.notice.count({ where: { personId: "ann" } })).toBe(3);
  });
});
