import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { ALL_GROUPS } from "#domain/registers/hold/hold.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addGroupToClear } from "#server/testing/hold-groups.ts";
import { addPerson } from "#server/testing/people.ts";
import {
  getHold,
  getHoldRegister,
  holdTimesOnGroups,
  listGroupsToHold,
  listHoldsOnGroup,
  listOwnHoldHistory,
  listOwnHolds,
  listPlacedHolds,
  listHoldTasks,
} from "./queries.ts";
import { confirmHold, endHold, extendHold, placeHold, remindOfHold, type SentHold } from "./service.ts";

const APPROVED = new Date("2026-06-01T10:00:00Z");

describeOnEachDatabase("holds", (database) => {
  let officer: Actor;
  let second: Actor;
  let auditor: Actor;
  let ann: Actor;
  let bob: Actor;
  let cleo: Actor;
  let stranger: Actor;
  let group: { id: string; reference: string };
  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    second = await addPerson(database(), "second", { roles: ["governance-officer"] });
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    [ann, bob, cleo] = [
      await addPerson(database(), "ann"),
      await addPerson(database(), "bob"),
      await addPerson(database(), "cleo"),
    ];
    stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["governance-officer"] });
    group = await addGroupToClear(database(), { administrators: [ann], members: [bob], at: APPROVED });
  });

  afterEach(() => void vi.restoreAllMocks());

  const sent = (more: Partial<SentHold> = {}): SentHold => ({
    startKey: "key-1",
    reason: "foi",
    occurredOn: "2026-11-20",
    keep: "All about the bridge.",
    note: "From Mx Asker.",
    groups: [group.reference],
    people: "",
    isOnSubject: false,
    ...more,
  });
  const place = async (more: Partial<SentHold> = {}, actor = officer): Promise<string> => {
    const result = await placeHold(actor, sent(more));
    if (result.code !== "placed") throw new Error(`Not placed: ${JSON.stringify(result)}.`);
    return result.reference;
  };
  const evidence = () => database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
  const told = async (kind = "hold-placed") => {
    const notices = await database().prisma.notice.findMany({ where: { kind }, orderBy: { personId: "asc" } });
    return notices.map(({ personId }) => personId);
  };
  const concerns = async (actor: Actor) => (await listOwnHolds({ ...actor })).map(({ reference }) => reference);

  describe("placing one", () => {
    it("tells people in the group at once what to keep, but not who asked or why", async () => {
      const reference = await place();
      expect(await told()).toEqual(["ann", "bob"]);
      const [notice] = await database().prisma.notice.findMany();
      expect(notice?.href).toBe(`/holds/${reference}`);
      expect(notice?.paragraphs.join(" ")).toContain("All about the bridge.");
      expect(notice?.paragraphs.join(" ")).toContain("section 77");
      expect(notice?.paragraphs.join(" ")).toContain(
        "switch off any setting that stops its messages from being exported",
      );
      expect(JSON.stringify(notice)).not.toMatch(/Asker|officer/i);
      const seen = await getHold(bob, reference);
      expect(seen).toMatchObject({ keep: "All about the bridge.", own: { confirmedAt: null }, record: null });
      expect(JSON.stringify(seen)).not.toContain("Asker");
      expect([await concerns(ann), await concerns(bob), await concerns(cleo)]).toEqual([[reference], [reference], []]);
      const rows = await evidence();
      expect(rows).toMatchObject([{ event: "hold.placed", actor: "officer", subject: reference }]);
      expect(JSON.stringify(rows)).not.toMatch(/bridge|Asker/);
    });

    it("concerns people named by address or by name, and everybody if it is on a subject", async () => {
      const reference = await place({ groups: [], people: " CLEO@nao.invalid\n\nPerson ann " });
      expect(await told()).toEqual(["ann", "cleo"]);
      expect(await concerns(cleo)).toEqual([reference]);
      expect((await listHoldsOnGroup("nao", group.id)).map((hold) => hold.reference)).toEqual([reference]);
      const all = await place({ startKey: "all", groups: [], isOnSubject: true });
      for (const actor of [officer, auditor, ann, bob, cleo]) expect(await concerns(actor)).toContain(all);
      expect(await concerns(stranger)).toEqual([]);
      expect((await listHoldsOnGroup("nao", group.id)).map((hold) => hold.reference)).toEqual([reference, all]);
    });

    it("covers every group of the body at once, if the form says so", async () => {
      const others = await Promise.all(
        [ann, cleo].map((one) => addGroupToClear(database(), { administrators: [one], at: APPROVED })),
      );
      await addGroupToClear(database(), { administrators: [stranger], at: APPROVED });
      const reference = await place({ groups: [ALL_GROUPS] });
      const seen = await getHold(officer, reference);
      const all = [group, ...others].map((one) => one.reference).sort();
      expect(seen?.record?.groups.map((one) => one.reference).sort()).toEqual(all);
    });

    it("is refused for unknown or ambiguous names and people of another body", async () => {
      await addPerson(database(), "twin");
      await database().prisma.person.update({ where: { id: "twin" }, data: { name: "Person bob" } });
      for (const people of ["nobody@nao.invalid", "Person bob", "stranger@nottingham.invalid", "x".repeat(5000), "%_"])
        expect(await placeHold(officer, sent({ groups: [], people }))).toMatchObject({
          code: "invalid",
          problems: [{ field: "people" }],
        });
      const theirs = await addGroupToClear(database(), { administrators: [stranger], at: APPROVED });
      expect(await placeHold(officer, sent({ groups: [theirs.reference] }))).toMatchObject({ code: "invalid" });
      expect(await database().prisma.hold.count()).toBe(0);
    });

    it("is for governance officers", async () => {
      for (const actor of [ann, auditor]) expect((await placeHold(actor, sent())).code).toBe("not-found");
      expect((await listGroupsToHold(officer))?.groups?.map(({ reference }) => reference)).toEqual([group.reference]);
      expect(await listGroupsToHold(auditor)).toBeNull();
      expect(await listGroupsToHold(stranger)).toEqual({ groups: [], count: 0 });
    });

    it("happens once, however often it is sent at once", async () => {
      const references = await Promise.all(Array.from({ length: 6 }, () => place()));
      expect(new Set(references).size).toBe(1);
      expect(await evidence()).toHaveLength(1);
      expect(await told()).toEqual(["ann", "bob"]);
    });
  });

  describe("those whom it concerns", () => {
    it("have to confirm it, once", async () => {
      const reference = await place();
      expect(await listHoldTasks({ ...bob })).toMatchObject([{ href: `/holds/${reference}`, kind: "confirm-hold" }]);
      expect(await listHoldTasks({ ...cleo })).toEqual([]);
      await Promise.all(Array.from({ length: 4 }, () => confirmHold(bob, reference)));
      expect(await listHoldTasks({ ...bob })).toEqual([]);
      expect((await evidence()).map(({ event }) => event)).toEqual(["hold.placed", "hold.confirmed"]);
      expect((await getHold(officer, reference))?.record).toMatchObject({
        counts: { concerned: 2, confirmed: 1 },
        waiting: { rows: [{ name: "Person ann", confirmedAt: null }] },
        confirmed: { rows: [{ name: "Person bob", confirmedAt: expect.any(Date) as Date }] },
      });
    });

    it("include people who join later, and people who leave the group while it is in force", async () => {
      const reference = await place();
      const { prisma } = database();
      const joined = { id: randomUUID(), groupId: group.id, personId: "cleo", addedAt: new Date() };
      await prisma.groupMember.create({ data: joined });
      expect(await listHoldTasks({ ...cleo })).toHaveLength(1);
      await prisma.groupMember.updateMany({
        where: { personId: "bob" },
        data: { removedAt: new Date(Date.now() + 1000) },
      });
      expect(await concerns(bob)).toEqual([reference]);
      const newcomer = await addPerson(database(), "newcomer");
      expect(await concerns(newcomer)).toEqual([]);
    });

    it("do not include people taken out before it was placed", async () => {
      await database().prisma.groupMember.updateMany({ where: { personId: "bob" }, data: { removedAt: APPROVED } });
      await place();
      expect(await concerns(bob)).toEqual([]);
      expect(await told()).toEqual(["ann"]);
    });

    it("are the only ones who see it, with officers and auditors", async () => {
      const reference = await place();
      for (const actor of [cleo, stranger]) {
        expect(await getHold(actor, reference)).toBeNull();
        expect((await confirmHold(actor, reference)).code).toBe("not-found");
        expect((await extendHold(actor, reference, { groups: [], people: "Person cleo" })).code).toBe("not-found");
        expect((await endHold(actor, reference, "Mine.")).code).toBe("not-found");
        expect((await remindOfHold(actor, reference)).code).toBe("not-found");
      }
      expect(await getHold(auditor, reference)).toMatchObject({
        own: null,
        mayPlace: false,
        record: { note: "From Mx Asker." },
      });
      expect((await endHold(auditor, reference, "Mine.")).code).toBe("not-found");
      expect(getHoldRegister(ann, {})).toBeNull();
      expect((await getHoldRegister(stranger, {})?.page(null))?.rows).toEqual([]);
      expect((await getHoldRegister(auditor, {})?.page(null))?.rows).toMatchObject([
        { reference, concerned: 2, confirmed: 0, groups: 1 },
      ]);
    });

    it("are reminded once a day if they have not confirmed", async () => {
      const reference = await place();
      await confirmHold(ann, reference);
      const results = await Promise.all([remindOfHold(officer, reference), remindOfHold(second, reference)]);
      expect(results.map(({ code }) => code).sort()).toEqual(["nobody", "reminded"]);
      expect(await told("hold-reminder")).toEqual(["bob"]);
      await confirmHold(bob, reference);
      expect((await remindOfHold(officer, reference)).code).toBe("nobody");
    });
  });

  it("can be extended later, and then notifies only the people added", async () => {
    const reference = await place();
    expect((await extendHold(officer, reference, { groups: [], people: "" })).code).toBe("invalid");
    const more = { groups: [group.reference], people: "Person cleo\nPerson bob" };
    await Promise.all([extendHold(officer, reference, more), extendHold(second, reference, more)]);
    expect(await told()).toEqual(["ann", "bob", "cleo"]);
    expect(await concerns(cleo)).toEqual([reference]);
    expect((await getHold(officer, reference))?.record).toMatchObject({
      groups: [{ reference: group.reference }],
      people: [{ name: "Person bob" }, { name: "Person cleo" }],
    });
    await endHold(officer, reference, "Answered.");
    expect((await extendHold(officer, reference, more)).code).toBe("too-late");
  });

  it("is ended once, with a reason, and the people it concerned are told", async () => {
    const reference = await place();
    expect((await endHold(officer, reference, "")).code).toBe("invalid");
    const results = await Promise.all([endHold(officer, reference, "A"), endHold(second, reference, "B")]);
    expect(results.map(({ code }) => code).sort()).toEqual(["ended", "too-late"]);
    expect(await told("hold-ended")).toEqual(["ann", "bob"]);
    expect(await concerns(ann)).toEqual([]);
    expect(await listHoldTasks({ ...ann })).toEqual([]);
    expect(await listOwnHoldHistory(ann)).toMatchObject([{ reference, endedAt: expect.any(Date) as Date }]);
    expect(JSON.stringify(await getHold(ann, reference))).not.toMatch(/"[AB]"/);
    expect((await listPlacedHolds(officer))[0]).toMatchObject({ reference, keep: "All about the bridge." });
    expect((await evidence()).map(({ event }) => event)).toEqual(["hold.placed", "hold.ended"]);
  });

  it("never ends before it was placed, even if another machine's clock is ahead", async () => {
    const reference = await place();
    const placedAt = (await database().prisma.hold.findUniqueOrThrow({ where: { reference } })).placedAt;
    vi.spyOn(clock, "now").mockReturnValue(new Date(placedAt.getTime() - 60_000));
    expect((await endHold(officer, reference, "Answered.")).code).toBe("ended");
    expect((await database().prisma.hold.findUniqueOrThrow({ where: { reference } })).endedAt).toEqual(placedAt);
  });

  it("shows when it began and ceased to concern a group", async () => {
    const reference = await place();
    const on = async () => (await holdTimesOnGroups("nao"))(group.id);
    expect(await on()).toMatchObject([{ reference, until: null }]);
    await endHold(officer, reference, "Answered.");
    expect(await on()).toMatchObject([{ reference, until: expect.any(Date) as Date }]);
    expect((await holdTimesOnGroups("nao"))("another")).toEqual([]);
  });
});
