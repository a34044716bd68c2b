import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ROLES } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addGroupToClear } from "#server/testing/hold-groups.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { getFigures } from "./queries.ts";

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

describeOnEachDatabase("figures for requesters", (database) => {
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(noon("2026-11-30"));
    await serveRealContent();
  });
  afterEach(() => vi.restoreAllMocks());

  const read = async (from: string, until: string) => {
    const officer = await addPerson(database(), `officer ${from}`, { roles: ["governance-officer"] });
    const found = await getFigures(officer, { from, until });
    if (!found || "problems" in found) throw new Error("There are no figures.");
    return (title: string) =>
      found.tables.find((one) => one.title === title)?.rows.map(({ label, figure }) => `${label}: ${figure}`) ?? [];
  };

  it("counts requests, what searching for them took, and apps as they were decided", async () => {
    const ann = await addPerson(database(), "ann");
    const { prisma } = database();
    for (let number = 0; number < 6; number++) {
      const id = `r${number}`;
      const text = { requester: "A paper", asked: "Messages", receivedOn: number < 5 ? "2026-06-10" : "2026-07-10" };
      const by = { enteredById: ann.personId, startKey: id, enteredAt: noon("2026-06-10") };
      await prisma.informationRequest.create({
        data: { id, reference: `REQ-${id}`, body: ann.body, kind: "foi", ...text, ...by },
      });
      const search = {
        position: 1,
        startKey: id,
        lookFor: "It",
        chats: "",
        apps: "",
        devices: "",
        answerBy: "2026-06-20",
      };
      const people = { personId: ann.personId, askedById: ann.personId, askedAt: noon("2026-06-11") };
      const answers = [1, 2].map((position) => ({
        id: `${id} ${position}`,
        position,
        answeredAt: noon(position === 1 ? "2026-06-12" : "2026-07-12"),
        answer: "nothing",
        words: "Nothing",
        minutes: 30 * position,
        statement: "So it is.",
      }));
      await prisma.searchRequest.create({
        data: { id, requestId: id, ...people, ...search, answers: { create: answers } },
      });
    }
    const june = await read("2026-06-01", "2026-06-30");
    expect(june("Requests and complaints by kind")).toEqual(["Freedom of information request: 5", "All: 5"]);
    // The answers of then: later corrections are of July.
    expect(june("Searches for requests")).toEqual(["People asked to search: 6", "Answers: 6", "Hours of searching: 3"]);
    const all = await read("2026-05-01", "2026-07-31");
    expect(all("Searches for requests")[2]).toBe("Hours of searching: 6");
    expect(all("Apps on the register")).toEqual([]);
  });

  it("counts groups by department and app as they were at the end, and clear-downs within the period", async () => {
    const [big, small] = [await addTeam(database(), "big"), await addTeam(database(), "small")];
    const [ann, bob] = [
      await addPerson(database(), "ann", { team: big }),
      await addPerson(database(), "bob", { team: small }),
    ];
    for (let number = 0; number < 7; number++)
      await addGroupToClear(database(), { administrators: [number < 6 ? ann : bob], at: noon("2026-03-01") });
    const { id } = await addGroupToClear(database(), { administrators: [ann], at: noon("2026-06-01") });
    await database().prisma.clearDown.createMany({
      data: Array.from({ length: 6 }, (_, at) => ({
        id: `c${at}`,
        groupId: id,
        dueOn: `2026-0${at < 5 ? 6 : 7}-1${at}`,
        clearedFor: `p${at}`,
        confirmedById: "ann",
        confirmedAt: noon(at < 5 ? "2026-06-20" : "2026-07-20"),
        recordsMovedTo: "",
      })),
    });
    const spring = await read("2026-03-01", "2026-05-31");
    expect(spring("Chat groups by app")).toEqual(["WhatsApp: 7", "All: 7"]);
    expect(spring("Chat groups by department"), "a small one and what would tell it").toEqual([
      "Team big: not shown",
      "Team small: fewer than 5",
      "All: 7",
    ]);
    expect(spring("Clear-downs of chat groups")[0]).toBe("Confirmed: fewer than 5");
    const june = await read("2026-06-01", "2026-06-30");
    expect(june("Chat groups by app")).toEqual(["WhatsApp: 8", "All: 8"]);
    expect(june("Clear-downs of chat groups")[0]).toBe("Confirmed: 5");
    expect((await read("2026-01-01", "2026-02-28"))("Chat groups by app")).toEqual([]);
  });

  it("counts accidents by kind and app, but none that is kept from somebody", async () => {
    await addPerson(database(), "reporter");
    const incident = (id: string, kind: "shared" | "scam", more: object = {}) => ({
      id,
      reference: `INC-${id}`,
      body: "nao",
      reporterId: "reporter",
      startKey: id,
      kind,
      reportedAt: noon("2026-04-10"),
      awareAt: noon("2026-04-10"),
      mayBePersonalData: kind === "shared",
      ...more,
    });
    const rows = Array.from({ length: 11 }, (_, at) => incident(`i${at}`, at < 6 ? "shared" : "scam"));
    rows.push(incident("kept", "shared", { isKeptFromOfficers: true }));
    rows.push(incident("late", "shared", { awareAt: noon("2026-05-02"), reportedAt: noon("2026-05-02") }));
    await database().prisma.incident.createMany({ data: rows });
    await database().prisma.incidentEntry.createMany({
      data: Array.from({ length: 6 }, (_, at) => ({
        id: `e${at}`,
        incidentId: `i${at}`,
        part: "where",
        position: 1,
        at: noon("2026-04-10"),
        personId: "reporter",
        values: { app: "whatsapp" },
      })),
    });
    const april = await read("2026-04-01", "2026-04-30");
    expect(april("Accidents by kind").sort()).toEqual([
      "All: 11",
      "Scam or phishing: 5",
      "Something shared by mistake: 6",
    ]);
    expect(april("Accidents by app")).toEqual(["WhatsApp: 6", "Not recorded: 5", "All: 11"]);
    expect(april("Possible breaches of personal data")).toEqual(["All: 6"]);
  });

  it("counts exceptions that were decided in the period, and stand at its end", async () => {
    await addPerson(database(), "asker");
    const decided = (day: string) => ({ createdAt: noon(day), submittedAt: noon(day), decidedAt: noon(day) });
    await addStoredExceptions(database(), "asker", [
      ...Array.from({ length: 5 }, () => ({
        ...decided("2026-02-10"),
        startsAt: noon("2026-02-10"),
        endsAt: noon("2026-12-01"),
      })),
      { ...decided("2026-03-10"), startsAt: noon("2026-03-10"), endsAt: noon("2026-12-01") },
    ]);
    const february = await read("2026-02-01", "2026-02-28");
    expect(february("Exceptions decided")).toEqual(["Approved: 5", "Declined: fewer than 5"]);
    expect((await read("2026-03-01", "2026-03-31"))("Exceptions at the end")[0]).toBe("In force: 6");
  });

  it("is for officers, senior owners and auditors; says what is wrong with a period", async () => {
    for (const role of ROLES) {
      const actor = await addPerson(database(), `a-${role}`, { roles: [role] });
      const mayRead = ["governance-officer", "senior-information-risk-owner", "auditor"].includes(role);
      expect([role, (await getFigures(actor, {})) !== null]).toEqual([role, mayRead]);
    }
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    expect(await getFigures(auditor, {})).toMatchObject({ from: "2025-12-01", until: "2026-11-30" });
    expect(await getFigures(auditor, { from: "x", until: "2026-11-30" })).toMatchObject({
      problems: [{ field: "from" }],
    });
  });
});
