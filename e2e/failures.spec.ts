import pg from "pg";
import { HttpVisit } from "./http-visit.ts";
import { expect, test as base } from "./own-portal.ts";
import { inRole } from "./person.ts";
import { MODEL } from "./policy.ts";
import { questionFields } from "./question-by-http.ts";
import { startPostgresql } from "../scripts/test-postgresql.mjs";

const PLANTED = "Siobhán Planted";
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

const test = base.extend<object, { databaseUrl: string | null }>({
  // Without PostgreSQL on this machine nobody else can get at the portal's database.
  databaseUrl: [
    async ({}, use) => {
      const postgresql = await startPostgresql();
      await use(postgresql?.url ?? null);
      postgresql?.stop();
    },
    { scope: "worker", timeout: 600_000 },
  ],
  settings: [
    async ({ databaseUrl }, use) => use(databaseUrl ? { DATABASE_URL: databaseUrl, EVALUATION: "1" } : {}),
    { scope: "worker" },
  ],
});

interface Line {
  level: string;
  id?: string;
  trace_id?: string;
  status?: number;
  error?: { class: string; message: string; stack: string };
}

test("what fails here has one line in the log with its cause, and nothing that was typed", async ({
  playwright,
  portal: { address, log },
  databaseUrl,
}) => {
  if (databaseUrl === null)
    return void test.info().annotations.push({ type: "not tested", description: "This machine has no PostgreSQL." });
  const visit = await HttpVisit.as(playwright.request, address, inRole("Employee", MODEL));
  const fields = await questionFields(visit, "model", "4.3");
  const lines = () =>
    log()
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Line);
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const rename = (from: string, to: string) => database.query(`ALTER TABLE "${from}" RENAME TO "${to}"`);
  await rename("CapturedRecord", "GoneCapturedRecord");
  await rename("ClauseQuestion", "GoneClauseQuestion");
  await visit.get("/records", { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` });
  await visit.post("/policies/model/ask/send", { ...fields, question: `${PLANTED} wants to know` });
  await expect.poll(() => lines().filter(({ status }) => status === 500).length).toBe(2);
  await rename("GoneCapturedRecord", "CapturedRecord");
  await rename("GoneClauseQuestion", "ClauseQuestion");
  await database.end();

  const requests = lines().filter(({ status }) => status === 500);
  for (const [number, [table, method, path]] of [
    ["CapturedRecord", "GET", "/records"],
    ["ClauseQuestion", "POST", "/policies/model/ask/send"],
  ].entries()) {
    const about = lines().filter(({ id, error }) => error && id === requests[number]?.id);
    expect(about, path).toEqual([
      expect.objectContaining({
        level: "error",
        method,
        path,
        route: expect.stringContaining("/"),
        person: expect.stringMatching(/^[\w-]{5,}$/),
      }),
    ]);
    const { error } = about[0] ?? {};
    expect(error?.class).toMatch(/^PrismaClient/);
    expect(error?.message).toMatch(new RegExp(`${table}.*does not exist`));
    expect(error?.stack).toMatch(/^at .+:\d+:\d+/);
  }
  expect(requests[0]?.trace_id).toBe(TRACE);
  expect(lines().find(({ error, trace_id: trace }) => error && trace === TRACE)).toBeTruthy();
  expect(log()).not.toContain("Planted");
  expect(lines().filter(({ level, error }) => level === "error" && error)).toHaveLength(2);
});
