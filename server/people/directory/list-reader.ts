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
    absences: z
      .array(z.object({ id: z.string(), firstDay: z.string(), lastDay: z.string() }))
      .nullish()
      .transform((absences) => absences ?? []),
  }),
);
const teamsSchema = z.array(
  z.object({ id: z.string(), body: z.string(), name: z.string(), managerId: z.string().nullable() }),
);

/** How many rows go from one process to the other at once; receiving that many takes a few milliseconds. */
const ROWS_AT_ONCE = 1000;
const ADDRESSES_AT_ONCE = 1000;

/** What a plan changes in a body, in figures. */
export interface PlanOutline {
  body: string;
  /** Rows of the list about this body. */
  rows: number;
  counts: { added: number; changed: number; left: number; unchanged: number; absences: number };
}

/** The parts of a plan that are written. */
export type PlanPart = "newTeams" | "added" | "changed" | "left" | "absences";

/**
 * Reads a list of people and compares it with the directory passed to it. It has no database and runs in a separate
 * process (list-reader-process.ts): only plain values go in and out, in batches small enough to pass quickly.
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
   * Reads and checks each row on its own.
   * @returns `bodies`: those in the list, always in the same order, so that two imports never deadlock; `file`: its
   *   SHA-256
   */
  read(bytes: Uint8Array): { bodies: string[]; file: string } {
    this.#list = readList(bytes, this.#bodies);
    const file = createHash("sha256").update(bytes).digest("hex");
    return { bodies: [...new Set(this.#list.rows.map(({ body }) => body))].sort(), file };
  }

  /** The next batch of the list's addresses; empty after the last. */
  addresses(from: number): string[] {
    return this.#list.rows.slice(from, from + ADDRESSES_AT_ONCE).map(({ email }) => email);
  }

  /** Receives people of the directory, as JSON from the database. */
  knowPeople(json: string): void {
    this.#people.push(...peopleSchema.parse(JSON.parse(json)));
  }

  /** Receives teams of the directory, as JSON from the database. */
  knowTeams(json: string): void {
    this.#teams.push(...teamsSchema.parse(JSON.parse(json)));
  }

  /** Compares the list with the directory it has received. */
  plan(given: { taken: readonly string[]; actorId: string | null; today: string }): {
    report: ImportReport;
    outlines: PlanOutline[];
  } {
    const { rows, faulty, faults, unknown, count } = this.#list;
    const { actorId, today } = given;
    const directory = { people: this.#people, teams: this.#teams, taken: new Set(given.taken) };
    const of = { rows, faulty, faults, bodies: this.#bodies, directory, actorId, today, makeId: randomUUID };
    const planned = planImport(of);
    // Faulty rows cannot be read, so it is not known who is missing from the list.
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

  /** The next batch of the plan's changes to a body; empty after the last. */
  part<Part extends PlanPart>({ body, part, from }: { body: string; part: Part; from: number }): BodyPlan[Part] {
    const plan = this.#plans.find((one) => one.body === body);
    return (plan?.[part].slice(from, from + ROWS_AT_ONCE) ?? []) as BodyPlan[Part];
  }

  #outlineOf({ body, added, changed, left, unchanged, absences }: BodyPlan): PlanOutline {
    const people = { added: added.length, changed: changed.length, left: left.length, unchanged };
    const counts = { ...people, absences: absences.length };
    return { body, rows: this.#list.rows.filter((row) => row.body === body).length, counts };
  }
}
