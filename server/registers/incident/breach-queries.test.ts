import { expect, it } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getBreachRegister } from "./breach-queries.ts";
import { getIncidentRegister } from "./queries.ts";

const BODY = "nao";
const SECRET = "Words that somebody typed";
const AWARE = new Date("2026-11-02T09:00:00Z");

describeOnOneDatabase("the register of breaches", (database) => {
  const add = async (
    number: number,
    data: object = {},
    entries: Record<string, Record<string, string | string[]>> = {},
  ) =>
    database().prisma.incident.create({
      data: {
        id: `i${number}`,
        reference: `INC-2222-222${number}`,
        body: BODY,
        reporterId: "reporter",
        startKey: `i${number}`,
        kind: "shared",
        reportedAt: new Date(AWARE.getTime() + number * 60_000),
        mayBePersonalData: true,
        awareAt: AWARE,
        ...data,
        entries: {
          create: Object.entries(entries).map(([part, values]) => ({
            id: `${number} ${part}`,
            part,
            position: 1,
            at: new Date("2026-11-06T12:00:00Z"),
            personId: "reporter",
            values,
          })),
        },
      },
    });
  const person = (id: string, roles: Actor["roles"] = [], body = BODY) => addPerson(database(), id, { roles, body });
  const found = async (actor: Actor, asked = {}) =>
    (await getBreachRegister(actor, asked)?.page(null))?.rows.map(({ reference }) => reference) ?? null;

  it("has times and chosen answers, but nobody's name and nothing that somebody typed", async () => {
    await person("reporter");
    await database().prisma.person.update({ where: { id: "reporter" }, data: { name: SECRET } });
    await add(
      2,
      { closedAt: new Date("2026-11-08T09:00:00Z"), decidedAt: AWARE },
      {
        what: { data: ["health", "contact"] },
        where: { app: "whatsapp", chat: SECRET },
        when: { noticed: "2026-11-02T08:30:00.000Z" },
        message: { outcome: "not-possible", why: SECRET },
        assessment: { data: SECRET, people: SECRET, likelihood: "high", severity: "medium", measures: SECRET },
        decision: { report: "yes", reason: SECRET },
        regulator: { reported: "2026-11-06T09:30:00.000Z", way: "online", authorityReference: SECRET, delay: SECRET },
        people: { told: "yes", how: SECRET },
        closing: { summary: SECRET },
      },
    );
    const rows = (await getBreachRegister(await person("auditor", ["auditor"]), {})?.page(null))?.rows;
    expect(rows).toMatchObject([
      {
        reference: "INC-2222-2222",
        kind: "Something shared by mistake",
        data: "Health or care; Names, addresses, numbers or dates of birth",
        noticedAt: new Date("2026-11-02T08:30:00Z"),
        awareAt: AWARE,
        likelihood: "Likely",
        severity: "Serious",
        isHighRisk: true,
        done: "The message: It is not possible",
        decision: "Yes, it is reported",
        reportedAt: new Date("2026-11-06T09:30:00Z"),
        isLate: true,
        told: "Yes, they were told",
        toldAt: new Date("2026-11-06T12:00:00Z"),
        closedAt: new Date("2026-11-08T09:00:00Z"),
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain(SECRET);
  });

  it("is for officers, the senior owner and auditors of the body, who find no case in another way because of it", async () => {
    await person("reporter");
    await add(2);
    await add(3, { mayBePersonalData: false });
    for (const role of ROLES) {
      const mayRead = ["governance-officer", "senior-information-risk-owner", "auditor"].includes(role);
      expect(await found(await person(`here ${role}`, [role])), role).toEqual(mayRead ? ["INC-2222-2222"] : null);
      expect(await found(await person(`there ${role}`, [role], "nottingham")), role).toEqual(mayRead ? [] : null);
    }
    expect(getIncidentRegister(await person("a", ["auditor"]), {})).toBeNull();
  });

  it("does not have what is kept from its reader", async () => {
    await person("reporter");
    const auditor = await person("auditor", ["auditor", "line-manager"]);
    await add(2, { keptFromId: "auditor" });
    await add(3, { isKeptFromOfficers: true });
    expect(await found(auditor)).toEqual(["INC-2222-2223"]);
    expect(await found(await person("officer", ["governance-officer"]))).toEqual(["INC-2222-2222"]);
  });

  it("is filtered by state, kind and day, searched by reference, and ordered", async () => {
    const auditor = await person("auditor", ["auditor"]);
    await person("reporter");
    await add(2, { closedAt: new Date(), decidedAt: AWARE, kind: "device" });
    await add(3, { awareAt: new Date("2026-11-01T09:00:00Z") });
    await add(4, { reportedAt: new Date("2026-11-04T23:59:00Z") });
    const all = ["INC-2222-2224", "INC-2222-2223", "INC-2222-2222"];
    expect(await found(auditor)).toEqual(all);
    expect(await found(auditor, { sort: "oldest" })).toEqual([...all].reverse());
    expect((await found(auditor, { sort: "clock" }))?.[0]).toBe("INC-2222-2223");
    expect(await found(auditor, { state: "closed" })).toEqual(["INC-2222-2222"]);
    expect(await found(auditor, { kind: "device" })).toEqual(["INC-2222-2222"]);
    expect(await found(auditor, { from: "2026-11-04", until: "2026-11-04" })).toEqual(["INC-2222-2224"]);
    expect(await found(auditor, { q: "inc22222223" })).toEqual(["INC-2222-2223"]);
    expect(await found(auditor, { q: "Somebody" })).toEqual([]);
  });
});
