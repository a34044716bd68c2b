import { describe, expect, it } from "vitest";
import { areMany, type Directory, FirstFaults, type KnownPerson, planImport, type PlanInput } from "./import-plan.ts";
import { faultInWords, type ImportRow, readHeader, readRow } from "./import-row.ts";

const TODAY = "2026-11-24";
const COUNCIL = { slug: "council", name: "Example Council", employers: ["Example Council"] };
const TWO = { slug: "two", name: "Two Districts", employers: ["North District", "South District"] };

const known = (id: string, more: Partial<KnownPerson> = {}): KnownPerson => ({
  id,
  body: "council",
  email: `${id}@council.invalid`,
  name: id,
  employer: "Example Council",
  teamId: null,
  managerId: null,
  roles: ["employee"],
  status: "active",
  kind: "employee",
  startsOn: null,
  leavesOn: null,
  awayUntil: null,
  externalId: null,
  isSample: false,
  ...more,
});
const administrator = known("admin", { roles: ["employee", "administrator"] });

/** A list as somebody would write it; @returns rows with their numbers, the first line being 1 */
function rowsOf(header: string, ...lines: string[]) {
  const { fields } = readHeader(header.split(","));
  return lines.map((line, at) => {
    const cells = Object.fromEntries(line.split(",").map((cell, column) => [fields[column] ?? "", cell]));
    return readRow(at + 2, cells, [COUNCIL]);
  });
}
function read(header: string, ...lines: string[]): ImportRow[] {
  return rowsOf(header, ...lines).map((one) => {
    if ("faults" in one) throw new Error(one.faults.map(faultInWords).join(" "));
    return one.row;
  });
}
const faultsOf = (header: string, line: string) =>
  rowsOf(header, line).flatMap((one) => ("faults" in one ? one.faults.map(faultInWords) : []));

let next = 0;
function plan(rows: readonly ImportRow[], people: readonly KnownPerson[] = [], more: Partial<PlanInput> = {}) {
  const directory: Directory = { people, teams: [], taken: new Set() };
  const found = planImport({
    rows,
    bodies: [COUNCIL],
    directory,
    actorId: null,
    today: TODAY,
    makeId: () => `new-${++next}`,
    ...more,
  });
  const [body] = found.plans;
  if (!body) throw new Error("The list is empty.");
  return { ...body, faults: found.faults.map(faultInWords) };
}

describe("the first line", () => {
  it("is read whatever its case, spaces and hyphens, and unknown columns are reported", () => {
    const header = readHeader(["E-Mail", " NAME ", "line_manager", "Start date", "Shoe size", "", "away-until"]);
    expect(header.fields).toEqual(["email", "name", "manager", "startsOn", null, null, "awayUntil"]);
    expect(header).toMatchObject({ unknown: ["Shoe size"], problems: [] });
  });

  it("reports missing and duplicate columns", () => {
    expect(readHeader(["Team"]).problems).toEqual([
      "There is no column “E-mail” and none “Name”. Name the columns in the first line.",
    ]);
    expect(readHeader(["email", "e-mail", "name"]).problems).toEqual(["Two columns mean “E-mail”. Take one out."]);
    expect(readHeader(["email", "Forename(s)"]).problems).toEqual([
      "There is no column “Surname”. Name the columns in the first line.",
    ]);
    expect(readHeader(["email", "Last name", "Given name"]).problems).toEqual([]);
  });
});

