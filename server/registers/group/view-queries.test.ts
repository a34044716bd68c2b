import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addApprovedGroup, type TestGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { closeGroup } from "./register-service.ts";
import { getGroupRegister, listOwnGroups } from "./list-queries.ts";
import { getChatGroup, listOwnMemberships } from "./view-queries.ts";

const BODY = "example-borough";

describeOnEachDatabase("groups as somebody reads them", (database) => {
  let [first, second, member, officer, auditor, outsider, stranger]: Actor[] = [];
  let group: TestGroup;
  const add = (id: string, roles: Actor["roles"] = ["employee"], body = BODY) =>
    addPerson(database(), id, { body, roles });
  const person = (one: Actor | undefined): Actor => {
    if (!one) throw new Error("Nobody is there.");
    return one;
  };
  beforeEach(async () => {
    [first, second, member, outsider] = [
      await add("first"),
      await add("second"),
      await add("member"),
      await add("outsider"),
    ];
    [officer, auditor] = [await add("officer", ["governance-officer"]), await add("auditor", ["auditor"])];
    stranger = await add("stranger", ["governance-officer", "auditor"], "nao");
    group = await addApprovedGroup(database(), { administrators: [first, second], members: [member] });
  });

  const references = (lines: readonly { reference: string }[] | null) =>
    lines?.map(({ reference }) => reference) ?? null;

  it("are shown to those in them and to officers and auditors, each with what they may do", async () => {
    const seen = await getChatGroup(person(member), group.reference.toLowerCase());
    expect(seen).toMatchObject({ memberCount: 3, isOver: false, isRequester: false, own: { role: "member" } });
    expect(seen?.may.has("manage-members")).toBe(false);
    const own = await getChatGroup(person(first), group.reference);
    expect([own?.isRequester, own?.may.has("manage-members")]).toEqual([true, true]);
    for (const reader of [officer, auditor])
      expect(await getChatGroup(person(reader), group.reference)).toMatchObject({ own: null });
    for (const other of [outsider, stranger]) expect(await getChatGroup(person(other), group.reference)).toBeNull();
    expect(await getChatGroup(person(officer), "GRP-2222-2222")).toBeNull();
  });

  it("are listed as one's own, the closed ones last, and no longer once somebody was taken out", async () => {
    const newer = await addApprovedGroup(database(), { administrators: [person(second), person(first)], name: "B" });
    await closeGroup(person(first), group.reference, "It is over.");
    expect(references(await listOwnGroups(person(first)))).toEqual([newer.reference, group.reference]);
    expect(await listOwnGroups(person(member))).toMatchObject([{ own: "member", state: "closed" }]);
    const where = { groupId: group.id, personId: "member" };
    await database().prisma.groupMember.updateMany({ where, data: { removedAt: new Date() } });
    expect(await listOwnGroups(person(member))).toEqual([]);
    expect(await listOwnMemberships(person(member)), "what is held about them stays").toMatchObject([
      { reference: group.reference, role: "member", standing: "removed", askedFor: false },
    ]);
    expect(await listOwnMemberships(person(outsider))).toEqual([]);
  });

  it("are a register for officers and auditors, by state, kind, words, and what needs attention", async () => {
    const partner = await addApprovedGroup(database(), {
      administrators: [person(second)],
      name: "Floods with the county",
      kind: "partner",
      reviewOn: "2020-01-01",
    });
    await addApprovedGroup(database(), { administrators: [person(stranger)] });
    const find = async (filter = {}, actor = person(officer)) =>
      references((await (await getGroupRegister(actor, filter))?.page(null))?.rows ?? null);
    expect(await find()).toEqual([group.reference, partner.reference]);
    expect(await find({}, person(auditor))).toHaveLength(2);
    expect(await find({}, person(member))).toBeNull();
    expect(await find({ q: "FLOODS" })).toEqual([partner.reference]);
    expect(await find({ q: group.reference.toLowerCase().replaceAll("-", "") })).toEqual([group.reference]);
    expect(await find({ kind: "team", state: "approved" })).toEqual([group.reference]);
    expect(await find({ state: "closed" })).toEqual([]);
    expect(await find({ sort: "review" })).toEqual([partner.reference, group.reference]);
    expect([await find({ look: "overdue" }), await find({ look: "short" })]).toEqual([
      [partner.reference],
      [partner.reference],
    ]);
  });
});
