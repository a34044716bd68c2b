import { beforeEach, expect, it } from "vitest";
import type { PageCursor } from "#domain/base/list/page.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { readEvery, readPage, type List } from "./list-page.ts";

interface Line {
  id: string;
  name: string;
  employer: string;
}

describeOnEachDatabase("a list in pages", (database) => {
  const list = (filter = {}): List<Line> => ({
    within: { body: "nao" },
    filter,
    order: [
      ["employer", "desc"],
      ["name", "asc"],
      ["id", "asc"],
    ],
    key: "id",
    size: 3,
    read: (part) => database().prisma.person.findMany({ ...part, select: { id: true, name: true, employer: true } }),
  });
  const add = async (id: string, employer: string, name: string) => {
    await addPerson(database(), id);
    await database().prisma.person.update({ where: { id }, data: { employer, name } });
  };
  // In order: c d (equal but for their ids) a b, then e f g.
  beforeEach(async () => {
    for (const id of ["d", "c"]) await add(id, "two", "A");
    for (const id of ["a", "b"]) await add(id, "two", id.toUpperCase());
    for (const id of ["g", "f", "e"]) await add(id, "one", id);
    await addPerson(database(), "elsewhere", { body: "nottingham" });
    await database().prisma.person.update({ where: { id: "a" }, data: { name: "AA" } });
  });
  const page = async (cursor: PageCursor, filter = {}) => {
    const { rows, before, after } = await readPage(list(filter), cursor);
    return [rows.map(({ id }) => id).join(""), before, after];
  };

  it("is read onwards and back, rows of equal value by the last column", async () => {
    expect(await page(null)).toEqual(["cda", null, { after: "a" }]);
    expect(await page({ after: "a" })).toEqual(["bef", { before: "b" }, { after: "f" }]);
    expect(await page({ after: "f" })).toEqual(["g", { before: "g" }, null]);
    expect(await page({ before: "g" })).toEqual(["bef", { before: "b" }, { after: "f" }]);
    expect(await page({ before: "b" }), "the first page").toEqual(["cda", null, { after: "a" }]);
    expect(await page({ before: "d" }), "the first page is a full one").toEqual(["cda", null, { after: "a" }]);
    expect(await page({ after: "c" }), "between rows of equal value").toEqual(["dab", { before: "d" }, { after: "b" }]);
  });

  it("neither repeats nor hides a row when others come or go meanwhile", async () => {
    await add("bb", "two", "B");
    await database().prisma.person.delete({ where: { id: "c" } });
    expect(await page({ after: "a" })).toEqual(["bbbe", { before: "b" }, { after: "e" }]);
  });

  it("begins anew where the place is none, is gone, or is in another's list", async () => {
    for (const place of ["nobody", "elsewhere", "%", "c'"])
      expect((await page({ after: place }))[0], place).toBe("cda");
    expect((await page({ before: "nobody" }))[0]).toBe("cda");
  });

  it("goes on beside a row that a filter does not show any more", async () => {
    const isOne = { employer: "one" };
    expect(await page(null, isOne)).toEqual(["efg", null, null]);
    expect(await page({ after: "b" }, isOne)).toEqual(["efg", { before: "e" }, null]);
    expect(await page({ after: "e" }, { employer: "none" })).toEqual(["", null, null]);
  });

  it("is read as a whole in batches", async () => {
    for (const size of [1, 3, 7, 8]) {
      let all = "";
      for await (const { id } of readEvery({ ...list(), size })) all += id;
      expect(all, `${size} at a time`).toBe("cdabefg");
    }
  });
});
