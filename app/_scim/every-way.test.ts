import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { emailProblem, normaliseEmail, readClaims } from "#domain/access/identity/provider-claim.ts";
import { faultInWords } from "#domain/people/directory/import-row.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { REFUSED } from "#domain/testing/refused-text.ts";
import { addByHand, changeDetails, changeTeam, type TypedDetails } from "#server/people/directory/detail-service.ts";
import { checkList } from "#server/people/directory/import-service.ts";
import { getDirectory, searchPeople } from "#server/people/directory/queries.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { grantRole } from "#server/people/directory/command-service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { resolvePeople } from "#app/(portal)/(registers)/groups/new/resolve-people.ts";
import { filtered, patch, providerOf, USER, type Provider } from "./testing/provider.ts";

const NAO = { slug: "nao", name: "National Audit Office", employers: ["National Audit Office"] };
const CLAIMS = {
  emailClaim: "email",
  trustsEmail: false,
  groupsClaim: "groups",
  groupRoles: new Map(),
  groupBodies: new Map(),
};

/** Local parts that a pattern, or look-alike letters, would confuse. */
const LOCAL = [
  "ann.lee",
  "ann_lee",
  "annxlee",
  "ann%",
  "a%",
  "%",
  "_",
  "office_",
  "office1",
  "e_p",
  "emp",
  "o'brien",
  "o’brien",
  "ann+x",
  "ann.*",
  "kim",
  "\u212aim",
  "sian",
  "siân",
  "sia\u0302n",
  "ıan",
  "ian",
  "İan",
  "ſam",
  "sam",
  "ａnn",
  "ann",
];
const letters = [..."aenl_%.+'*kK\u212ası"];
const local = fc.oneof(
  fc.constantFrom(...LOCAL),
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 }).map((all) => all.join("")),
);
const capitals = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => text.replace(/^./u, (letter) => letter.toUpperCase()),
);
const address = fc.tuple(local, capitals).map(([name, change]) => change(`${name}@nao.invalid`));

/** It is refused without saying why: what matters is whom it finds. */
const HOLD = { startKey: "k", reason: null, occurredOn: null, keep: "", note: "", isOnSubject: false, groups: [] };

const typed = (more: Partial<TypedDetails>): TypedDetails => ({
  email: "new@nao.invalid",
  name: "New",
  employer: NAO.employers[0] ?? "",
  team: "",
  manager: "",
  kind: "employee",
  startsOn: "",
  leavesOn: "",
  awayUntil: "",
  ...more,
});
const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join("\n"));
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

