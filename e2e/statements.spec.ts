import { makeSent } from "./exception-by-http.ts";
import { placeHold } from "./hold-by-http.ts";
import { HttpVisit } from "./http-visit.ts";
import { expect, test as base } from "./own-portal.ts";
import { inRole } from "./person.ts";
import { MODEL } from "./policy.ts";
import { keepResult } from "./receipt-by-http.ts";
import { startPostgresql } from "../scripts/test-postgresql.mjs";
import { startStatementProxy } from "../scripts/test-statements.mjs";

type Statements = Awaited<ReturnType<typeof startStatementProxy>>;

const test = base.extend<object, { database: Statements | null }>({
  database: [
    async ({}, use) => {
      const postgresql = await startPostgresql();
      if (!postgresql) return use(null);
      // The queue of timed work asks for itself, by connections of its own.
      const proxy = await startStatementProxy(postgresql.url, /pgboss/);
      await use(proxy);
      await proxy.close();
      postgresql.stop();
    },
    { scope: "worker", timeout: 600_000 },
  ],
  settings: [
    async ({ database }, use) => {
      await use({ ...(database && { DATABASE_URL: database.url, EVALUATION: "1" }), LIMIT_SEARCH: "99999" });
    },
    { scope: "worker" },
  ],
});

const MOST = 4;
const SITUATION =
  "app=covered&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no&chat=one-to-one";
/** Timed work may ask for something just then, and a session notes once a minute that it is used: the least counts. */
const TIMES = 5;
const PAGES = [
  "/",
  `/policies/${MODEL.slug}`,
  `/check?policy=${MODEL.slug}`,
  `/check?policy=${MODEL.slug}&${SITUATION}`,
  `/matrix?policy=${MODEL.slug}`,
  "/tasks",
  "/search?q=photo",
];
/** Where an address leads in the end. */
async function settle(visit: HttpVisit, path: string): Promise<string> {
  const { location } = await visit.get(path);
  return location ? settle(visit, location) : path;
}

test("a page sends at most four statements to the database, who it is for and the counts of its frame included", async ({
  playwright,
  portal: { address },
  database,
}) => {
  if (!database) return; // nothing is sent to an embedded database
  const { statements } = database;
  const employee = await HttpVisit.as(playwright.request, address, inRole("Employee", MODEL));
  const officer = await HttpVisit.as(playwright.request, address, inRole("Governance officer", MODEL));

  const count = async (path: string) => {
    const counts: number[] = [];
    let shortest: string[] = [];
    for (let times = 0; times < TIMES; times++) {
      statements.length = 0;
      const { status, location } = await employee.get(path);
      expect([status, location], path).toEqual([200, ""]);
      if (counts.length === 0 || statements.length < Math.min(...counts)) shortest = [...statements];
      counts.push(statements.length);
    }
    return { least: Math.min(...counts), shortest };
  };
  const countAll = async () => {
    for (const asked of PAGES) {
      // One address for one state: the wizard and the matrix put it in order.
      const path = await settle(employee, asked);
      const { least, shortest } = await count(path);
      expect(least, `${path} asks who it is for, and what the frame shows`).toBeGreaterThanOrEqual(2);
      expect(least, `${path}\n${shortest.join("\n\n")}`).toBeLessThanOrEqual(MOST);
    }
  };

  await test.step("for somebody of whom nothing is on record", countAll);
  await test.step("for somebody with a request, a kept result and a hold", async () => {
    await makeSent(employee, MODEL.slug, "4.4");
    await keepResult(employee, `policy=${MODEL.slug}&${SITUATION}`);
    await placeHold(officer);
    expect((await employee.get("/tasks")).text).toContain("Confirm the hold");
    await countAll();
  });
});
