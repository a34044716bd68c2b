import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { faultInWords } from "#domain/people/directory/import-row.ts";
import { clock } from "#server/base/clock.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import {
  checkList,
  confirmImport,
  getPendingImport,
  importList,
  type ImportScope,
  savePendingImport,
} from "./import-service.ts";

const NAO = { slug: "nao", name: "National Audit Office", employers: ["National Audit Office"] };
const TWO = {
  slug: "bromsgrove-redditch",
  name: "Bromsgrove and Redditch",
  employers: ["Bromsgrove District Council", "Redditch Borough Council"],
};
const COMMAND: ImportScope = { bodies: [NAO, TWO], actorId: null };
async function keep(actor: Actor, file: { name: string; bytes: Uint8Array }): Promise<string> {
  const kept = await savePendingImport(actor, file);
  if (!kept || "problem" in kept) throw new Error("The list was not kept.");
  return kept.id;
}
const utf8 = (...lines: string[]) => new TextEncoder().encode(lines.join("\n"));

describeOnEachDatabase("a list of people", (database) => {
  let administrator: Actor;
  let page: ImportScope;
  beforeEach(async () => {
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    page = { bodies: [NAO], actorId: "admin" };
  });

  const take = (bytes: Uint8Array, scope = page, more: { fingerprint?: string; manyMayLeave?: boolean } = {}) =>
    importList(bytes, scope, { manyMayLeave: false, ...more });
  const faults = async (bytes: Uint8Array, scope = page) => (await checkList(bytes, scope)).faults.map(faultInWords);
  const find = (email: string) => database().prisma.person.findUniqueOrThrow({ where: { email } });
  const events = async () =>
    (await database().prisma.evidence.findMany({ where: { body: "nao" }, orderBy: { position: "asc" } })).map(
      ({ event, subject, actor, data }) => ({
        event,
        subject,
        actor,
        data: JSON.parse(data) as Record<string, unknown>,
      }),
    );

  it("adds, changes and removes people in one go, with evidence of each, and changes nothing the second time", async () => {
    await addTeam(database(), "roads");
    await addPerson(database(), "bo");
    await addPerson(database(), "cy", { team: "roads" });
    await addPerson(database(), "left");
    const session = { id: "s", token: "t", personId: "left", expiresAt: new Date(Date.now() + 60_000) };
    await database().prisma.session.create({ data: session });
    const list = utf8(
      "E-mail;Name;Team;Line manager;Roles;Kind;Start;Leaving date;Away until",
      "admin@nao.invalid;Person admin;;;administrator;;;;",
      "ann@nao.invalid;Ann Lee;Bridges;bo@nao.invalid;auditor;contractor;1/12/2026;2027-03-31;",
      "bo@nao.invalid;Bo Lee;;;;;;;31/12/2026",
      "cy@nao.invalid;Person cy;bridges;bo@nao.invalid;;;;;",
    );
    const result = await take(list);
    expect(result).toMatchObject({
      code: "done",
      report: { bodies: [{ counts: { added: 1, changed: 2, left: 1, unchanged: 1 }, newTeams: ["Bridges"] }] },
    });
    const [ann, bo, cy, left] = [
      await find("ann@nao.invalid"),
      await find("bo@nao.invalid"),
      await find("cy@nao.invalid"),
      await find("left@nao.invalid"),
    ];
    expect(ann).toMatchObject({
      name: "Ann Lee",
      managerId: "bo",
      roles: ["employee", "auditor"],
      kind: "contractor",
      startsOn: "2026-12-01",
      leavesOn: "2027-03-31",
    });
    expect(bo).toMatchObject({ name: "Bo Lee", roles: ["employee", "line-manager"], awayUntil: "2026-12-31" });
    expect([cy.teamId, cy.managerId, left.status]).toEqual([ann.teamId, "bo", "left"]);
    expect(await database().prisma.session.count()).toBe(0);
    const written = await events();
    expect(written.map(({ event, subject }) => `${event} ${subject}`)).toEqual([
      "people.imported people",
      `team.made ${ann.teamId}`,
      `person.added ${ann.id}`,
      "person.roles-changed bo",
      "person.changed bo",
      "person.moved cy",
      "person.changed cy",
      "person.left left",
    ]);
    expect(written[0]).toMatchObject({
      actor: "admin",
      data: { rows: 4, added: 1, changed: 2, left: 1, unchanged: 1 },
    });
    expect(JSON.stringify(written)).not.toContain("Lee");

    expect(await take(list)).toMatchObject({
      code: "done",
      report: { bodies: [{ counts: { added: 0, changed: 0, left: 0, unchanged: 4 } }] },
    });
    expect(await events()).toHaveLength(written.length);
    expect((await verifyChains(database().prisma)).filter(({ fault }) => fault)).toEqual([]);
  });

  it("records absences, corrects them, and takes back what is not said any more", async () => {
    await addPerson(database(), "ann");
    const today = calendarDay(clock.now());
    const lines = (from: string, until: string) =>
      utf8(
        "email,name,away from,away until",
        "admin@nao.invalid,Person admin,,",
        `ann@nao.invalid,Person ann,${from},${until}`,
      );
    const absences = async () =>
      (await database().prisma.absence.findMany({ orderBy: { firstDay: "asc" } })).map(
        ({ personId, firstDay, lastDay, source }) => `${personId} ${firstDay} ${lastDay} ${source}`,
      );
    const [from, until, longer] = [addDays(today, 3), addDays(today, 9), addDays(today, 20)];
    for (const _ of [1, 2]) expect(await take(lines(from, until))).toMatchObject({ code: "done" });
    expect(await absences()).toEqual([`ann ${from} ${until} list`]);
    expect(await take(lines(from, longer))).toMatchObject({ report: { bodies: [{ absenceCount: 1 }] } });
    expect(await absences()).toEqual([`ann ${from} ${longer} list`]);
    expect(
      await take(utf8("email,name", "admin@nao.invalid,Person admin", "ann@nao.invalid,Person ann")),
    ).toMatchObject({
      report: { bodies: [{ absenceCount: 0 }] },
    });
    expect(await absences()).toHaveLength(1);
    expect(await take(lines("", ""))).toMatchObject({ code: "done" });
    expect(await absences()).toEqual([]);
    const written = (await events()).map(({ event, actor, subject }) => `${event} ${actor} ${subject}`);
    expect(written.filter((one) => one.startsWith("absence."))).toEqual([
      "absence.recorded admin ann",
      "absence.changed admin ann",
      "absence.removed admin ann",
    ]);
    for (const [first, last, reason] of [
      [until, from, "The last day must be the first day or later."],
      [from, "", "Give the last day as well."],
      [from, addDays(from, 2000), "five years"],
    ] as const)
      expect(await take(lines(first, last))).toMatchObject({
        report: { faults: [{ row: 3, field: "awayUntil", reason: expect.stringContaining(reason) as unknown }] },
      });
  });

  it("writes nothing where one row is faulty, and names each row, field and reason", async () => {
    await addPerson(database(), "theirs", { body: "cleveland-opcc" });
    const list = utf8(
      "email,name,line manager,shoe size",
      "ann@nao.invalid,Ann,nobody@nao.invalid,4",
      "",
      "ANN@nao.invalid,Ann,,4",
      "bo@nao.invalid",
      "cy@nao.invalid,=1+1,bo@nao.invalid,4",
      "theirs@cleveland-opcc.invalid,T,,4",
      "di@nao.invalid,Di,cy@nao.invalid,4",
    );
    const result = await take(list);
    expect(result).toMatchObject({ code: "faulty", report: { unknown: ["shoe size"], bodies: [] } });
    expect(await faults(list)).toEqual([
      "Row 2, E-mail: ann@nao.invalid is in rows 2 and 4. Keep one of them.",
      "Row 2, Line manager: Nobody with the address nobody@nao.invalid works for National Audit Office by this list.",
      "Row 4, E-mail: ann@nao.invalid is in rows 2 and 4. Keep one of them.",
      "Row 5: It has 1 of 4 values. Look for a missing separator.",
      "Row 6, Name: “=1+1” begins like a formula of a spreadsheet. Take the first character out.",
      "Row 7, E-mail: theirs@cleveland-opcc.invalid cannot be used here: somebody else in this portal has it.",
    ]);
    expect(await database().prisma.person.count()).toBe(2);
    expect(await events()).toEqual([]);
  });

  it("reads what spreadsheets write", async () => {
    const windows = new Uint8Array([...utf8("e-mail;Full Name\r\n"), ...utf8("zoe@nao.invalid;Zo"), 0xeb, 0x0d, 0x0a]);
    expect((await take(windows)).code).toBe("done");
    expect((await find("zoe@nao.invalid")).name).toBe("Zoë");
    const ofWord = new Uint8Array([...utf8("e-mail;name\r\nzoe@nao.invalid;Zo"), 0xeb, 0x20, 0x4f, 0x92, 0x96]);
    expect((await take(ofWord)).code).toBe("done");
    expect((await find("zoe@nao.invalid")).name).toBe("Zoë O’–");
    const marked = utf8("\ufeffE-Mail,NAME\r", '"zoe@nao.invalid","Zoë, ""Zed"" Lee"\r', "");
    expect((await take(marked)).code).toBe("done");
    expect((await find("zoe@nao.invalid")).name).toBe('Zoë, "Zed" Lee');
    const wide = new Uint8Array(Buffer.from("\ufeffEmail\tName\r\nzoe@nao.invalid\tZoë\r\n", "utf16le"));
    expect((await take(wide)).code).toBe("done");
    expect((await take(utf8("sep=;", "email;name", "zoe@nao.invalid;Zoë"))).code).toBe("done");
    expect(await faults(utf8("PK\u0003\u0004"))).toEqual([expect.stringContaining("This is not a text file.")]);
    expect(await faults(utf8(""))).toEqual(["Row 1: The file is empty."]);
    expect(await faults(utf8("email,name"))).toEqual([expect.stringContaining("There is nobody in it")]);
    expect(await faults(utf8("email,name", '"a@nao.invalid,A'))).toEqual([expect.stringContaining("quotation marks")]);
    expect(await faults(utf8("mail address?,names"))).toEqual([expect.stringContaining("There is no column")]);
  });

  it("affects only the bodies in it and in its scope, and never sample people", async () => {
    await addPerson(database(), "other", { body: "bromsgrove-redditch" });
    await database().prisma.person.update({
      where: { id: (await addPerson(database(), "sample")).personId },
      data: { isSample: true },
    });
    const mine = utf8("email,name,body", "admin@nao.invalid,Person admin,nao");
    expect((await take(mine)).code).toBe("done");
    expect([
      (await find("other@bromsgrove-redditch.invalid")).status,
      (await find("sample@nao.invalid")).status,
    ]).toEqual(["active", "active"]);
    const both = utf8(
      "email,name,body,employer",
      "admin@nao.invalid,Person admin,National Audit Office,",
      "rae@br.invalid,Rae,bromsgrove-redditch,redditch borough council",
    );
    expect(await faults(both)).toEqual([
      "Row 3, Body: “bromsgrove-redditch” is another body. This list is for National Audit Office alone.",
    ]);
    expect((await take(both, COMMAND)).code).toBe("done");
    expect(await find("rae@br.invalid")).toMatchObject({
      employer: "Redditch Borough Council",
      body: "bromsgrove-redditch",
    });
    expect((await find("other@bromsgrove-redditch.invalid")).status).toBe("left");
    expect(await faults(utf8("email,name", "sample@nao.invalid,S"))).toEqual([
      "Row 2, E-mail: sample@nao.invalid belongs to an invented person, who stays as they are.",
    ]);
  });

  it("asks again if many would leave, or if the directory changed since the check", async () => {
    for (const id of ["a", "b", "c", "d", "e"]) await addPerson(database(), id);
    const list = utf8("email,name", "admin@nao.invalid,Person admin");
    expect((await take(list)).code).toBe("many-leave");
    expect(await database().prisma.person.count({ where: { status: "left" } })).toBe(0);
    const { fingerprint } = await checkList(list, page);
    await addPerson(database(), "f");
    expect((await take(list, page, { fingerprint, manyMayLeave: true })).code).toBe("changed");
    const again = await checkList(list, page);
    expect((await take(list, page, { fingerprint: again.fingerprint, manyMayLeave: true })).code).toBe("done");
    expect(await database().prisma.person.count({ where: { status: "left" } })).toBe(6);
    expect(administrator.personId).toBe("admin");
    expect((await find("admin@nao.invalid")).status).toBe("active");
  });

  it("can be confirmed only by its own administrator, and is done once however often that is sent", async () => {
    const other = await addPerson(database(), "other", { roles: ["employee", "administrator"] });
    const employee = await addPerson(database(), "employee");
    const list = utf8(
      "email,name",
      "admin@nao.invalid,Person admin",
      "other@nao.invalid,Person other",
      "employee@nao.invalid,Person employee",
      "ann@nao.invalid,Ann",
    );
    const file = { name: "people.csv", bytes: list };
    expect(await savePendingImport(employee, file)).toBeNull();
    const id = await keep(administrator, file);
    expect(await getPendingImport(administrator, id)).toMatchObject({
      fileName: "people.csv",
      doneAt: null,
      report: { rows: 4 },
    });
    expect([await getPendingImport(other, id), await getPendingImport(employee, id)]).toEqual([null, null]);
    expect(await confirmImport(other, id, true)).toEqual({ code: "not-found" });
    expect(await database().prisma.person.count()).toBe(3);

    await database().prisma.person.update({ where: { id: "employee" }, data: { name: "Somebody else" } });
    expect(await confirmImport(administrator, id, false)).toEqual({ code: "changed" });
    expect(await getPendingImport(administrator, id)).toMatchObject({
      doneAt: null,
      report: { bodies: [{ counts: { changed: 1 } }] },
    });
    const sent = await Promise.all([1, 2, 3].map(() => confirmImport(administrator, id, false)));
    expect(sent.map(({ code }) => code)).toEqual(["done", "done", "done"]);
    expect((await find("ann@nao.invalid")).name).toBe("Ann");
    expect((await database().prisma.peopleImport.findUniqueOrThrow({ where: { id } })).content).toBeNull();
    expect((await events()).filter(({ event }) => event === "people.imported")).toHaveLength(1);
    const faulty = await keep(administrator, { name: "x.csv", bytes: utf8("email,name", "no,X") });
    expect(await confirmImport(administrator, faulty, true)).toEqual({ code: "not-found" });
  });

  it("is carried out once, however many requests confirm it at once", async () => {
    const list = utf8(
      "email,name,line manager",
      ...["a", "b", "c"].map((id) => `${id}@nao.invalid,${id},admin@nao.invalid`),
      "admin@nao.invalid,Person admin,",
    );
    const results = await Promise.all([1, 2, 3].map(() => take(list, { bodies: [NAO], actorId: null })));
    expect(results.map(({ code }) => code)).toEqual(["done", "done", "done"]);
    expect(await database().prisma.person.count()).toBe(4);
    expect((await events()).filter(({ event }) => event === "people.imported")).toHaveLength(1);
    expect((await find("admin@nao.invalid")).roles).toEqual(["employee", "line-manager", "administrator"]);
  });
});
