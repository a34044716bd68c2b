import { readdirSync, readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { unguardedCell } from "#domain/base/table/cell.ts";
import * as session from "#server/access/identity/session.ts";
import { zipFoiPack } from "#server/gather/foi/pack-writer.ts";
import { getFoiPack } from "#server/gather/foi/queries.ts";
import { makeFormTicket, TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { clock } from "#server/base/clock.ts";
import { serveBody, serveRealContent } from "#server/testing/content.ts";
import { PostgresqlCsvReader, readStrictCsv } from "#server/testing/csv-reader.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { POST as exportRecords } from "../(portal)/(registers)/records/export/send/route.ts";
import * as view from "./is-page-view.ts";

/** Breaks rows and runs formulas wherever a file lets it. */
const HOSTILE = `First line\n=2+3\r\n@SUM(A1)\r-1+1\n\t=1 "quoted"; a,b|c\n＝1+1`;

interface Export {
  /** With the query of the page. */
  address: string;
  params?: Record<string, string>;
  /** A cell that stands in it. */
  holds?: string;
}

/** Every address that ends in .csv: a new one has to be named here. */
const EXPORTS: Readonly<Record<string, Export>> = {
  "/admin/permissions.csv": { address: "/admin/permissions.csv" },
  "/figures.csv": { address: "/figures.csv", holds: "Confirmed" },
  "/matrix.csv": { address: "/matrix.csv?policy=nao", holds: "v1.1" },
  "/governance/acknowledgements.csv": { address: "/governance/acknowledgements.csv?policy=nao", holds: HOSTILE },
  "/governance/people.csv": { address: "/governance/people.csv?policy=nao", holds: HOSTILE },
  "/team/acknowledgements.csv": { address: "/team/acknowledgements.csv", holds: HOSTILE },
  "/exceptions/register.csv": { address: "/exceptions/register.csv", holds: "nao 4.3; nao 4.10" },
  "/exceptions/register/published.csv": { address: "/exceptions/register/published.csv" },
  "/policies/[slug]/clauses.csv": { address: "/policies/nao/clauses.csv", params: { slug: "nao" }, holds: "nao 4.3" },
  "/policies/[slug]/outcomes.csv": { address: "/policies/nao/outcomes.csv", params: { slug: "nao" } },
  "/policies/[slug]/situations.csv": { address: "/policies/nao/situations.csv", params: { slug: "nao" } },
  "/checks-held/samples/[reference]/sample.csv": {
    address: "/",
    params: { reference: "CHK-2222-2222" },
    holds: HOSTILE,
  },
  "/groups/[reference]/ledger.csv": { address: "/groups/GRP/ledger.csv", params: { reference: "" } },
  "/holds/register.csv": { address: "/holds/register.csv", holds: HOSTILE },
  "/photos/register.csv": { address: "/photos/register.csv", holds: HOSTILE },
  "/checks-held/register.csv": { address: "/checks-held/register.csv?sort=oldest", holds: HOSTILE },
  "/incidents/register.csv": { address: "/incidents/register.csv", holds: HOSTILE },
  "/incidents/breaches/register.csv": {
    address: "/incidents/breaches/register.csv?state=open",
    holds: "INC-2222-2222",
  },
  "/apps/register.csv": { address: "/apps/register.csv" },
  "/acknowledgements/register.csv": { address: "/acknowledgements/register.csv" },
  "/clear-downs/register.csv": { address: "/clear-downs/register.csv", holds: HOSTILE },
  "/phone-returns/register.csv": { address: "/phone-returns/register.csv" },
  "/requests/register.csv": { address: "/requests/register.csv" },
  "/admin/people.csv": { address: "/admin/people.csv", holds: HOSTILE },
  "/admin/people/teams.csv": { address: "/admin/people/teams.csv" },
  "/questions/register.csv": { address: "/questions/register.csv" },
  "/decisions/register.csv": { address: "/decisions/register.csv" },
  "/groups/register.csv": { address: "/groups/register.csv", holds: HOSTILE },
};

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`);
const ROUTES = filesIn("app").filter((file) => file.endsWith(".csv/route.ts"));
const addressOf = (file: string) =>
  `/${file.replace(/^app\//, "").replace(/\/route\.ts$/, "")}`.replaceAll(/\/\([^)]*\)/g, "");

const postgresql = new PostgresqlCsvReader();
afterAll(async () => {
  vi.restoreAllMocks();
  await serveRealContent();
  await postgresql.close();
});

/** Both readers see the same, and no line of any cell would run. @returns the cells as they were given */
async function readBack(text: string): Promise<string[][]> {
  const rows = readStrictCsv(text);
  expect((await postgresql.read(text, rows[0]?.length ?? 0)).map((row) => row.map((cell) => cell ?? ""))).toEqual(rows);
  for (const cell of rows.flat()) {
    if (/^-[\d.,]+$/.test(cell)) continue;
    for (const line of cell.split(/\r\n|\r|\n/))
      expect(line.normalize("NFKC").trim(), cell).not.toMatch(/^[=+@\u2212-]/);
    expect(cell).not.toMatch(/^[\t\r\n]/);
  }
  for (const [at, name] of (rows[0] ?? []).entries())
    if (/^(Version|Clauses?|From clauses|Answered version)$/.test(name))
      for (const row of rows.slice(1)) expect(row[at], name).toMatch(/^(?!\d)/);
  return rows.map((row) => row.map(unguardedCell));
}

it("is read back wherever an address ends in .csv", () => {
  expect(Object.keys(EXPORTS).sort()).toEqual(ROUTES.map(addressOf).sort());
});

it("is written by one function", () => {
  const files = ["app", "server", "domain", "scripts"].flatMap(filesIn).filter((file) => !file.includes("/generated/"));
  const sources = files.filter((file) => /\.m?tsx?$/.test(file) && !file.endsWith(".test.ts"));
  const importing = sources.filter((file) => readFileSync(file, "utf8").includes('from "csv-stringify'));
  expect(importing).toEqual(["server/base/csv-writer.ts"]);
});

describeOnOneDatabase("files for spreadsheets", (database) => {
  it("hold what they were given, for two readers, and run nothing", async () => {
    await serveBody("nao", { publishExceptions: true });
    const { prisma } = database();
    const boss = await addPerson(database(), "boss");
    const team = await addTeam(database(), "t", { managerId: "boss" });
    await prisma.team.update({ where: { id: team }, data: { name: HOSTILE } });
    const officer = await addPerson(database(), "officer", { roles: [...ROLES], team });
    await prisma.person.update({ where: { id: "officer" }, data: { name: HOSTILE } });
    for (let number = 0; number < 6; number++) await addPerson(database(), `p${number}`, { team });
    const group = await addApprovedGroup(database(), { administrators: [officer], name: "Rota", clearEveryDays: 7 });
    await prisma.chatGroup.update({ where: { id: group.id }, data: { purpose: HOSTILE } });
    const cleared = { groupId: group.id, dueOn: "2026-11-09", clearedFor: "group", confirmedById: "officer" };
    await prisma.clearDown.create({
      data: { id: "c", ...cleared, confirmedAt: clock.now(), recordsMovedTo: HOSTILE },
    });
    await addStoredExceptions(database(), "officer", [{ clauses: ["4.3", "4.10"] }]);
    const at = clock.now();
    await prisma.capturedRecord.create({
      data: {
        id: "r",
        reference: "REC-2222-2222",
        body: "nao",
        personId: "officer",
        startKey: "r",
        capturedAt: at,
        about: "Rota",
        content: HOSTILE,
        chat: "Chat",
        participants: "Somebody",
        saidOn: "2026-11-02",
        system: "Files",
        systemReference: HOSTILE,
      },
    });
    const registered = { body: "nao", personId: "officer", startKey: "x", recordedAt: at };
    await prisma.hold.create({
      data: {
        id: "h",
        reference: "HLD-2222-2222",
        body: "nao",
        placedById: "officer",
        startKey: "h",
        reason: "foi",
        keep: HOSTILE,
        placedAt: at,
      },
    });
    await prisma.consent.create({
      data: {
        ...registered,
        id: "c",
        reference: "PHO-2222-2222",
        name: "Somebody",
        givenOn: "2026-11-02",
        until: "2027-11-02",
        purpose: HOSTILE,
        formReference: "Shelf",
      },
    });
    await prisma.understandingCheck.create({
      data: {
        ...registered,
        id: "u",
        reference: "SUR-2222-2222",
        policy: "nao",
        version: "1",
        hash: "0",
        kind: "survey",
        heldBy: "A team",
        heldOn: "2026-11-02",
        takenBy: "9",
        result: HOSTILE,
        actions: "",
      },
    });
    await prisma.person.update({ where: { id: "p1" }, data: { name: HOSTILE } });
    await prisma.incident.create({
      data: {
        id: "i",
        reference: "INC-2222-2222",
        body: "nao",
        reporterId: "p1",
        startKey: "i",
        kind: "shared",
        reportedAt: at,
        mayBePersonalData: true,
        awareAt: at,
      },
    });
    await prisma.understandingSample.create({
      data: {
        id: "s",
        reference: "CHK-2222-2222",
        body: "nao",
        personId: "officer",
        startKey: "s",
        policy: "nao",
        version: "1",
        hash: "0".repeat(64),
        population: "body",
        populationName: "Everybody",
        populationSize: 9,
        populationHash: "0".repeat(64),
        seed: "s",
        lastDay: "2027-01-01",
        startedAt: at,
        sampled: {
          create: { id: "sp", personId: "p0", excusedAt: at, excusedById: "officer", excusedBecause: HOSTILE },
        },
      },
    });
    vi.spyOn(view, "isLookedAt").mockResolvedValue(false);
    const as = (actor: Actor) => vi.spyOn(session, "requireActor").mockResolvedValue(actor);
    for (const file of ROUTES) {
      const name = addressOf(file);
      const { address = "", params = {}, holds } = EXPORTS[name] ?? {};
      as(name.startsWith("/team/") ? { ...boss, roles: ["employee", "line-manager"] } : officer);
      const route = (await import(/* @vite-ignore */ `../../${file}`)) as {
        GET: (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
      };
      const response = await route.GET(new Request(`https://portal.invalid${address}`), {
        params: Promise.resolve({ ...params, ...(params["reference"] === "" && { reference: group.reference }) }),
      });
      expect(response.status, name).toBe(200);
      const rows = await readBack(await response.text());
      if (holds !== undefined) expect(rows.flat(), name).toContain(holds);
    }
    vi.spyOn(session, "getActor").mockResolvedValue(officer);
    const body = new URLSearchParams({ [TICKET_FIELD]: makeFormTicket(officer) });
    const sent = new Request("https://portal.invalid/records", { method: "POST", body });
    const records = await exportRecords(sent, { params: Promise.resolve({}) });
    expect((await readBack(await records.text())).flat()).toContain(HOSTILE);
    const pack = await getFoiPack(officer, "nao", "2026-11-24");
    const files = pack ? unzipSync(await zipFoiPack(pack, new Map())) : {};
    const tables = Object.entries(files).filter(([name]) => name.endsWith(".csv"));
    expect(tables.length).toBeGreaterThan(0);
    for (const [, bytes] of tables) await readBack(strFromU8(bytes));
  });
});
