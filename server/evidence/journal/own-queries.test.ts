import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import {
  countOwnEvidence,
  getExportForm,
  getOwnAnswerEvidence,
  hasChangedDirectory,
  listEvidenceAboutOwn,
  listEvidenceAboutPerson,
  listLatestEvents,
  listOwnEvidence,
  listOwnEvidenceTexts,
  mayReadProof,
} from "./queries.ts";
import { transact } from "./transact.ts";

const MORNING = new Date("2026-11-24T09:00:00Z");
const NOON = new Date("2026-11-24T12:00:00Z");

describeOnEachDatabase("parts of the journal", (database) => {
  let ann: Actor;
  let administrator: Actor;
  beforeEach(async () => {
    ann = await addPerson(database(), "ann");
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
  });
  const write = (...events: (Pick<EvidenceEvent, "event" | "actor" | "subject"> & Partial<EvidenceEvent>)[]) =>
    transact(() =>
      Promise.resolve({ result: null, evidence: events.map((one) => ({ body: "nao", at: NOON, ...one })) }),
    );

  it("shows people what they did, newest first, with what they wrote, and nothing about others", async () => {
    await write({ event: "mail.tested", actor: "ann", subject: "1", detail: { text: "Mine." } });
    await write({ event: "mail.tested", actor: "bob", subject: "2", detail: { text: "Not mine." } });
    await write({ event: "mail.tested", actor: "ann", subject: "3" });
    expect((await listOwnEvidence(ann)).map(({ subject }) => subject)).toEqual(["3", "1"]);
    expect((await listOwnEvidence(ann, 1)).map(({ subject }) => subject)).toEqual(["3"]);
    expect(await countOwnEvidence(ann)).toBe(2);
    expect(await listOwnEvidenceTexts(ann)).toEqual([{ position: 1, text: '{"text":"Mine."}' }]);
    expect(await listOwnEvidence({ ...ann, body: "nottingham" })).toEqual([]);
  });

  it("shows people what was done to them, but not who did it", async () => {
    await write({ event: "person.moved", actor: "administrator", subject: "ann" });
    await write({ event: "person.moved", actor: "administrator", subject: "bob" });
    const about = await listEvidenceAboutOwn(ann);
    expect(about).toMatchObject([{ event: "person.moved", subject: "ann" }]);
    expect(JSON.stringify(about)).not.toContain("administrator");
  });

  it("shows the row of an answer to whoever gave it, and of no other event", async () => {
    await write({ event: "policy.acknowledged", actor: "ann", subject: "ACK-2222-2222" });
    await write({ event: "mail.tested", actor: "ann", subject: "ACK-3333-3333" });
    expect(await getOwnAnswerEvidence(ann, "ACK-2222-2222")).toMatchObject({ position: 1 });
    expect(await getOwnAnswerEvidence(administrator, "ACK-2222-2222")).toBeNull();
    expect(await getOwnAnswerEvidence(ann, "ACK-3333-3333")).toBeNull();
  });

  it("shows only those who manage the directory what happened to somebody in it, and who did it", async () => {
    await write({
      event: "person.changed",
      actor: "administrator",
      subject: "ann",
      detail: { before: "{}", after: "{}" },
    });
    await write(
      { event: "account.bound", actor: "portal", subject: "ann" },
      { event: "person.moved", actor: "unknown", subject: "ann" },
    );
    await write({ event: "mail.tested", actor: "ann", subject: "ann" });
    const found = await listEvidenceAboutPerson(administrator, "ann");
    expect(found.map(({ row, by }) => [row.event, by])).toEqual([
      ["person.moved", null],
      ["account.bound", "The portal"],
      ["person.changed", "Person administrator"],
    ]);
    expect(found.map(({ detail }) => detail)).toEqual([null, null, '{"before":"{}","after":"{}"}']);
    expect(await listEvidenceAboutPerson(ann, "ann")).toEqual([]);
  });

  it("knows who changed somebody's line management since a moment, and lists the latest rows of one event", async () => {
    await write({ event: "person.changed", actor: "ann", subject: "bob", data: { fields: "name" } });
    const on = { body: "nao", by: ["ann"], about: ["bob", "fraud"], since: NOON };
    expect(await hasChangedDirectory(database().prisma, on)).toBe(false);
    await write({ event: "person.changed", actor: "ann", subject: "bob", data: { fields: "name managerId" } });
    expect(await hasChangedDirectory(database().prisma, on)).toBe(true);
    expect(await hasChangedDirectory(database().prisma, { ...on, since: new Date(NOON.getTime() + 1) })).toBe(false);
    expect(await hasChangedDirectory(database().prisma, { ...on, by: ["administrator"] })).toBe(false);
    expect(await hasChangedDirectory(database().prisma, { ...on, body: "nottingham" })).toBe(false);
    await write({ event: "team.changed", actor: "carol", subject: "fraud" });
    expect(await hasChangedDirectory(database().prisma, { ...on, by: ["carol"] })).toBe(true);
    const latest = await listLatestEvents(database().prisma, "nao", "person.changed", 1);
    expect(latest.map(({ position }) => position)).toEqual([2]);
  });

  it("starts the export form at the first day with evidence, for those who may export", async () => {
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    expect(await getExportForm(auditor)).toMatchObject({ isEmpty: true });
    await write({ event: "mail.tested", actor: "ann", subject: "1", at: MORNING });
    expect(await getExportForm(auditor)).toMatchObject({ isEmpty: false, firstDay: "2026-11-24", thumbprint: null });
    expect(await getExportForm(ann)).toBeNull();
    expect([mayReadProof(auditor), mayReadProof(ann)]).toEqual([true, false]);
  });
});
