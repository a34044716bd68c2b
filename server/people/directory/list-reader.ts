import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { rolesSchema } from "#domain/access/permission/role.ts";
import type { ImportReport } from "#domain/people/directory/import-report.ts";
import { planImport, type BodyPlan, type KnownPerson, type KnownTeam } from "#domain/people/directory/import-plan.ts";
import type { ImportBody } from "#domain/people/directory/import-row.ts";
import { PERSON_KINDS } from "#domain/access/identity/person.ts";
import { readList, unreadable, type ImportList } from "./import-list-reader.ts";
import { fingerprintOfImport, reportOf } from "./import-report-writer.ts";

const peopleSchema = z.array(
  z.object({
    id: z.string(),
    body: z.string(),
    email: z.string(),
    name: z.string(),
    employer: z.string(),
    teamId: z.string().nullable(),
    managerId: z.string().nullable(),
    roles: rolesSchema,
    status: z.enum(["active", "left"]),
    kind: z.enum(PERSON_KINDS),
    startsOn: z.string().nullable(),
    leavesOn: z.string().nullable(),
    awayUntil: z.string().nullable(),
    externalId: z.string().nullable(),
    isSample: z.boolean(),
  }),
);
const teamsSchema = z.array(
  z.object({ id: z.string(), body: z.string(), name: z.string(), managerId: z.string().nullable() }),
);

/** As many go from one process to the other at once: taking them in takes a few milliseconds. */
const ROWS_AT_ONCE = 1000;
const ADDRESSES_AT_ONCE = 1000;

/** What a plan does to a body, in figures. */
export interface PlanOutline {
  body: string;
  /** Rows of the list that are about it. */
  rows: number;
  counts: { added: number; changed: number; left: number; unchanged: number };
}

/** The parts of a plan that are written. */
export type PlanPart = "newTeams" | "added" | "changed" | "left";

/**
 * Reads a list of people and compares it with the directory that it is given. It knows no database, and lives in a process
 * of its own (list-reader-process.ts): all that goes in and out are values, never so many that passing them on takes long.
 */
export class ListReader {
  #list: ImportList = unreadable([]);
  readonly #people: KnownPerson[] = [];
  readonly #teams: KnownTeam[] = [];
  #plans: readonly BodyPlan[] = [];

  readonly #bodies: readonly ImportBody[];

  constructor(bodies: readonly ImportBody[]) {
    this.#bodies = bodies;
  }

  /**
   * Reads each row by itself.
   * @returns `bodies`: those it is about, in one order, so that two lists wait for each other rather than both;
   *   `file`: its SHA-256
   */
  read(bytes: Uint8Array): { bodies: string[]; file: string } {
    this.#list = readList(bytes, this.#bodies);
    const file = createHash("sha256").update(bytes).digest("hex");
    return { bodies: [...new Set(this.#list.rows.map(({ body }) => body))].sort(), file };
  }

  /** The next addresses of the list; none after the last. */
  addresses(from: number): string[] {
    return this.#list.rows.slice(from, from + ADDRESSES_AT_ONCE).map(({ email }) => email);
  }

  /** Takes people of the directory, as the database writes them. */
  knowPeople(json: string): void {
    this.#people.push(...peopleSchema.parse(JSON.parse(json)));
  }

  /** Takes teams of the directory, as the database writes them. */
  knowTeams(json: string): void {
    this.#teams.push(...teamsSchema.parse(JSON.parse(json)));
  }

  /** Compares the list with what it was given of the directory. */
  plan(given: { taken: readonly string[]; actorId: string | null; today: string }): {
    report: ImportReport;
    outlines: PlanOutline[];
  } {
    const { rows, faulty, faults, unknown, count } = this.#list;
    const { actorId, today } = given;
    const directory = { people: this.#people, teams: this.#teams, taken: new Set(given.taken) };
    const of = { rows, faulty, faults, bodies: this.#bodies, directory, actorId, today, makeId: randomUUID };
    const planned = planImport(of);
    // What faulty rows say is not known, so neither is who is missing.
    this.#plans = planned.faultCount > 0 ? [] : planned.plans;
    const reports = this.#plans.flatMap((plan) =>
      this.#bodies.flatMap((body) => (body.slug === plan.body ? [reportOf(plan, body)] : [])),
    );
    const report: ImportReport = {
      rows: count,
      unknown,
      faults: planned.faults,
      faultCount: planned.faultCount,
      bodies: reports,
      fingerprint: fingerprintOfImport(this.#plans, this.#teams),
    };
    return { report, outlines: this.#plans.map((plan) => this.#outlineOf(plan)) };
  }

  /** The next of what the plan does to a body; none after the last. */
  part<Part extends PlanPart>({ body, part, from }: { body: string; part: Part; from: number }): BodyPlan[Part] {
    const plan = this.#plans.find((one) => one.body === body);
    return (plan?.[part].slice(from, from + ROWS_AT_ONCE) ?? []) as BodyPlan[Part];
  }

  #outlineOf({ body, added, changed, left, unchanged }: BodyPlan): PlanOutline {
    const counts = { added: added.length, changed: changed.length, left: left.length, unchanged };
    return { body, rows: this.#list.rows.filter((row) => row.body === body).length, counts };
  }
}
