import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Actor, type Role, ROLES } from "#domain/access/permission/permission.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { getEvidenceRegister } from "#server/evidence/journal/queries.ts";
import { getMailList, MOST_COUNTED } from "#server/evidence/outbox/queries.ts";
import { getFollowUp } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { getDirectory, getDirectoryTeams } from "#server/people/directory/queries.ts";
import { getConsentRegister } from "#server/registers/consent/queries.ts";
import { getGroupRegister } from "#server/registers/group/list-queries.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { fillBody, idOf, PEOPLE_IN_A_TEAM } from "#server/testing/large-body.ts";
import { listTasks } from "./queries.ts";

const BODY = "example-borough";
const PEOPLE = 100_000;
/** Tables that are never read from one end to the other for a page. */
const LARGE = ["Person", "Acknowledgement", "Evidence", "EvidenceDetail", "Mail", "Notice"];

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}

/** What a page reads: who reads it, the table that it lists, and how many rows of it two pages have. */
interface ReadList {
  role: Role;
  table: string;
  twoPages: number;
  read(actor: Actor): Promise<unknown>;
}

const LISTS: Record<string, ReadList> = {
  people: { role: "administrator", table: "Person", twoPages: 102, read: (actor) => people(actor, "") },
  "people with a rare name": {
    role: "administrator",
    table: "Person",
    twoPages: 102,
    read: (actor) => people(actor, "77701"),
  },
  teams: {
    role: "administrator",
    table: "Team",
    twoPages: 52,
    read: async (actor) => getDirectoryTeams(actor, {})?.page(null) ?? null,
  },
  mail: {
    role: "administrator",
    table: "Mail",
    twoPages: MOST_COUNTED + 52, // its three numbers are counted up to a limit
    read: (actor) => getMailList(actor, "dead", null),
  },
  groups: {
    role: "auditor",
    table: "ChatGroup",
    twoPages: 52,
    read: async (actor) => (await getGroupRegister(actor, {}))?.page(null) ?? null,
  },
  evidence: {
    role: "auditor",
    table: "Evidence",
    twoPages: 102,
    read: async (actor) => (await getEvidenceRegister(actor, {}))?.page(null) ?? null,
  },
  consents: {
    role: "governance-officer",
    table: "Consent",
    twoPages: 52,
    read: async (actor) => getConsentRegister(actor, {})?.page(null) ?? null,
  },
  "one's own people": {
    role: "line-manager",
    table: "Person",
    twoPages: PEOPLE / PEOPLE_IN_A_TEAM, // all of one manager's are sorted by name: twenty in most bodies
    read: async (actor) => (await getFollowUp(actor, {}, "team"))?.page(null) ?? null,
  },
};

const people = async (actor: Actor, typed: string) => (await getDirectory(actor, { q: typed }))?.page(null) ?? null;

// It takes minutes to make so many, so this is a part of npm run test:wide.
describe.runIf(ENGINES.includes("postgresql") && process.env["LARGE_BODY"] !== undefined)(
  "with 100,000 people, the plans",
  () => {
    let database: Database;
    let drop: () => Promise<void>;
    let plans: PlanNode[] = [];

    beforeAll(async () => {
      const made = await createPostgresqlDatabase();
      drop = made.drop;
      await (await openPostgresql(made.url, MIGRATIONS)).close();
      const client = new pg.Client({ connectionString: made.sessionUrl });
      await client.connect();
      const { policies } = await loadContent();
      const answered = policies
        .filter(({ versions: [first] }) => first?.frontMatter.body === BODY)
        .map(({ slug, versions }) => ({
          slug,
          versions: versions.filter(({ isPublished }) => isPublished).slice(0, 2),
        }));
      await fillBody(client, { body: BODY, employer: BODY, people: PEOPLE, policies: answered }, () => {});
      // Each statement's plan comes as a notice, with what it read.
      const { rows } = await client.query<{ name: string }>("SELECT current_database() AS name");
      for (const setting of [
        "session_preload_libraries = 'auto_explain'",
        "auto_explain.log_min_duration = 0",
        "auto_explain.log_analyze = on",
        "auto_explain.log_timing = off",
        "auto_explain.log_format = json",
        "auto_explain.log_level = notice",
      ])
        await client.query(`ALTER DATABASE "${rows[0]?.name ?? ""}" SET ${setting}`);
      await client.end();
      const { emit } = pg.Client.prototype;
      vi.spyOn(pg.Client.prototype, "emit").mockImplementation(function (this: pg.Client, event, ...told: unknown[]) {
        const plan = event === "notice" && /plan:\n([^]*)$/.exec((told[0] as Error).message)?.[1];
        if (plan) plans.push((JSON.parse(plan) as { Plan: PlanNode }).Plan);
        return emit.call(this, event, ...told);
      });
      database = await openPostgresql(made.url, MIGRATIONS);
      useDatabase(database);
    }, 600_000);
    afterAll(async () => {
      useDatabase(undefined);
      await database.close();
      await drop();
    });

    const readPlans = async (role: Role, read: (actor: Actor) => Promise<unknown>): Promise<PlanNode[]> => {
      const actor = await findActor(idOf(role));
      if (!actor) throw new Error(`Nobody is ${role}.`);
      plans = [];
      expect(await read(actor)).not.toBeNull();
      expect(plans.length, "plans were told").toBeGreaterThan(0);
      return plans.flatMap(allNodes);
    };
    const readWhole = (nodes: readonly PlanNode[]) =>
      nodes.filter((node) => node["Node Type"].endsWith("Seq Scan") && LARGE.includes(node["Relation Name"] ?? ""));

    it.each(Object.keys(LISTS))("of the list of %s read no more than two pages of rows", async (name) => {
      const list = LISTS[name];
      if (!list) throw new Error("There is no such list.");
      const nodes = await readPlans(list.role, list.read);
      expect(readWhole(nodes)).toEqual([]);
      const read = nodes
        .filter((node) => node["Relation Name"] === list.table && !node["Node Type"].startsWith("Bitmap Index"))
        .map((node) => (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]);
      expect(Math.max(...read)).toBeLessThanOrEqual(list.twoPages);
    });

    it.each(ROLES)("of the tasks of somebody in the role of %s read no large table from end to end", async (role) => {
      expect(readWhole(await readPlans(role, listTasks))).toEqual([]);
    });
  },
);

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)];
}