describe("a row", () => {
  const HEADER = "email,name,body,employer,team,line manager,roles,kind,start,leaving date,away until";

  it("is read leniently", () => {
    const line =
      "Ann@X.invalid,Ann  Lee,example council,EXAMPLE COUNCIL,Roads,Bo@x.invalid,Line Manager; auditor,Contractor,1/4/2026,2027-03-31 00:00,31.12.2026";
    expect(read(HEADER, line)).toEqual([
      {
        row: 2,
        email: "ann@x.invalid",
        name: "Ann Lee",
        body: "council",
        employer: "Example Council",
        team: "Roads",
        manager: "bo@x.invalid",
        roles: ["line-manager", "auditor"],
        kind: "contractor",
        startsOn: "2026-04-01",
        leavesOn: "2027-03-31",
        awayUntil: "2026-12-31",
      },
    ]);
  });

  it.each([
    ["First name,Surname", "Ann,Lee", "Ann Lee"],
    ["Family name,Given names", "van der Lee,Ann Mary", "Ann Mary van der Lee"],
    ["Forename,Last name", "Ann,-", "Ann"],
    ["Name,Surname", "Ann,Lee", "Ann Lee"],
    ["Name,Surname", "Leeann,Lee", "Leeann Lee"],
    ["Name,Surname", "Ann Lee,LEE", "Ann Lee"],
    ["Display name,First name,Surname", "Annie Lee,Ann,Lee", "Annie Lee"],
    ["Display name,First name,Surname", "n/a,Ann,Lee", "Ann Lee"],
  ])("joins the columns %s: %s", (header, cells, name) => {
    expect(read(`email,${header}`, `ann@x.invalid,${cells}`)).toMatchObject([{ name }]);
  });

  it.each(["-", "--", "–", "\u2212", "n/a", "N/A", "N.A.", "none", "None", " not applicable "])(
    "takes %j for an empty cell",
    (nothing) => {
      const cells = Array.from({ length: 8 }, () => nothing).join(",");
      const [row] = read(HEADER, `ann@x.invalid,Ann,${nothing},${cells}`);
      expect(row).toMatchObject({ team: null, manager: null, roles: [], kind: "employee", startsOn: null });
      expect(faultsOf(HEADER, `ann@x.invalid,${nothing}`)).toEqual(["Row 2, Name: It is empty. Enter the name."]);
    },
  );

  it.each([
    ["First name,Surname", "-,n/a", "Row 2, Name: It is empty. Enter the name."],
    ["First name,Surname", "=1+1,Lee", "Row 2, First name: “=1+1” begins like a formula of a spreadsheet. Take the first character out."], // prettier-ignore
    ["First name,Surname", `${"a".repeat(120)},${"b".repeat(120)}`, "Row 2, Name: It has 241 characters. Shorten it to 200."], // prettier-ignore
  ])("names what is wrong with the columns %s: %s", (header, cells, words) => {
    expect(faultsOf(`email,${header}`, `ann@x.invalid,${cells}`)).toEqual([words]);
  });

  it.each([
    ["bad,Ann", "Row 2, E-mail: “bad” is not an e-mail address."],
    [",Ann", "Row 2, E-mail: It is empty. Enter a work e-mail address."],
    ["a@x.invalid,", "Row 2, Name: It is empty. Enter the name."],
    ["a@x.invalid,=1+1", "Row 2, Name: “=1+1” begins like a formula of a spreadsheet. Take the first character out."],
    ["a@x.invalid,Ann\u202eLee", "Row 2, Name: It contains a character that cannot be seen (U+202E). Type it again."],
    ["a@x.invalid,A\0nn", "Row 2, Name: It contains a character that cannot be seen (U+0000). Type it again."],
    ["a@x.invalid,A\nnn", "Row 2, Name: It contains a line break. Take it out."],
    ["a@x.invalid,-", "Row 2, Name: It is empty. Enter the name."],
    ["a@x.invalid,Ann,Other", "Row 2, Body: “Other” is another body. This list is for Example Council alone."],
    ["a@x.invalid,Ann,,Nobody", "Row 2, Employer: “Nobody” is not an employer of Example Council: write Example Council."], // prettier-ignore
    ["a@x.invalid,Ann,,,,a@x.invalid", "Row 2, Line manager: Nobody is their own line manager."],
    ["a@x.invalid,Ann,,,,,king", "Row 2, Roles: “king” is not a role: write employee, line-manager, governance-officer, policy-owner, auditor, senior-information-risk-owner or administrator."], // prettier-ignore
    ["a@x.invalid,Ann,,,,,,robot", "Row 2, Kind: “robot” is not a kind of person: write employee, contractor, vendor or agent."], // prettier-ignore
    ["a@x.invalid,Ann,,,,,,,31/02/2027", "Row 2, Start: “31/02/2027” is not a day: write it as 2027-03-31 or 31/03/2027."], // prettier-ignore
    ["a@x.invalid,Ann,,,,,,,2027-02-01,2027-01-01", "Row 2, Leaving date: It is before the first day."],
  ])("%j is faulty", (line, message) => {
    expect(faultsOf(HEADER, line)).toEqual([message]);
  });
});

