import { beforeEach, expect, it } from "vitest";
import type { z } from "zod";
import type { TokenScope } from "#domain/access/api-token/api-token.ts";
import { programActor } from "#domain/access/api-token/api-token.ts";
import type { ApiAnswer } from "#domain/answers/api/evaluation-schema.ts";
import {
  isPersonalField,
  LISTED_REGISTERS,
  REGISTER_NAMES,
  REGISTER_PAGES,
  type RegisterName,
  registerQuery,
} from "#domain/answers/api/register-schema.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { fillEveryRegister } from "#server/testing/register-entries.ts";
import { listRegisterRows } from "./register-queries.ts";

interface Page {
  rows: Record<string, unknown>[];
  before: string | null;
  after: string | null;
}

const actor = programActor({ reference: "TOK-2222-2222", name: "Bot", body: "nao" });
const ALL: readonly TokenScope[] = ["registers:read", "registers:people"];
const list = (name: RegisterName, query = "", scopes = ALL) =>
  listRegisterRows({ actor, scopes }, name, new URLSearchParams(query));
const pageOf = (answer: ApiAnswer<unknown>): Page => {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return JSON.parse(JSON.stringify(answer.resource)) as Page;
};

describeOnOneDatabase("a register as a program reads it", (database) => {
  beforeEach(async () => {
    await fillEveryRegister(database());
  });

  it("has rows of the shape that is documented", async () => {
    for (const name of REGISTER_NAMES) {
      const page = pageOf(await list(name));
      expect(page.rows.length, name).toBeGreaterThan(0);
      const read = REGISTER_PAGES[name].safeParse(page);
      expect(read.error?.issues ?? [], name).toEqual([]);
    }
  });

  it("names nobody without the scope for it", async () => {
    for (const name of REGISTER_NAMES) {
      if (LISTED_REGISTERS[name].scope === "registers:people") continue;
      const whole = pageOf(await list(name)).rows[0] ?? {};
      const { rows } = pageOf(await list(name, "", ["registers:read"]));
      const personal = Object.entries<z.ZodType>(LISTED_REGISTERS[name].row.shape).flatMap(([field, schema]) =>
        isPersonalField(schema) ? [field] : [],
      );
      for (const field of personal) expect(rows[0]?.[field], field).toBeNull();
      for (const field of Object.keys(whole).filter((one) => !personal.includes(one)))
        expect(rows[0]?.[field], field).toEqual(whole[field]);
      expect(JSON.stringify(rows)).not.toMatch(/emma|olive|We agreed|All messages/i);
      const looking = ["person", "decider", "team", "group"].filter((one) => one in LISTED_REGISTERS[name].filters);
      for (const asked of ["q", ...looking].map((one) => `${one}=emma`))
        expect(await list(name, asked, ["registers:read"])).toMatchObject({
          ok: false,
          code: "invalid-request",
          errors: [{ detail: expect.stringContaining("registers:people") as string }],
        });
    }
  });

  it("takes each of its filters, orders and choices, and refuses others by name", async () => {
    for (const name of REGISTER_NAMES) {
      for (const { parameter, choices } of registerQuery(name))
        for (const choice of choices)
          expect(await list(name, `${parameter}=${choice}`), `${name} ${choice}`).toMatchObject({ ok: true });
      const wrong = await list(name, "colour=red&sort=nonsense&size=501&after=a&before=b&from=2026-02-30&q=a&q=b");
      const named = (wrong.ok ? [] : (wrong.errors ?? [])).map(({ parameter }) => parameter);
      expect(named, name).toEqual(["colour", "sort", "size", "before", "from", "q"]);
    }
  });

  it("filters and orders as the page does, and goes on from a row", async () => {
    const [one, two] = [await addPerson(database(), "one"), await addPerson(database(), "two")];
    for (const group of ["A", "B", "C"])
      await addApprovedGroup(database(), { administrators: [one, two], name: group });
    const names = async (query: string) => pageOf(await list("groups", query)).rows.map(({ name }) => name);
    expect(await names("sort=name")).toEqual(["A", "B", "C", "Duty rota"]);
    expect(await names("state=closed")).toEqual([]);
    expect(await names("q=duty")).toEqual(["Duty rota"]);
    const first = pageOf(await list("groups", "size=3"));
    expect([first.before, first.rows.length]).toEqual([null, 3]);
    const second = pageOf(await list("groups", `size=3&after=${first.after}`));
    expect([second.rows.map(({ name }) => name), second.after]).toEqual([["Duty rota"], null]);
  });

  it("is walked in each of its orders without a row left out or twice, also where names are not told", async () => {
    const people = [await addPerson(database(), "twin"), await addPerson(database(), "twin2")];
    await database().prisma.person.updateMany({ where: { id: { startsWith: "twin" } }, data: { name: "Same Name" } });
    for (const name of ["Z", "a", "Same", "Same", "É", "_"])
      await addApprovedGroup(database(), { administrators: people, name });
    for (const name of REGISTER_NAMES) {
      const scopes = LISTED_REGISTERS[name].scope === "registers:people" ? ALL : (["registers:read"] as const);
      const whole = pageOf(await list(name, "", scopes))
        .rows.map((row) => JSON.stringify(row))
        .sort();
      for (const sort of LISTED_REGISTERS[name].orders) {
        const walked: string[] = [];
        let after: string | null = null;
        do {
          const page = pageOf(await list(name, `sort=${sort}&size=1${after ? `&after=${after}` : ""}`, scopes));
          walked.push(...page.rows.map((row) => JSON.stringify(row)));
          after = page.after;
        } while (after !== null && walked.length <= whole.length);
        expect(walked.toSorted(), `${name} by ${sort}`).toEqual(whole);
        const once = pageOf(await list(name, `sort=${sort}&size=500`, scopes)).rows;
        expect(walked, `${name} by ${sort}`).toEqual(once.map((row) => JSON.stringify(row)));
      }
    }
  });

  it("says so where it cannot go on from a place, and does not begin again silently", async () => {
    const places = new Map<RegisterName, string>();
    await addPerson(database(), "one");
    for (const name of REGISTER_NAMES) {
      const { after } = pageOf(await list(name, "size=1"));
      if (after !== null) places.set(name, after);
    }
    const others = [...places.values(), "none", "0", "00000000-0000-4000-8000-000000000000"];
    for (const name of REGISTER_NAMES)
      for (const way of ["after", "before"])
        for (const at of others.filter((one) => one !== places.get(name)))
          expect(await list(name, `${way}=${at}`), `${name} ${way} ${at}`).toMatchObject({
            ok: false,
            code: "invalid-request",
            errors: [{ parameter: way, detail: expect.stringContaining("leave it out to begin again") as string }],
          });
  });

  it("shows no body but its own, and no report that is kept from somebody", async () => {
    const elsewhere = programActor({ reference: "TOK-3333-3333", name: "Bot", body: "nottingham" });
    for (const name of REGISTER_NAMES) {
      const answer = await listRegisterRows({ actor: elsewhere, scopes: ALL }, name, new URLSearchParams());
      expect(answer.ok ? pageOf(answer).rows : [], name).toEqual([]);
    }
    await database().prisma.incident.updateMany({ data: { keptFromId: "olive" } });
    for (const name of ["incidents", "breaches"] as const) expect(pageOf(await list(name)).rows, name).toEqual([]);
  });
});
