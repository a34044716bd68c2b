import { afterEach, expect, it, vi } from "vitest";
import { clock } from "#server/base/clock.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { describeOnEachDatabase, describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { makeSampleDirectory } from "../../../prisma/seed/sample-people.ts";
import { getAuth } from "./auth.ts";
import {
  findActor,
  findActorByCookie,
  findPersonByEmail,
  findSessionPerson,
  getDirectoryEntry,
  listPeopleWithRole,
  listPlacements,
  listSamplePeople,
  listSessionsOfPerson,
  lockAdministrators,
} from "./queries.ts";
import { seedSamplePeople } from "./seed.ts";

const BODIES = [{ slug: "nao", employers: ["National Audit Office"] }];
const MINUTE_MS = 60_000;

describeOnEachDatabase("people as other rooms ask for them", (database) => {
  afterEach(() => {
    vi.restoreAllMocks();
    Object.assign(getEnv(), { evaluation: true });
  });

  const change = (id: string, data: Parameters<ReturnType<typeof database>["prisma"]["person"]["update"]>[0]["data"]) =>
    database().prisma.person.update({ where: { id }, data });

  it("are found while they work for a body that is served", async () => {
    const ann = await addPerson(database(), "ann", { roles: ["auditor"] });
    expect(await findActor("ann")).toEqual(ann);
    expect(await findActor("nobody")).toBeNull();
    for (const [wrong, right] of [
      [{ status: "left" }, { status: "active" }],
      [{ startsOn: "2999-01-01" }, { startsOn: null }],
      [{ body: "gone" }, { body: "nao" }],
    ] as const) {
      await change("ann", wrong);
      expect(await findActor("ann"), JSON.stringify(wrong)).toBeNull();
      await change("ann", right);
    }
    expect(await findActor("ann")).toEqual(ann);
  });

  it("have a directory entry, and joined when they started", async () => {
    const joinedAt = new Date("2026-01-05T09:00:00Z");
    const manager = await addPerson(database(), "manager", { roles: ["employee", "line-manager"] });
    await addTeam(database(), "roads", { managerId: "manager" });
    const ann = await addPerson(database(), "ann", { team: "roads", joinedAt });
    await change("ann", { leavesOn: "2027-03-31", awayUntil: "2026-12-01", kind: "contractor" });
    expect(await getDirectoryEntry(ann)).toEqual({
      joinedAt,
      team: { name: "Team roads" },
      lineManager: { name: manager.name, roles: manager.roles, isActor: false },
      kind: "contractor",
      startsOn: null,
      leavesOn: "2027-03-31",
      awayUntil: "2026-12-01",
    });
    const joinedDay = async () =>
      (await listPlacements(database().prisma, ["ann"], "2026-11-30")).get("ann")?.joinedDay;
    expect(await joinedDay()).toBe("2026-01-05");
    await change("ann", { startsOn: "2026-02-02" });
    expect(await joinedDay()).toBe("2026-02-02");
    await expect(getDirectoryEntry({ ...ann, personId: "nobody" })).rejects.toThrow("not in the directory");
  });

  it("are found by their address in any case, and by role within their body until they leave", async () => {
    await addPerson(database(), "ann", { roles: ["administrator"] });
    await addPerson(database(), "bob", { roles: ["administrator"] });
    await addPerson(database(), "cay", { roles: ["administrator"], body: "nottingham" });
    await change("bob", { status: "left" });
    const { prisma } = database();
    expect(await findPersonByEmail(prisma, "BOB@nao.invalid"), "a leaver").toMatchObject({ id: "bob", status: "left" });
    expect(await findPersonByEmail(prisma, "nobody@nao.invalid")).toBeNull();
    expect(await listPeopleWithRole(prisma, "nao", "administrator")).toEqual([{ id: "ann", name: "Person ann" }]);
    expect(await prisma.$transaction((tx) => lockAdministrators(tx, "nao"))).toBe(1);
    await change("ann", { isSample: true });
    expect(await findPersonByEmail(prisma, "ann@nao.invalid"), "invented").toBeNull();
    const count = () => prisma.$transaction((tx) => lockAdministrators(tx, "nao"));
    expect(await count()).toBe(1);
    Object.assign(getEnv(), { evaluation: false });
    expect(await count(), "invented ones count in evaluation mode alone").toBe(0);
  });

  it("are offered for signing in only if they are sample people", async () => {
    await addPerson(database(), "real");
    await seedSamplePeople(database().prisma, BODIES);
    const offered = (await listSamplePeople()).flatMap(({ people }) => people);
    expect(offered).toHaveLength(makeSampleDirectory(BODIES).people.length);
    expect(offered.map(({ personId }) => personId)).not.toContain("real");
    expect(offered.filter(({ hasLeft }) => hasLeft).length).toBeGreaterThan(0);
    Object.assign(getEnv(), { evaluation: false });
    expect(await listSamplePeople()).toEqual([]);
    expect(await findActor(offered[0]?.personId ?? "")).toBeNull();
  });
});

// The sign-in library keeps the first database it is given.
describeOnOneDatabase("people as other rooms ask for them by their cookie", (database) => {
  afterEach(() => vi.restoreAllMocks());

  it("are recognised by the cookie of a valid session, and not by a forged one", async () => {
    await seedSamplePeople(database().prisma, BODIES);
    const personId = makeSampleDirectory(BODIES).people.find(({ status }) => status === "active")?.id ?? "";
    const answer = await getAuth().api.signInAsSamplePerson({
      body: { personId },
      headers: new Headers(),
      returnHeaders: true,
    });
    const set = answer.headers.getSetCookie().find((one) => one.includes("session_token="));
    const cookie = set?.split(";")[0] ?? "";
    expect(await findSessionPerson(cookie)).toBe(personId);
    expect(await findActorByCookie(cookie)).toMatchObject({ personId, body: "nao" });
    const [name = ""] = cookie.split("=");
    for (const wrong of ["", `${name}=invented`, `${name}=invented.signature`]) {
      expect(await findSessionPerson(wrong), wrong).toBeNull();
      expect(await findActorByCookie(wrong), wrong).toBeNull();
    }
    expect(await findSessionPerson(null)).toBeNull();
    expect(await listSessionsOfPerson(personId)).toHaveLength(1);
    const idle = new Date(Date.now() + (getEnv().sessionIdleMinutes + 1) * MINUTE_MS);
    vi.spyOn(clock, "now").mockReturnValue(idle);
    expect(await listSessionsOfPerson(personId)).toEqual([]);
    expect(await findActorByCookie(cookie), "nobody used it for too long").toBeNull();
  });
});
