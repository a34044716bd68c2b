import { beforeEach, expect, it } from "vitest";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { ABSENCE_SCHEMA } from "#domain/people/scim/user.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { patch, providerOf, USER, type Provider } from "./testing/provider.ts";

const SENT = { schemas: [USER], userName: "test.user@nao.invalid", displayName: "Test User" };

describeOnEachDatabase("absences by SCIM", (database) => {
  let provider: Provider;
  beforeEach(async () => {
    provider = await providerOf(await addPerson(database(), "administrator", { roles: ["administrator"] }));
  });
  const today = calendarDay(clock.now());
  const away = (from: number, until: number) => ({ awayFrom: addDays(today, from), awayUntil: addDays(today, until) });
  const create = async (more: object = {}) => (await provider("POST", "/Users", { ...SENT, ...more })).body;
  const read = async (id: string) =>
    (JSON.parse((await provider("GET", `/Users/${id}`)).text) as Record<string, unknown>)[ABSENCE_SCHEMA];
  const stored = async () =>
    (await database().prisma.absence.findMany({ orderBy: { firstDay: "asc" } })).map(
      ({ firstDay, lastDay, source }) => [firstDay, lastDay, source],
    );
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } }))
      .map(({ event }) => event)
      .filter((event) => event.startsWith("absence."));
  const row = ({ awayFrom, awayUntil }: ReturnType<typeof away>) => [awayFrom, awayUntil, "scim"];

  it("come with a new user, are read back, and stay where the same is sent again", async () => {
    const made = await create({ [ABSENCE_SCHEMA]: away(2, 5) });
    expect(made.schemas).toContain(ABSENCE_SCHEMA);
    expect(await read(made.id)).toEqual(away(2, 5));
    const again = await provider("PUT", `/Users/${made.id}`, made);
    expect([again.status, again.body.meta.version]).toEqual([200, made.meta.version]);
    expect(await stored()).toEqual([row(away(2, 5))]);
    expect(await events()).toEqual(["absence.recorded"]);
  });

  it("are patched: with the schema as path, as attributes, and without a path", async () => {
    const { id } = await create();
    expect(await read(id)).toBeUndefined();
    const [first, second, third] = [away(2, 5), away(2, 9), away(3, 9)];
    await provider("PATCH", `/Users/${id}`, patch({ op: "add", path: ABSENCE_SCHEMA, value: first }));
    expect(await read(id)).toEqual(first);
    await provider(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "Replace", path: `${ABSENCE_SCHEMA}:awayUntil`, value: second.awayUntil }),
    );
    expect(await read(id)).toEqual(second);
    await provider("PATCH", `/Users/${id}`, patch({ op: "replace", value: { [ABSENCE_SCHEMA]: third } }));
    expect(await stored()).toEqual([row(third)]);
    const other = await provider("PATCH", `/Users/${id}`, patch({ op: "replace", path: "displayName", value: "New" }));
    expect(other.status).toBe(200);
    expect(await read(id)).toEqual(third);
    expect(await events()).toEqual(["absence.recorded", "absence.changed", "absence.changed"]);
  });

  it("end where the program takes them back, and what is over stays", async () => {
    const made = await create({ [ABSENCE_SCHEMA]: away(-3, 5) });
    await provider("PATCH", `/Users/${made.id}`, patch({ op: "remove", path: ABSENCE_SCHEMA }));
    expect(await read(made.id)).toBeUndefined();
    expect(await stored()).toEqual([row(away(-3, -1))]);
    await provider("PUT", `/Users/${made.id}`, { ...SENT, [ABSENCE_SCHEMA]: away(4, 8) });
    expect(await stored()).toEqual([row(away(-3, -1)), row(away(4, 8))]);
    await provider("PUT", `/Users/${made.id}`, SENT);
    expect(await stored()).toEqual([row(away(-3, -1))]);
    expect(await read(made.id)).toBeUndefined();
  });

  it("leave alone what a form recorded", async () => {
    const made = await create();
    const form = { firstDay: addDays(today, 2), lastDay: addDays(today, 4) };
    const data = { id: "a", body: "nao", personId: made.id, source: "form", recordedAt: clock.now(), ...form } as const;
    await database().prisma.absence.create({ data });
    await provider("PUT", `/Users/${made.id}`, SENT);
    expect(await read(made.id)).toBeUndefined();
    expect(await stored()).toEqual([[form.firstDay, form.lastDay, "form"]]);
  });

  it("are refused where a day is missing, is none, or lies before the other, and nothing changes", async () => {
    const { id } = await create();
    for (const value of [
      { awayFrom: today },
      { awayUntil: today },
      { awayFrom: "soon", awayUntil: today },
      { awayFrom: "2027-02-30", awayUntil: "2027-03-01" },
      { awayFrom: today, awayUntil: addDays(today, -1) },
      { awayFrom: today, awayUntil: addDays(today, 2000) },
    ]) {
      const answer = await provider("PATCH", `/Users/${id}`, patch({ op: "add", path: ABSENCE_SCHEMA, value }));
      expect([answer.status, answer.body.scimType]).toEqual([400, "invalidValue"]);
      expect(answer.body.detail).toContain(ABSENCE_SCHEMA);
    }
    expect(await stored()).toEqual([]);
  });

  it("are described among the schemas", async () => {
    const schema = await provider("GET", `/Schemas/${ABSENCE_SCHEMA}`);
    expect(schema.body.attributes.map(({ name }) => name)).toEqual(["awayFrom", "awayUntil"]);
    expect((await provider("GET", "/ResourceTypes/User")).text).toContain(ABSENCE_SCHEMA);
  });
});
