import { expect, it } from "vitest";
import { placeHold } from "#server/registers/hold/service.ts";
import { captureRecord } from "#server/registers/record/service.ts";
import { searchPeople } from "#server/people/directory/queries.ts";
import { listCalled } from "#server/people/directory/known-name-queries.ts";
import { exportOwnData } from "#server/gather/own-data/queries.ts";
import { listEntriesNaming } from "#server/gather/retention/mention-queries.ts";
import { soughtPerson } from "#domain/access/identity/mention.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { searchRegisters } from "./queries.ts";
import { makeSubjectPack } from "./service.ts";

const EMPTY = { kind: "empty" } as const;
const NO_CLASS = {
  principal: "",
  method: "",
  saidTime: "",
  group: "",
  retentionClass: "",
  className: "A class",
  eventOn: EMPTY,
  keepUntil: EMPTY,
};

describeOnOneDatabase("a search for one person, and their pack", (database) => {
  it("finds leavers and what others wrote in any spelling, and takes the names of others out of the pack", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const writer = await addPerson(database(), "writer");
    const third = await addPerson(database(), "third");
    const subject = await addPerson(database(), "subject");
    const name = (id: string, to: string, status: "active" | "left" = "active") =>
      database().prisma.person.update({ where: { id }, data: { name: to, status } });
    await Promise.all([
      name("subject", "Siân O’Neill", "left"),
      name("third", "Percival Quill"),
      name("writer", "Wilma Yarrow"),
    ]);
    const captured = async (content: string) => {
      const text = {
        about: "A talk",
        chat: "Bridge",
        participants: "Percival Quill",
        content,
        system: "Files",
        systemReference: "7",
      };
      const saidOn = { kind: "day", day: "2026-11-02" } as const;
      const draft = { ...text, saidOn, ...NO_CLASS };
      const result = await captureRecord(writer, { startKey: content, draft, origin: null });
      return result.code === "captured" ? result.reference : JSON.stringify(result);
    };
    const sure = await captured("Sian O'Neill and Percival Quill agreed. Mr Quill left.");
    const doubtful = await captured("Sian was there.");

    expect(await searchPeople(officer, "percival")).toMatchObject([{ name: "Percival Quill" }]);
    for (const typed of ["Sian", "O'Neill", "oneill", "neill sian"])
      expect((await searchRegisters(officer, { typed, personId: "" }))?.people, typed).toMatchObject([
        { id: "subject" },
      ]);
    expect(await searchRegisters(writer, { typed: "Sian", personId: "" })).toBeNull();
    const { finds } = (await searchRegisters(officer, { typed: "", personId: "subject" })) ?? {};
    expect(finds?.sure.map(({ reference }) => reference)).toContain(sure);
    expect(finds?.doubtful.map(({ reference }) => reference)).toContain(doubtful);

    const sent = { startKey: "k", reason: "inquiry", occurredOn: null, keep: "All of it.", note: "" } as const;
    const placed = await placeHold(officer, {
      ...sent,
      groups: [],
      isOnSubject: false,
      people: "",
      words: ["agreed"],
    });
    const hold = placed.code === "placed" ? placed.reference : "";
    const under = await searchRegisters(officer, { typed: "", personId: "", hold });
    expect(under?.hold?.mentions.map(({ reference }) => reference)).toEqual([sure]);
    expect((await searchRegisters(officer, { typed: "", personId: "", hold: "HLD-2222-2222" }))?.hold).toBeNull();

    expect(await makeSubjectPack(officer, "subject", "")).toMatchObject({ problems: [{ field: "purpose" }] });
    expect(await makeSubjectPack(writer, "subject", "For me.")).toEqual({ code: "not-found" });
    const made = await makeSubjectPack(officer, "subject", "Request 7");
    if (made.code !== "made") throw new Error(made.code);
    const text = JSON.stringify(made.pack);
    expect(text).toContain("Sian O'Neill and Person 1 agreed. Person 1 left.");
    expect(text).not.toContain("Quill");
    expect(made.toCheck.mayNameThem).toContainEqual({ place: "Captured record", reference: doubtful });
    const rows = await database().prisma.evidence.findMany({ where: { event: "subject-pack.made" } });
    expect(rows).toMatchObject([{ actor: "officer", subject: "subject" }]);

    const own = await exportOwnData({ ...subject, name: "Siân O’Neill" }, []);
    expect(own.writtenByOthers).toMatchObject([{ reference: sure }]);
    expect(JSON.stringify(own.writtenByOthers)).not.toContain("Quill");
    expect(
      await listCalled(database().prisma, "nao", [{ id: "third", name: "P Q", email: third.email }]),
    ).toMatchObject([{ words: [third.email, "P Q"] }]);
    expect(await listEntriesNaming(database().prisma, "nottingham", soughtPerson(["Siân O’Neill"], []))).toEqual([]);
  }, 180_000);

  it("leaves out reports that are kept from the officer", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await addPerson(database(), "reporter");
    const head = {
      body: "nao",
      reporterId: "reporter",
      kind: "misconduct",
      reportedAt: new Date(),
      awareAt: new Date(),
    } as const;
    const report = (id: string, isKeptFromOfficers: boolean) =>
      database().prisma.incident.create({
        data: { ...head, id, reference: `INC-${id}`, startKey: id, mayBePersonalData: false, isKeptFromOfficers },
      });
    await Promise.all([report("2222-2222", true), report("3333-3333", false)]);
    const { finds } = (await searchRegisters(officer, { typed: "", personId: "reporter" })) ?? {};
    expect(finds?.entries.map(({ reference }) => reference)).toEqual(["INC-3333-3333"]);
    const made = await makeSubjectPack(officer, "reporter", "Request 8");
    expect(JSON.stringify(made)).toContain("INC-3333-3333");
    expect(JSON.stringify(made)).not.toContain("INC-2222-2222");
  }, 180_000);
});
