import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ROLES } from "#domain/access/permission/permission.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { makeSampleDirectory } from "../../../prisma/seed/sample-people.ts";
import { seedSamplePeople } from "./seed.ts";

const served = readdirSync("content/bodies").map((file) => ({
  slug: file.replace(".yaml", ""),
  employers: (parse(readFileSync(`content/bodies/${file}`, "utf8")) as { employers: string[] }).employers,
}));
const bodies = [
  ...served,
  ...Array.from({ length: 30 }, (_, n) => ({ slug: `other-${n}`, employers: [`Other ${n}`] })),
];

describe("sample people", () => {
  const { people, teams } = makeSampleDirectory(bodies);

  it("are the same every time, regardless of other bodies", () => {
    expect(makeSampleDirectory(bodies)).toEqual({ people, teams });
    const alone = makeSampleDirectory(bodies.filter(({ slug }) => slug === "nao"));
    expect(alone.people).toEqual(people.filter(({ body }) => body === "nao"));
  });

  it("have unique names, addresses and ids", () => {
    for (const key of ["id", "name", "email"] as const) {
      expect(new Set(people.map((person) => person[key])).size).toBe(people.length);
    }
    for (const { email } of people) expect(email).toMatch(/^[a-z.]+@[a-z0-9-]+\.example\.invalid$/);
  });

  it.each(served)("fill every post of $slug", ({ slug, employers }) => {
    const own = people.filter(({ body }) => body === slug);
    expect(own).toHaveLength(12);
    expect(new Set(own.flatMap(({ roles }) => roles))).toEqual(new Set(ROLES));
    expect(own.filter(({ status }) => status === "left")).toHaveLength(1);
    expect(new Set(own.map(({ employer }) => employer))).toEqual(new Set(employers));
    const ownTeams = teams.filter(({ body }) => body === slug);
    expect(ownTeams).toHaveLength(2);
    for (const { id, managerId } of ownTeams) {
      const members = own.filter(({ teamId }) => teamId === id);
      expect(members.map(({ roles }) => roles[0]).sort()).toEqual(["employee", "employee", "line-manager"]);
      expect(members.find((member) => member.id === managerId)?.roles).toEqual(["line-manager"]);
    }
  });
});

describeOnEachDatabase("seedSamplePeople", (database) => {
  it("adds what is missing and leaves the rest", async () => {
    const { prisma } = database();
    await seedSamplePeople(prisma, served);
    const [first] = await prisma.person.findMany({ take: 1 });
    await prisma.person.update({ where: { id: first?.id ?? "" }, data: { status: "left", name: "Changed" } });
    await prisma.team.updateMany({ data: { managerId: null } });
    await seedSamplePeople(prisma, served);
    expect(await prisma.person.count()).toBe(served.length * 12);
    expect(await prisma.team.count()).toBe(served.length * 2);
    expect(await prisma.person.findUnique({ where: { id: first?.id ?? "" } })).toMatchObject({ name: "Changed" });
    expect(await prisma.team.count({ where: { managerId: { not: null } } })).toBe(0);
  });

  it("may happen twice at once", async () => {
    const { prisma } = database();
    await Promise.all([seedSamplePeople(prisma, served), seedSamplePeople(prisma, served)]);
    expect(await prisma.person.count()).toBe(served.length * 12);
    expect(await prisma.team.count({ where: { managerId: null } })).toBe(0);
  });
});
