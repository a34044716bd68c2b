import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { pageOf, type Asked, type Register } from "#domain/base/list/page.ts";
import * as session from "#server/access/identity/session.ts";
import { readStrictCsv } from "#server/testing/csv-reader.ts";
import { column, defineRegister } from "./register.tsx";

interface Thing {
  reference: string;
  name: string;
  on: string;
}

const THINGS = Array.from({ length: 30 }, (_, at): Thing => {
  return {
    reference: `INC-2222-22${String(at).padStart(2, "0")}`,
    name: `Thing ${at}`,
    on: `2026-11-${at % 2 ? "02" : "03"}`,
  };
});

const asks: Asked[] = [];
const reader: Actor = { personId: "p", body: "b", name: "", email: "", roles: ["auditor"], employer: "", team: null };

function readThings({ roles }: Actor, asked: Asked): Register<Thing> | null {
  if (!roles.includes("auditor")) return null;
  asks.push(asked);
  const found = THINGS.filter(
    ({ on, name }) => (!asked["from"] || on >= asked["from"]) && name.includes(asked["q"] ?? ""),
  );
  const rows = asked["sort"] === "name" ? [...found].reverse() : found;
  return {
    page: (cursor, size) => Promise.resolve(pageOf(rows, ({ reference }) => reference, cursor, size)),
    async *every() {
      yield* await Promise.resolve(rows);
    },
  };
}

const things = defineRegister<Thing>({
  path: "/things",
  file: "/things/register.csv",
  caption: "All things",
  one: "thing",
  many: "things",
  search: "Reference or name",
  filters: {
    state: { label: "State", choices: { open: "Open", closed: "Closed" } },
    from: { label: "From", isDay: true },
    until: { label: "Until", isDay: true },
    team: { label: "Team", choices: () => ({ one: "Team one" }) },
    none: { label: "Nothing to choose", choices: () => ({}) },
    view: { label: "View", choices: { new: "New", all: "All things" }, usual: () => "new" },
    only: { label: "The only one", choices: () => ({ one: "One" }), usual: () => "one" },
  },
  orders: { newest: "Newest first", name: "By name" },
  columns: {
    Reference: column.reference("/things"),
    Name: column.words(({ name }) => name),
    On: column.day(({ on }) => on),
    Secret: column.saved(({ on }) => `Saved ${on}`),
  },
  empty: "There is nothing yet.",
  read: readThings,
});

const pageAt = async (query: Record<string, string | string[]> = {}) => {
  const found = await things.read(reader, query);
  return found ? renderToStaticMarkup(<>{things.show(found)}</>) : null;
};

it("asks for what the address names, and leaves out what it cannot ask for", async () => {
  asks.length = 0;
  await pageAt({ q: " a\0 ", state: "eaten", from: "2027-02-31", sort: "newest", other: "x", team: ["one", "gone"] });
  await pageAt({ state: "open", from: "2026-11-03", sort: "name" });
  await pageAt({ state: "toString", sort: "__proto__" });
  expect(asks).toEqual([{ q: "a", team: "gone" }, { state: "open", from: "2026-11-03", sort: "name" }, {}]);
});

it("keeps a day that does not exist, with what is wrong, and a choice that is gone, so that it can be removed", async () => {
  const shown = await pageAt({ from: "2027-02-31", team: "gone" });
  expect(shown).toContain("Choose a day that exists.");
  expect(shown).toContain('value="2027-02-31"');
  expect(shown).toContain('<option value="gone"');
});

it("leaves out a filter without a choice, and offers no “All” where something is usual", async () => {
  const shown = (await pageAt()) ?? "";
  for (const label of ["Nothing to choose", "The only one"]) expect(shown).not.toContain(label);
  expect(await pageAt({ only: "one" })).not.toContain("The only one</label>");
  expect(await pageAt({ only: "gone" })).toContain("The only one</label>");
  const view = /<select[^>]*name="view"[^]*?<\/select>/.exec(shown)?.[0] ?? "";
  expect(view.match(/<option/g)).toHaveLength(2);
  expect(view).toMatch(/<option[^>]*selected=""[^>]*>New|value="new"[^>]*selected/);
});

it("explains days in the wrong order, and days that no database knows", async () => {
  asks.length = 0;
  const shown = await pageAt({ from: "2026-11-03", until: "2026-11-02" });
  expect(shown).toContain("Choose a day that is not before the first.");
  for (const from of ["9999-12-31", "0000-01-01", "yesterday", "2026-1-1", "٢٠٢٦-٠١-٠١"])
    expect(await pageAt({ from }), from).toContain("Choose a day that exists.");
  expect(asks).toEqual([{ from: "2026-11-03" }, {}, {}, {}, {}, {}]);
});

it("says what was asked for in words, and keeps it in its pages and in its file", async () => {
  const shown = (await pageAt({ state: "open", from: "2026-11-02", q: "Thing", sort: "name" })) ?? "";
  expect(shown).toContain("More than 25 things, State: Open, From: 2 November 2026, “Thing”, By name");
  expect(shown).toContain("All things: by name");
  const given = "state=open&amp;from=2026-11-02&amp;sort=name".split("&amp;");
  for (const start of ["/things?", "/things/register.csv?"]) {
    const href = new RegExp(`href="(${start.replace("?", "\\?")}[^"]*)"`).exec(shown)?.[1] ?? "";
    for (const part of given) expect(href).toContain(part);
  }
  expect(shown).not.toContain("Saved 2026");
});

it("shows what a printed page needs on one page", async () => {
  expect(((await pageAt()) ?? "").match(/class="data-row"/g)).toHaveLength(25);
  expect(((await pageAt({ rows: "500" })) ?? "").match(/class="data-row"/g)).toHaveLength(30);
});

it("has one way to say that nothing is there, and another that nothing fits", async () => {
  expect(await pageAt({ q: "Elephant" })).toContain("Nothing fits.");
  expect(await things.read({ ...reader, roles: ["employee"] }, {})).toBeNull();
});

it("saves the rows that were asked for, all of them, with what only the file has", async () => {
  const as = (actor: Actor) => vi.spyOn(session, "requireActor").mockResolvedValue(actor);
  as(reader);
  const file = await things.file(new Request("https://portal.invalid/things/register.csv?from=2026-11-03"));
  expect(file.headers.get("content-disposition")).toMatch(/"things-register-\d{4}-\d\d-\d\d\.csv"/);
  const rows = readStrictCsv(await file.text());
  expect(rows[0]).toEqual(["Reference", "Name", "On", "Secret"]);
  expect(rows).toHaveLength(16);
  expect(rows[1]).toEqual(["INC-2222-2200", "Thing 0", "2026-11-03", "Saved 2026-11-03"]);
  as({ ...reader, roles: ["employee"] });
  expect((await things.file(new Request("https://portal.invalid/things/register.csv"))).status).toBe(404);
  vi.restoreAllMocks();
});

it("shows a long text by its beginning, with a way to all of it", async () => {
  const long = `${"word ".repeat(60)}the end`;
  THINGS.push({ reference: "INC-3333-3333", name: long, on: "2026-11-04" });
  const shown = (await pageAt({ q: "the end" })) ?? "";
  THINGS.pop();
  expect(shown).toContain("word …");
  expect(shown).toContain("Show all of it");
  expect(shown).toContain(long);
});