describeOnEachDatabase("whichever way somebody is named", (database) => {
  let administrator: Actor;
  let officer: Actor;
  let ask: Provider;
  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator", { roles: ["employee", "administrator"] });
    officer = await addPerson(database(), "officer", { roles: ["employee", "governance-officer"] });
    ask = await providerOf(administrator);
  });

  it("is them alone whose address is equal, capital letters aside", async () => {
    const people = new Map<string, string>();
    for (const [at, name] of LOCAL.entries()) {
      const email = `${name}@nao.invalid`;
      if (emailProblem(email) === null) people.set(normaliseEmail(email), `p${at}`);
    }
    await database().prisma.person.createMany({
      data: [...people].map(([email, id]) => ({
        id,
        body: "nao",
        employer: "nao",
        name: id,
        email,
        roles: ["employee"],
      })),
    });
    await addTeam(database(), "team");
    const roleOf = async () =>
      (await database().prisma.person.findMany({ where: { roles: { has: "auditor" } } })).map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(address, async (claimed) => {
        const isOne = emailProblem(claimed) === null;
        const meant = isOne ? (people.get(normaliseEmail(claimed)) ?? null) : null;
        const one = (ids: readonly string[]) => expect(ids, claimed).toEqual(meant === null ? [] : [meant]);

        const { email } = readClaims({ idToken: { email: claimed }, userInfo: {} }, CLAIMS);
        expect(email === null).toBe(!isOne);
        one((await searchPeople(administrator, claimed)).map(({ id }) => id));
        const { deputy } = await resolvePeople(administrator, FormValues.from([["deputy", claimed]]));
        one(deputy ? [deputy.id] : []);

        const list = bytes(
          "E-mail,Name,Line manager",
          `x@nao.invalid,X,${quote(claimed)}`,
          ...[...people.keys()].map((email, at) => `${quote(email)},P${at},`),
        );
        const report = await checkList(list, { bodies: [NAO], actorId: null });
        expect(report.faults.length === 0, claimed).toBe(meant !== null);

        const team = await changeTeam(administrator, "team", { name: "Team team", manager: claimed });
        expect(team.code).toBe(meant === null ? "invalid" : "done");
        if (meant !== null)
          expect((await database().prisma.team.findUniqueOrThrow({ where: { id: "team" } })).managerId).toBe(meant);
        const hold = await placeHold(officer, { ...HOLD, people: claimed });
        const isFound = hold.code === "invalid" && !hold.problems.some(({ field }) => field === "people");
        expect(isFound, claimed).toBe(meant !== null);

        const found = async (filter: string) =>
          (await ask("GET", filtered("Users", filter))).body.Resources.map(({ id }) => id);
        one(await found(`userName eq ${JSON.stringify(claimed)}`));
        one(await found(`emails[type eq "work"].value eq ${JSON.stringify(claimed)}`));
        const { status } = await ask("POST", "/Users", { schemas: [USER], userName: claimed, displayName: "X" });
        expect(status, claimed).toBe(!isOne ? 400 : meant === null ? 201 : 409);
        if (status === 201) await database().prisma.person.delete({ where: { email: normaliseEmail(claimed) } });

        await grantRole({ email: email ?? claimed, role: "auditor", newPerson: null });
        one(await roleOf());
        await database().prisma.person.updateMany({
          data: { roles: ["employee"] },
          where: { id: { startsWith: "p" } },
        });
      }),
      { numRuns: 40, examples: LOCAL.map((name) => [`${name}@nao.invalid`]) },
    );
  });

  const idsOf = (all: readonly { id: string }[] = []) =>
    all
      .flatMap(({ id }) => (id.length === 1 ? id : []))
      .sort()
      .join("");

  it("finds by a part of a name those who have it, and nobody by signs that stand for others", async () => {
    for (const [id, name] of Object.entries({
      a: "Ann 100% Lee",
      b: "Ann_Lee",
      c: "Ann\\Lee",
      d: "AnnxLee",
      e: "10000 Lee",
    })) {
      await addPerson(database(), id);
      await database().prisma.person.update({ where: { id }, data: { name } });
    }
    const wanted: Record<string, string> = {
      "%": "a",
      _: "b",
      "\\": "c",
      ANN_l: "b",
      "0%": "a",
      "%%": "",
      "n%l": "",
      ann: "abcd",
    };
    for (const [part, ids] of Object.entries(wanted)) {
      const { body } = await ask("GET", filtered("Users", `displayName co ${JSON.stringify(part)}`));
      expect(idsOf(body.Resources), part).toEqual(ids);
    }
    const words = { ann: "abcd", lee: "abce", ann_l: "abc", "10": "ae", "ann%": "abcd", n: "", "'ann':* | lee": "abc" };
    for (const [typed, ids] of Object.entries(words)) {
      const people = await (await getDirectory(administrator, { q: typed }))?.page(null);
      expect([idsOf(await searchPeople(administrator, typed)), idsOf(people?.rows)], typed).toEqual([ids, ids]);
    }
    const equal = async (name: string) =>
      (await ask("GET", filtered("Users", `displayName eq ${JSON.stringify(name)}`))).body.Resources.map(
        ({ id }) => id,
      );
    expect([await equal("ann_LEE"), await equal("ann%"), await equal("%")]).toEqual([["b"], [], []]);
  });

  it("says the same of what no name and no address can be, with its place", async () => {
    await addPerson(database(), "ann");
    await addTeam(database(), "roads");
    const before = await database().prisma.person.findMany({ orderBy: { id: "asc" } });
    const problemsOf = (result: Awaited<ReturnType<typeof addByHand>>) =>
      result.code === "invalid" ? result.problems.map(({ field }) => field) : result.code;
    for (const [bad] of REFUSED.filter((_, at) => at % 3 === 0 || at > 25)) {
      const email = `${bad}@nao.invalid`;
      for (const field of ["name", "team", "email", "manager"] as const) {
        const value = field === "email" || field === "manager" ? email : bad;
        expect(problemsOf(await addByHand(administrator, typed({ [field]: value }), [])), `${field} ${bad}`).toEqual([
          field,
        ]);
        expect(problemsOf(await changeDetails(administrator, "ann", typed({ [field]: value }))), field).toEqual([
          field,
        ]);
        const cells = Object.values({ email: "x@nao.invalid", name: "X", team: "", manager: "", [field]: value });
        const { faults } = await checkList(bytes("E-mail,Name,Team,Line manager", cells.map(quote).join(",")), {
          bodies: [NAO],
          actorId: null,
        });
        expect(faults, `${field} ${bad}`).toMatchObject([{ row: 2, field }]);
        expect(faultInWords(faults[0] ?? { row: 0, field: null, reason: "" })).toMatch(/^Row 2, /);
      }
      expect(problemsOf(await changeTeam(administrator, "roads", { name: bad, manager: "" }))).toEqual(["name"]);
      expect(problemsOf(await changeTeam(administrator, "roads", { name: "Roads", manager: email }))).toEqual([
        "manager",
      ]);
      for (const [path, more] of [
        ["displayName", { displayName: bad }],
        ["userName", { userName: email }],
      ] as const) {
        const answers = [
          await ask("POST", "/Users", { schemas: [USER], userName: "x@nao.invalid", displayName: "X", ...more }),
          await ask("PATCH", "/Users/ann", patch({ op: "replace", value: more })),
        ];
        for (const { status, body } of answers)
          expect([status, body.scimType, body.detail.startsWith(`"${path}": `)], `${path} ${bad}`).toEqual([
            400,
            "invalidValue",
            true,
          ]);
      }
      expect(readClaims({ idToken: { email }, userInfo: {} }, CLAIMS).email).toBeNull();
      const claims = { email: "x@nao.invalid", name: bad };
      expect(readClaims({ idToken: claims, userInfo: {} }, CLAIMS).name).toBeNull();
    }
    expect(await database().prisma.person.findMany({ orderBy: { id: "asc" } })).toEqual(before);
  });
});
