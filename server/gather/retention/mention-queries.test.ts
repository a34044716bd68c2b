import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { soughtPerson } from "#domain/access/identity/mention.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import {
  listEntriesNaming,
  listEntriesOf,
  listEntriesSpeaking,
  listRowsUnderHold,
  placeOf,
} from "./mention-queries.ts";

const SAID = {
  about: "A talk",
  saidOn: "2026-01-05",
  chat: "Bridge",
  participants: "Two",
  system: "File",
  systemReference: "1",
};

describeOnOneDatabase("entries that name somebody", (database) => {
  const addRecord = async (personId: string, content: string) => {
    const [id, reference] = [randomUUID(), makeReference("REC")];
    const head = { id, reference, body: "nao", personId, startKey: id, capturedAt: new Date() };
    await database().prisma.capturedRecord.create({ data: { ...head, ...SAID, content } });
    return { id, reference };
  };

  it("are found in any spelling, sure ones and doubtful ones apart, in one body", async () => {
    const { prisma } = database();
    await addPerson(database(), "writer");
    const sure = await addRecord("writer", "O'Neill, Sian said so.");
    const doubtful = await addRecord("writer", "Sian was there.");
    await addRecord("writer", "Nobody was.");
    const person = soughtPerson(["Siân O’Neill"], []);
    const found = await listEntriesNaming(prisma, "nao", person);
    expect(found.map(({ reference, isSure }) => [reference, isSure]).sort()).toEqual(
      [
        [sure.reference, true],
        [doubtful.reference, false],
      ].sort(),
    );
    expect(await listEntriesNaming(prisma, "nao", person, ["Hold"])).toEqual([]);
    expect(await listEntriesNaming(prisma, "nottingham", person)).toEqual([]);
  });

  it("are kept from their own end under a hold on the person, or on words", async () => {
    const { prisma } = database();
    await addPerson(database(), "writer");
    await addPerson(database(), "subject");
    await prisma.person.update({ where: { id: "subject" }, data: { name: "Siân O’Neill" } });
    const named = await addRecord("writer", "O'Neill, Sian said so.");
    const spoken = await addRecord("writer", "The BRIDGE closure.");
    const rows = (people: string[], words: string[]) => listRowsUnderHold(prisma, "nao", { people, words });
    expect(await rows([], [])).toEqual([]);
    expect(await rows(["subject"], [])).toContain(named.id);
    expect(await rows(["subject"], [])).not.toContain(spoken.id);
    expect(await rows([], ["bridge closure"])).toEqual([spoken.id]);
  });

  it("are found by the words of a hold, whatever the spelling, with the texts that have them", async () => {
    await addPerson(database(), "writer");
    const { reference } = await addRecord("writer", "The BRÍDGE  closure.");
    await addRecord("writer", "A closure of the road.");
    const spoken = (words: string[], body = "nao") => listEntriesSpeaking(database().prisma, body, words);
    expect(await spoken(["bridge closure"])).toMatchObject([{ reference, texts: ["The BRÍDGE  closure."] }]);
    expect([await spoken([]), await spoken(["bridge closure"], "nottingham")]).toEqual([[], []]);
  });

  it("have a place, and those that somebody wrote say as what", async () => {
    await addPerson(database(), "writer");
    const { reference } = await addRecord("writer", "It.");
    expect(await listEntriesOf(database().prisma, "writer")).toContainEqual({
      table: "CapturedRecord",
      place: "Captured record",
      reference,
      href: `/records/${reference}`,
      column: "personId",
    });
    expect(placeOf("EvidenceDetail", null)).toMatchObject({ href: "/evidence" });
    expect(placeOf("CapturedRecord", null).href).toBeNull();
  });
});