describe("a list against the directory", () => {
  it("adds, changes and removes people, and finds nothing to do the second time", () => {
    const rows = read(
      "email,name,team,line manager",
      "a@council.invalid,A,Roads,b@council.invalid",
      "b@council.invalid,B,roads,",
    );
    const people = [administrator, known("b"), known("c")];
    const first = plan(rows, people, { actorId: "admin" });
    expect(first.faults).toEqual([]);
    expect(first.added).toMatchObject([{ email: "a@council.invalid", managerId: "b", roles: ["employee"] }]);
    expect(first.changed).toMatchObject([{ after: { id: "b", name: "B", roles: ["employee", "line-manager"] } }]);
    expect(first.left).toMatchObject([{ after: { id: "c", status: "left" } }]);
    expect(first.newTeams).toHaveLength(1);
    expect(first.notes).toHaveLength(1);

    const after = [
      administrator,
      ...first.added,
      ...first.changed.map((one) => one.after),
      ...first.left.map((one) => one.after),
    ];
    const teams = first.newTeams.map((team) => ({ ...team, body: "council", managerId: null }));
    const directory = { people: after.map((one) => ({ ...one, isSample: false })), teams, taken: new Set<string>() };
    const second = plan(rows, [], { directory, actorId: "admin" });
    expect(second).toMatchObject({ added: [], changed: [], left: [], newTeams: [], unchanged: 3, gone: 0 });
  });

  it("leaves fields without a column unchanged, and clears empty ones", () => {
    const before = known("b", { teamId: "t", kind: "agent", awayUntil: "2026-12-01", roles: ["employee", "auditor"] });
    expect(plan(read("email,name", "b@council.invalid,b", "n@council.invalid,N"), [before])).toMatchObject({
      changed: [],
      unchanged: 1,
    });
    const [step] = plan(
      read("email,name,team,roles,kind,away until", "b@council.invalid,b,,,,", "n@council.invalid,N"),
      [before],
    ).changed;
    expect(step?.after).toMatchObject({ teamId: null, roles: ["employee"], kind: "employee", awayUntil: null });
  });

  it("reports both rows of a duplicate address", () => {
    const rows = read("email,name", "a@x.invalid,A", "b@x.invalid,B", "A@x.invalid,A");
    expect(plan(rows).faults).toEqual([
      "Row 2, E-mail: a@x.invalid is in rows 2 and 4. Keep one of them.",
      "Row 4, E-mail: a@x.invalid is in rows 2 and 4. Keep one of them.",
    ]);
  });

  it("rejects managers who are not in it or are leaving, and circles", () => {
    const header = "email,name,line manager,leaving date";
    const rows = read(
      header,
      "a@x.invalid,A,b@x.invalid,",
      "b@x.invalid,B,c@x.invalid,",
      "c@x.invalid,C,a@x.invalid,",
      "d@x.invalid,D,admin@council.invalid,",
      "e@x.invalid,E,f@x.invalid,",
      "f@x.invalid,F,,2026-11-23",
    );
    const faults = plan(rows, [administrator, known("other", { roles: ["employee", "administrator"] })]).faults;
    expect(faults).toEqual([
      "Row 2, Line manager: This goes round in a circle: row 2 → row 3 → row 4 → row 2.",
      "Row 3, Line manager: This goes round in a circle: row 3 → row 4 → row 2 → row 3.",
      "Row 4, Line manager: This goes round in a circle: row 4 → row 2 → row 3 → row 4.",
      "Row 6, Line manager: Nobody with the address f@x.invalid works for Example Council by this list.",
    ]);
  });

  it("keeps the last administrator, and whoever confirms it", () => {
    const rows = read("email,name,roles", "admin@council.invalid,admin,employee", "b@council.invalid,b,");
    const kept = plan(rows, [administrator, known("b")]);
    expect(kept).toMatchObject({ changed: [], left: [], unchanged: 2 });
    expect(kept.notes).toEqual([
      "admin@council.invalid stays an administrator, whatever the list says: Example Council would have none.",
    ]);
    expect(plan(read("email,name", "b@council.invalid,b"), [administrator, known("b")])).toMatchObject({
      left: [],
      unchanged: 2,
    });
    const second = known("second", { roles: ["employee", "administrator"] });
    const mine = plan(
      read("email,name,roles", "second@council.invalid,second,administrator"),
      [administrator, second],
      { actorId: "admin" },
    );
    expect(mine.left).toEqual([]);
    const handedOver = plan(read("email,name,roles", "n@council.invalid,N,administrator"), [administrator]);
    expect(handedOver.left).toMatchObject([{ after: { id: "admin", status: "left" } }]);
  });

  it("follows leaving dates: the last day is still worked, and people who come back are active again", () => {
    const header = "email,name,leaving date";
    const rows = read(
      header,
      "b@council.invalid,b,2026-11-24",
      "c@council.invalid,c,2026-11-23",
      "n@council.invalid,N,2020-01-01",
    );
    const found = plan(rows, [known("b"), known("c")]);
    expect(found.changed).toMatchObject([{ after: { id: "b", status: "active", leavesOn: "2026-11-24" } }]);
    expect(found.left).toMatchObject([{ after: { id: "c", status: "left" } }]);
    expect(found).toMatchObject({ added: [], gone: 1 });
    const leaver = known("c", { status: "left", leavesOn: "2026-11-23" });
    expect(plan(read("email,name", "c@council.invalid,c"), [leaver]).changed).toMatchObject([
      { after: { status: "active", leavesOn: null } },
    ]);
  });

  it("asks for the employer if there are several, and ignores sample people and other bodies", () => {
    const read2 = readRow(2, { email: "a@two.invalid", name: "A" }, [TWO]);
    if ("faults" in read2) throw new Error("It can be read.");
    const directory: Directory = { people: [], teams: [], taken: new Set() };
    expect(plan([read2.row], [], { bodies: [TWO], directory }).faults).toEqual([
      "Row 2, Employer: Say which: North District or South District.",
    ]);
    const sample = known("sample", { isSample: true });
    const rows = read("email,name", "sample@council.invalid,S", "theirs@x.invalid,T");
    const taken = { people: [sample], teams: [], taken: new Set(["theirs@x.invalid"]) };
    expect(plan(rows, [], { directory: taken })).toMatchObject({
      left: [],
      faults: [
        "Row 2, E-mail: sample@council.invalid belongs to an invented person, who stays as they are.",
        "Row 3, E-mail: theirs@x.invalid cannot be used here: somebody else in this portal has it.",
      ],
    });
  });

  it("counts five or more, and more than a tenth, as many", () => {
    expect([areMany(4, 5), areMany(5, 50), areMany(5, 49), areMany(9, 100), areMany(11, 100)]).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});

describe("a list with more faults than anybody would read", () => {
  const long = (count: number) => read("email,name", ...Array.from({ length: count }, () => "noreply@x.test,N"));
  const found = (rows: readonly ImportRow[]) =>
    planImport({
      rows,
      bodies: [COUNCIL],
      directory: { people: [], teams: [], taken: new Set() },
      actorId: null,
      today: TODAY,
      makeId: () => "new",
    });

  it("reports briefly that one address is in many rows", () => {
    const { faults, faultCount } = found(long(3000));
    expect([faults.length, faultCount]).toEqual([1000, 3000]);
    expect(faults.map(({ row }) => row)).toEqual(Array.from({ length: 1000 }, (_, at) => at + 2));
    expect(faults[999] && faultInWords(faults[999])).toBe(
      "Row 1001, E-mail: noreply@x.test is in rows 2 and 3 and 4 and 5 and 6 and 2995 more. Keep one of them.",
    );
    const characters = (count: number) => JSON.stringify(found(long(count)).faults).length;
    expect(characters(800)).toBeLessThan(2.1 * characters(400));
  });

  it("keeps the first by row, in whatever order they were found", () => {
    const faults = new FirstFaults();
    for (let row = 5000; row > 0; row--) faults.push({ row, field: null, reason: "x" });
    expect(faults.count).toBe(5000);
    expect(faults.list().map(({ row }) => row)).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1));
  });

  it("names a few of many unknown roles, and ignores cells of thousands of characters", () => {
    expect(faultsOf("email,name,roles", `a@x.test,A,${"a;b;c;d;e;f;g;".repeat(20)}`)).toHaveLength(5);
    expect(faultsOf("email,name,roles", `a@x.test,A,${"a;".repeat(2000)}`)).toEqual([
      "Row 2, Roles: It has 4000 characters. Shorten it to 1000.",
    ]);
    expect(faultsOf("email,name", `a@x.test,${"A".repeat(2000)}`)).toEqual([
      "Row 2, Name: It has 2000 characters. Shorten it to 200.",
    ]);
  });
});
