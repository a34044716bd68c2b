import { beforeEach, expect, it } from "vitest";
import { type Actor, type Role, ROLES } from "#domain/access/permission/permission.ts";
import type { Asked, PageCursor } from "#domain/base/list/page.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { exportEvidenceList } from "./export-service.ts";
import { getEvidenceRegister, verifyForCommand } from "./queries.ts";
import { transact } from "./transact.ts";

const at = (day: string) => new Date(`${day}T12:00:00Z`);

describeOnEachDatabase("getEvidenceRegister", (database) => {
  let officer: Actor;
  beforeEach(async () => {
    await serveVersions("nao", []);
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
  });

  const write = (...events: Partial<EvidenceEvent>[]) => {
    const evidence = events.map((event) => ({
      body: "nao",
      event: "policy.acknowledged" as const,
      at: at("2026-11-22"),
      actor: "officer",
      subject: "ACK-1",
      ...event,
    }));
    return transact(() => Promise.resolve({ result: null, evidence }));
  };
  const page = async (asked: Asked = {}, cursor: PageCursor = null) => {
    const found = await getEvidenceRegister(officer, asked);
    if (!found) throw new Error("It may be read.");
    return { ...found, entries: await found.page(cursor) };
  };
  const positions = async (asked: Asked = {}, cursor: PageCursor = null) =>
    (await page(asked, cursor)).entries.rows.map(({ row }) => row.position);

  it("is for governance officers and auditors, of their own body", async () => {
    await write({ body: "nao" }, { body: "nottingham", subject: "ACK-2" });
    for (const role of ROLES) {
      const actor = await addPerson(database(), `a-${role}`, { roles: [role], body: "nottingham" });
      const found = await (await getEvidenceRegister(actor, {}))?.page(null);
      const mayRead: readonly Role[] = ["governance-officer", "auditor"];
      expect(found?.rows.map(({ row }) => row.subject)).toEqual(mayRead.includes(role) ? ["ACK-2"] : undefined);
      if (found) expect(JSON.stringify(found)).not.toContain("ACK-1");
    }
  });

  it("names only people of the body, policies by their title, and the portal", async () => {
    await addPerson(database(), "left");
    await database().prisma.person.update({ where: { id: "left" }, data: { status: "left" } });
    await addPerson(database(), "elsewhere", { body: "nottingham" });
    const on = { policy: "nao", version: "1", hash: "c0" };
    await write({ actor: "portal", on }, { actor: "left" }, { actor: "elsewhere" }, { actor: "nobody" });
    const { entries } = await page();
    expect(entries.rows.map(({ actorName }) => actorName)).toEqual([null, null, "Person left", "The portal"]);
    expect(entries.rows.at(-1)?.policyTitle).toMatch(/\w/);
  });

  it("shows the text beside a row, or that it was erased", async () => {
    await write({ detail: { reason: "words" } }, { detail: { reason: "gone" } }, {});
    await database().prisma.evidenceDetail.delete({ where: { body_position: { body: "nao", position: 2 } } });
    const { entries } = await page();
    expect(entries.rows.map(({ detail }) => detail)).toEqual([null, "erased", { text: '{\n  "reason": "words"\n}' }]);
  });

  it("links to what the reader may open", async () => {
    await write({ subject: "EX-1" }, { subject: "ACK-1", actor: "other" }, { subject: "ACK-2" }, { subject: "nao 1" });
    expect((await page()).entries.rows.map(({ subjectHref }) => subjectHref)).toEqual([
      null,
      "/acknowledgements/ACK-2",
      null,
      "/exceptions/EX-1",
    ]);
  });

  it("links to what was recorded from paper for those who record it, and for whose it is", async () => {
    const event = "policy.answer-recorded" as const;
    const of = (person: string) => ({ event, data: { person } });
    await write({ ...of("ann"), subject: "ACK-3" }, { ...of("ann"), subject: "ACK-4", actor: "other" });
    await write({ ...of("officer"), subject: "ACK-5", actor: "other" });
    expect((await page()).entries.rows.map(({ subjectHref }) => subjectHref)).toEqual([
      "/acknowledgements/ACK-5",
      "/governance/people/ann/paper/ACK-4",
      "/governance/people/ann/paper/ACK-3",
    ]);
  });

  it("is read in pages, newest first; a place that is no row gives the first one", async () => {
    await write(...Array.from({ length: 60 }, () => ({})));
    const range = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, step) => from - step);
    const first = (await page()).entries;
    expect([first.rows.length, first.before, first.after]).toEqual([25, null, { after: "36" }]);
    await write({});
    expect(await positions({}, first.after)).toEqual(range(35, 11));
    expect(await positions({}, { after: "11" })).toEqual(range(10, 1));
    expect(await positions({}, { before: "11" })).toEqual(range(36, 12));
    for (const bad of [{ after: "999999999" }, { before: "12x" }, { after: "GRP-2222-2222" }])
      expect(await positions({}, bad)).toEqual(range(61, 37));
  });

  it("applies the filters, alone and together", async () => {
    await addPerson(database(), "zoe");
    await write(
      { event: "exception.submitted", subject: "EX-1", at: at("2026-11-01") },
      { event: "exception.approved", subject: "EX-1", actor: "zoe", at: at("2026-11-02") },
      { on: { policy: "nao", version: "1", hash: "c0" }, at: at("2026-11-03") },
      { actor: "portal" },
    );
    expect(await positions({ event: "exception.approved" })).toEqual([2]);
    expect(await positions({ subject: "EX-1" })).toEqual([2, 1]);
    expect(await positions({ policy: "nao" })).toEqual([3]);
    expect(await positions({ policy: "nottingham" })).toEqual([4, 3, 2, 1]); // no policy of this body
    expect(await positions({ actor: "ZOE" })).toEqual([2]);
    expect(await positions({ actor: "person" })).toEqual([3, 2, 1]);
    expect(await positions({ actor: "the portal" })).toEqual([4]);
    expect(await positions({ actor: "nobody of that name" })).toEqual([]);
    expect(await positions({ actor: "%' OR 1=1; --\\" })).toEqual([]);
    expect(await positions({ from: "2026-11-02", until: "2026-11-02" })).toEqual([2]);
    expect(await positions({ actor: "zoe", subject: "EX-1", event: "exception.submitted" })).toEqual([]);
  });

  it("finds a reference however it is typed, by any part, and nothing else", async () => {
    await write(
      { subject: "EX-2A84-H3RD" },
      { subject: "GRP-2A84-H3RD" },
      { subject: "EX-2A85-H3RD" },
      { subject: "nao 1" },
    );
    for (const subject of ["EX2A84H3RD", "ex-2a84", "EX-2A84-H3RD", "ex 2a84 h3rd"])
      expect(await positions({ subject }), subject).toEqual([1]);
    expect(await positions({ subject: "2a84h3rd" })).toEqual([2, 1]);
    expect(await positions({ subject: "nao 1" })).toEqual([4]);
    expect(await positions({ subject: "ex-%" })).toEqual([]);
  });

  it("asks for a longer name if too many people match", async () => {
    const person = (number: number) => ({ id: `p${number}`, name: `Same ${number}`, email: `p${number}@x.invalid` });
    const people = Array.from({ length: 200 }, (_, number) => ({
      ...person(number),
      body: "nao",
      employer: "nao",
      roles: [],
    }));
    await database().prisma.person.createMany({ data: people });
    await write({ actor: "p7" });
    expect(await page({ actor: "same" })).toMatchObject({ isNameTooShort: true, entries: { rows: [] } });
    expect(await positions({ actor: "Same 7" })).toEqual([1]);
  });

  it("is read oldest first, if asked", async () => {
    await write({}, {}, {});
    expect(await positions({ sort: "oldest" })).toEqual([1, 2, 3]);
    expect(await positions({ sort: "oldest" }, { after: "2" })).toEqual([3]);
  });

  it("is saved as a list by those who may export it, which is evidence with what was asked for", async () => {
    await addPerson(database(), "zoe");
    await write({ actor: "zoe", detail: { reason: "words" } }, {});
    const saved = await exportEvidenceList(officer, { actor: "zoe", event: "policy.acknowledged" });
    const rows: number[] = [];
    for await (const { row } of saved?.entries ?? []) rows.push(row.position);
    expect(rows).toEqual([1]);
    const recorded = await database().prisma.evidence.findMany({
      where: { position: { gt: 2 } },
      orderBy: { position: "asc" },
    });
    expect(recorded.map(({ event, subject }) => `${event} ${subject}`)).toEqual([
      `evidence.exported ${saved?.fileName}.csv`,
      "evidence.read-of-person zoe",
    ]);
    const search = await database().prisma.evidenceDetail.findFirst({ where: { position: 3 } });
    expect(search?.detail).toContain("actor=zoe&event=policy.acknowledged");
    for (const role of ROLES) {
      const actor = await addPerson(database(), `e-${role}`, { roles: [role] });
      const mayExport = role === "governance-officer" || role === "auditor";
      expect((await exportEvidenceList(actor, {})) !== null, role).toBe(mayExport);
    }
  });

  it("refuses a command without its token", async () => {
    expect(await verifyForCommand("", { known: [] })).toBe("refused");
    expect(await verifyForCommand("1.x", null)).toBe("refused");
  });
});
