import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { ROLES, type Role } from "../domain/access/permission/permission.ts";
import { readContent } from "#server/base/content/read.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { findFreePort } from "../scripts/test-postgresql.mjs";
import { writeLibrary } from "./library-content.ts";
import { lineOf, median, type Part } from "./line.ts";
import { BENCH_FOLDER, EMPTY_PAGE, startPortalCopy } from "./portal-copy.ts";
import { peakResidentBytes } from "./process-cpu.ts";
import { fillBody, idOf } from "#server/testing/large-body.ts";
import { SIZE_PAGES, type SizePage } from "./size-pages.ts";
import { makePostgresqlDatabase } from "./write-database.ts";

const BODY = "example-borough";
const POLICIES = 20;
const ROUNDS = 7;
const SECRET = "signs the sessions of the bench and nothing else";
/** A page may take so many times what the best statement takes, and one empty page. */
const TIMES_OF_SQL = 3;
const MOST_PAGE_BYTES = 150_000;
const MOST_MEMORY = 600 * 2 ** 20;

/** The pages of a body of many people, each against the best SQL for the same answer; how large they are; and the memory that the portal takes. */
export const benchSize: Part = async (print, say, { people }) => {
  const database = await makePostgresqlDatabase();
  if (!database) return say("size: no PostgreSQL was found");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const body = await makeLargeBody(client, database.url, people, say);
  try {
    const portal = await startPortalCopy(body.settings);
    try {
      const cookies = new Map<Role, string>();
      for (const role of ROLES) cookies.set(role, await openSession(client, idOf(role)));
      const plans = Array.of<string>();
      for (const page of SIZE_PAGES) {
        say(`size: ${page.role}, ${page.path}`);
        const { ours, sql, empty, bytes } = await measure(client, portal.origin, cookies.get(page.role) ?? "", page);
        const name = `size/${people}/${page.name}`;
        const peerValue = TIMES_OF_SQL * sql + empty;
        print(lineOf({ name, value: ours, unit: "ms", peer: "3 × hand-written SQL + an empty page", peerValue }));
        print(lineOf({ ...IN_BYTES, name: `${name}/bytes`, value: bytes, peerValue: MOST_PAGE_BYTES }));
        plans.push(`-- ${page.name}\n${page.sql.trim()}\n\n${await planOf(client, page)}`);
      }
      writeFileSync(path.join(BENCH_FOLDER, `size-plans-${people}.txt`), `${plans.join("\n\n")}\n`);
      const memory = peakResidentBytes(portal.pid);
      print(lineOf({ ...IN_BYTES, name: `size/${people}/memory`, value: memory, peerValue: MOST_MEMORY }));
    } finally {
      await portal.stop();
    }
  } finally {
    await client.end();
    await database.drop();
    body.remove();
  }
};

const IN_BYTES = { unit: "bytes", peer: "the bound" } as const;

/**
 * Makes the content of a large body and fills the database with it.
 * @param url of the same database as the client's
 * @returns the settings of a portal for it, and what removes its content
 */
export async function makeLargeBody(
  client: pg.Client,
  url: string,
  people: number,
  say: (progress: string) => void,
): Promise<{ settings: Record<string, string>; remove(): void }> {
  const content = mkdtempSync(path.join(tmpdir(), "with-care-bench-"));
  const remove = () => rmSync(content, { recursive: true, force: true });
  process.once("exit", remove);
  writeLibrary(content, { policies: POLICIES, versions: 2 });
  const { bodies, versions } = await readContent(content);
  await (await openPostgresql(url, path.join("prisma", "migrations"))).close();
  const policies = [...new Set(versions.map(({ slug }) => slug))].map((slug) => ({
    slug,
    versions: versions
      .filter((one) => one.slug === slug)
      .sort((a, b) => Number(a.version) - Number(b.version))
      .map(({ version, hashes }) => ({ version, hash: hashes.hash })),
  }));
  await fillBody(client, { body: BODY, employer: bodies[0]?.employers[0] ?? BODY, people, policies }, say);
  const settings = {
    CONTENT_DIR: content,
    DATABASE_URL: url,
    AUTH_SECRET: SECRET,
    // People who are not invented need a provider; nobody signs in through this one.
    OIDC_ISSUER: `http://127.0.0.1:${await findFreePort()}`,
    OIDC_CLIENT_ID: "bench",
    OIDC_CLIENT_SECRET: "a secret of the bench, long enough for one",
    LIMIT_SEARCH: "99999",
  };
  return { settings, remove };
}

/** A session as the portal keeps it, sealed as its cookies are. @returns the cookie header */
export async function openSession(client: pg.Client, personId: string): Promise<string> {
  const token = `bench-${personId}`;
  await client.query(
    `INSERT INTO "Session" (id, token, "personId", "expiresAt", "updatedAt") VALUES ($1, $1, $2, now() + interval '12 hours', now())`,
    [token, personId],
  );
  const seal = createHmac("sha256", SECRET).update(token).digest("base64");
  return `with-care.session_token=${encodeURIComponent(`${token}.${seal}`)}`;
}

/** Medians in milliseconds, each taken in turns; and the size of the page as it comes uncompressed. */
async function measure(client: pg.Client, origin: string, cookie: string, { path: address, sql, heading }: SizePage) {
  const times = { ours: Array.of<number>(), sql: Array.of<number>(), empty: Array.of<number>() };
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await timed(async () => (bytes = (await getPage(origin + address, cookie, heading)).length)));
    times.sql.push(await timed(() => client.query(sql)));
    times.empty.push(await timed(() => getPage(origin + EMPTY_PAGE, cookie, "")));
  }
  return { ours: median(times.ours), sql: median(times.sql), empty: median(times.empty), bytes };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** @throws Error unless it is the page with this heading */
async function getPage(address: string, cookie: string, heading: string): Promise<Buffer> {
  const response = await fetch(address, { headers: { cookie, accept: "text/html" }, redirect: "manual" });
  const page = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200 || !page.includes(heading))
    throw new Error(`${address} is not the page “${heading}”: status ${response.status}.`);
  return page;
}

async function planOf(client: pg.Client, { sql }: SizePage): Promise<string> {
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${sql}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}
