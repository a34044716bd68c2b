import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { type DirectoryPerson, PERSON_KINDS, type PersonFields } from "#domain/access/identity/person.ts";
import { rolesSchema } from "#domain/access/permission/permission.ts";
import { changedFields, turnOf } from "#domain/people/directory/change.ts";
import {
  areMany,
  type BodyPlan,
  FirstFaults,
  type KnownPerson,
  type KnownTeam,
  planImport,
} from "#domain/people/directory/import-plan.ts";
import type { BodyReport, ImportReport } from "#domain/people/directory/import-report.ts";
import {
  IMPORT_FIELDS,
  type ImportBody,
  type ImportField,
  type ImportRow,
  readHeader,
  readRow,
} from "#domain/people/directory/import-row.ts";
import { LIST_LIMITS, readTable, UnreadableList } from "./import-table-reader.ts";

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

/** The contents of a list, row by row. */
interface ImportList {
  rows: ImportRow[];
  unknown: string[];
  faults: FirstFaults;
  faulty: { row: number; email: string }[];
  /** Number of rows, including faulty ones. */
  count: number;
}

/** The valid rows of a file, and the faults in the others; each row is checked on its own. */
function readList(bytes: Uint8Array, bodies: readonly ImportBody[]): ImportList {
  try {
    return readRows(bytes, bodies);
  } catch (error) {
    if (!(error instanceof UnreadableList)) throw error;
    return unreadable([error.message]);
  }
}

/** A list that could not be read at all, with the reasons. */
function unreadable(reasons: readonly string[]): ImportList {
  const faults = new FirstFaults();
  for (const reason of reasons) faults.push({ row: 1, field: null, reason });
  return { rows: [], unknown: [], faults, faulty: [], count: reasons.length };
}

function readRows(bytes: Uint8Array, bodies: readonly ImportBody[]): ImportList {
  const { records, skipped } = readTable(bytes);
  const list: ImportList = { rows: [], unknown: [], faults: new FirstFaults(), faulty: [], count: 0 };
  let fields: (ImportField | null)[] | undefined;
  let row = skipped;
  for (const cells of records) {
    row++;
    if (!fields) {
      if (cells.length > LIST_LIMITS.columns)
        throw new UnreadableList(
          `The first line names more than ${LIST_LIMITS.columns} columns. Take out those that are not needed.`,
        );
      const header = readHeader(cells);
      if (header.problems.length > 0) return unreadable(header.problems);
      if (bodies.length > 1 && !header.fields.includes("body"))
        throw new UnreadableList(
          `There is no column “${IMPORT_FIELDS.body.label}”, and this portal serves several bodies. Add it, or name the one that the list is about.`,
        );
      ({ fields, unknown: list.unknown } = header);
    } else if (cells.some((cell) => cell.trim() !== "")) {
      if (++list.count > LIST_LIMITS.rows)
        throw new UnreadableList(
          `The list has more than ${LIST_LIMITS.rows.toLocaleString("en-GB")} lines with something in them. Split it by body.`,
        );
      readCells(list, { row, fields, cells, bodies });
    }
  }
  if (list.count === 0)
    throw new UnreadableList(
      `There is nobody in it: below the first line, give one line for each person, beginning with ${IMPORT_FIELDS.email.label}.`,
    );
  return list;
}

interface Line {
  row: number;
  fields: readonly (ImportField | null)[];
  cells: readonly string[];
  bodies: readonly ImportBody[];
}

function readCells({ rows, faults, faulty }: ImportList, { row, fields, cells, bodies }: Line): void {
  const problem = lengthProblem(fields.length, cells);
  const named = fields.flatMap((field, column) => (field ? [[field, cells[column] ?? ""] as const] : []));
  const read = problem
    ? { faults: [{ row, field: null, reason: problem }] }
    : readRow(row, Object.fromEntries(named), bodies);
  if ("row" in read) {
    rows.push(read.row);
    return;
  }
  for (const fault of read.faults) faults.push(fault);
  const email = normaliseEmail(cells[fields.indexOf("email")] ?? "");
  if (email !== "") faulty.push({ row, email });
}

function lengthProblem(columns: number, cells: readonly string[]): string | null {
  if (cells.length < columns) return `It has ${cells.length} of ${columns} values. Look for a missing separator.`;
  if (cells.slice(columns).every((cell) => cell.trim() === "")) return null;
  const count = cells.length > LIST_LIMITS.columns ? `more than ${LIST_LIMITS.columns}` : cells.length;
  return `It has ${count} values, and the first line names ${columns} columns.`;
}

/** The most that are listed by name; the total is always given. */
const NAMED = 200;

const WORDS: Record<keyof PersonFields, string> = {
  email: "e-mail",
  name: "name",
  employer: "employer",
  teamId: "team",
  managerId: "line manager",
  roles: "roles",
  status: "state",
  kind: "kind",
  startsOn: "start",
  leavesOn: "leaving date",
  awayUntil: "away until",
  externalId: "directory id",
};

function reportOf(plan: BodyPlan, { slug, name }: ImportBody): BodyReport {
  const { added, changed, left, unchanged, gone, newTeams, notes, activeBefore } = plan;
  const named = (one: DirectoryPerson, what: string) => ({ email: one.email, name: one.name, what });
  return {
    slug,
    name,
    activeBefore,
    notes,
    newTeams: newTeams.slice(0, NAMED).map((team) => team.name),
    newTeamCount: newTeams.length,
    absenceCount: plan.absences.length,
    counts: { added: added.length, changed: changed.length, left: left.length, unchanged, gone },
    areMany: areMany(left.length, activeBefore),
    added: added.slice(0, NAMED).map((one) => named(one, one.roles.length > 1 ? one.roles.slice(1).join(", ") : "")),
    changed: changed.slice(0, NAMED).map(({ before, after }) => {
      if (turnOf(before, after) === "returned") return named(after, "is back");
      return named(
        after,
        changedFields(before, after)
          .map((field) => WORDS[field])
          .join(", "),
      );
    }),
    left: left.slice(0, NAMED).map(({ after }) => named(after, "")),
  };
}

/** Identical for plans that make the same changes; ids generated at each check are left out. */
function fingerprintOfImport(plans: readonly BodyPlan[], teams: readonly KnownTeam[]): string {
  const nameOf = new Map<string, string>(teams.map(({ id }) => [id, id]));
  for (const { newTeams } of plans) for (const { id, name } of newTeams) nameOf.set(id, `new ${name}`);
  for (const { added } of plans) for (const { id, email } of added) nameOf.set(id, `new ${email}`);
  const steady = (id: string | null) => id && (nameOf.get(id) ?? id);
  const hash = createHash("sha256");
  for (const { body, added, changed, left } of plans)
    for (const [what, people] of Object.entries({
      added,
      changed: changed.map(({ after }) => after),
      left: left.map(({ after }) => after),
    }))
      for (const { id, teamId, managerId, ...fields } of people)
        hash.update(JSON.stringify([body, what, steady(id), steady(teamId), steady(managerId), fields]));
  for (const { body, absences } of plans)
    for (const { personId, ...step } of absences) hash.update(JSON.stringify([body, steady(personId), step]));
  return hash.digest("hex");
}
