import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addGroupToClear } from "#server/testing/hold-groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { holdEverythingConcerned, holdsOnDeletion, listHoldsOnDeletion } from "./deletion-queries.ts";
import { endHold, placeHold, type SentHold } from "./service.ts";

/** Whoever waits for an advisory lock in this database. */
const WAITING_FOR_LOCK = Prisma.sql`SELECT pid FROM pg_locks
  WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
const APPROVED = new Date("2026-06-01T10:00:00Z");

describeOnEachDatabase("what holds keep from being deleted", (database) => {
  let officer: Actor;
  let ann: Actor;
  let bob: Actor;
  let group: { id: string; reference: string };
  let other: { id: string; reference: string };
  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    ann = await addPerson(database(), "ann");
    bob = await addPerson(database(), "bob");
    group = await addGroupToClear(database(), { administrators: [ann], members: [bob], at: APPROVED });
    other = await addGroupToClear(database(), { administrators: [ann], at: APPROVED });
  });

  const place = async (startKey: string, target: Partial<SentHold>) => {
    const words = { reason: "foi", occurredOn: "2026-11-20", keep: "All about the bridge.", note: "" } as const;
    const result = await placeHold(officer, {
      startKey,
      ...words,
      groups: [],
      people: "",
      isOnSubject: false,
      ...target,
    });
    if (result.code !== "placed") throw new Error(`Not placed: ${JSON.stringify(result)}.`);
    return result.reference;
  };
  const concerned = (body = "nao") => database().prisma.$transaction((tx) => holdEverythingConcerned(tx, body));
  const forbidden = async (actor: Actor, groupId: string | null) =>
    (await listHoldsOnDeletion(actor, groupId)).map(({ reference }) => reference);

  it("are the named group and its people, until it is ended, and nothing of another body", async () => {
    expect(await concerned()).toMatchObject({ isEverything: false, people: [], groups: [], references: [] });
    const reference = await place("key-1", { groups: [group.reference] });
    const { people, groups, references, isEverything } = await concerned();
    expect([people.sort(), groups, isEverything]).toEqual([["ann", "bob"], [group.id], false]);
    expect(references.sort()).toEqual([group.reference, reference].sort());
    expect(await concerned("nottingham")).toMatchObject({ people: [], groups: [] });
    await endHold(officer, reference, "It was answered.");
    expect(await concerned()).toMatchObject({ people: [], groups: [] });
  });

  it("prevent deletion in that group and of one's own messages, but not in another group", async () => {
    const reference = await place("key-1", { groups: [group.reference] });
    expect([await forbidden(bob, group.id), await forbidden(bob, null)]).toEqual([[reference], [reference]]);
    expect(await forbidden(ann, other.id)).toEqual([]);
    const onAnn = await place("key-2", { people: "ann@nao.invalid" });
    expect((await forbidden(ann, other.id)).sort()).toEqual([onAnn]);
    expect((await forbidden(ann, group.id)).sort()).toEqual([onAnn, reference].sort());
    expect(await forbidden(officer, null)).toEqual([]);
    const all = await place("key-3", { isOnSubject: true });
    expect(await forbidden(officer, null)).toEqual([all]);
    expect((await concerned()).isEverything).toBe(true);
  });

  it("are locked while a deletion checks them, so that a new hold is placed only after it", async () => {
    const order: string[] = [];
    let placing = Promise.resolve();
    const { kind, prisma } = database();
    const found = await prisma.$transaction(async (tx) => {
      const holds = await holdsOnDeletion(tx, ann, group.id);
      placing = place("key-1", { groups: [group.reference] }).then(() => void order.push("placed"));
      // The embedded database has one connection: nothing else happens there until this ends.
      const isWaiting = async () => (await tx.$queryRaw<object[]>(WAITING_FOR_LOCK)).length > 0;
      while (kind === "postgresql" && order.length === 0 && !(await isWaiting()));
      order.push("deleted");
      return holds;
    });
    await placing;
    expect(found).toEqual([]);
    expect(order).toEqual(["deleted", "placed"]);
    const later = await prisma.$transaction((tx) => holdsOnDeletion(tx, ann, group.id));
    expect(later).toMatchObject([{ keep: "All about the bridge.", reason: "foi" }]);
  });
});
