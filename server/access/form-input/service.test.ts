import { afterEach, expect, it, vi } from "vitest";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getFormInput, listFormInput } from "./queries.ts";
import { keepFormInput } from "./service.ts";

const VALUES = { reason: ["Partners ask for it."], clauses: ["4.3", "4.4"] };
const PROBLEMS = [{ field: "until", message: "Enter the day." }];
const NOON = Date.parse("2026-11-24T12:00:00Z");
const at = (ms: number) => vi.spyOn(clock, "now").mockReturnValue(new Date(ms));

describeOnEachDatabase("what was typed into a form that was refused", (database) => {
  afterEach(() => vi.restoreAllMocks());

  it("comes back only to whoever typed it, and only on its page", async () => {
    const ann = await addPerson(database(), "ann");
    const bob = await addPerson(database(), "bob");
    const id = await keepFormInput("ann", "/exceptions/new", VALUES, PROBLEMS);
    expect(await getFormInput(ann, id, "/exceptions/new")).toEqual({ values: VALUES, problems: PROBLEMS });
    expect(await getFormInput(bob, id, "/exceptions/new")).toBeNull();
    expect(await getFormInput(ann, id, "/holds/new")).toBeNull();
    for (const other of [undefined, "", "0".repeat(32), id.toUpperCase(), [id], `${id}0`])
      expect(await getFormInput(ann, other, "/exceptions/new")).toBeNull();
    expect(await listFormInput(bob)).toEqual([]);
  });

  it("is kept for a day, then deleted when the next form is refused, whoever's", async () => {
    const ann = await addPerson(database(), "ann");
    at(NOON);
    const id = await keepFormInput("ann", "/a", VALUES, []);
    at(NOON + 24 * 3_600_000);
    await keepFormInput("bob", "/b", {}, []);
    expect(await getFormInput(ann, id, "/a")).not.toBeNull();
    at(NOON + 24 * 3_600_000 + 1);
    await keepFormInput("bob", "/b", {}, []);
    expect(await getFormInput(ann, id, "/a")).toBeNull();
  });

  it("is kept for the last twenty forms of a person, newest first", async () => {
    const ann = await addPerson(database(), "ann");
    at(NOON - 1);
    await keepFormInput("bob", "/bob", {}, []);
    for (let form = 0; form <= 20; form++) {
      at(NOON + form);
      await keepFormInput("ann", `/${form}`, {}, []);
    }
    const kept = await listFormInput(ann);
    expect(kept.map(({ path }) => path)).toEqual(Array.from({ length: 20 }, (_, index) => `/${20 - index}`));
    expect(await database().prisma.formInput.count({ where: { personId: "bob" } })).toBe(1);
  });
});
