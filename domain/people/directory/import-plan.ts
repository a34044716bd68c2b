/** What a list of people changes in the directory of its bodies: who is added, changed or has left. */
import { lineManagerOf } from "./line-manager.ts";
import { nameKey } from "#domain/access/identity/name.ts";
import { type DirectoryPerson, isPastLastDay, type PersonFields } from "#domain/access/identity/person.ts";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import type { Role } from "#domain/access/permission/permission.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import { absenceSteps, type PersonAbsenceStep } from "#domain/people/absence/absence.ts";
import { changedFields, isPortalAdministrator, orderedRoles, turnOf } from "./change.ts";
import type { ImportBody, ImportRow, RowFault } from "./import-row.ts";

export interface KnownPerson extends DirectoryPerson {
  /** A sample person: a list neither changes them nor counts them as missing. */
  isSample: boolean;
  /** Their absences that came from lists. */
  absences?: readonly (DayRange & { id: string })[] | undefined;
}

export interface KnownTeam {
  id: string;
  body: string;
  name: string;
  managerId: string | null;
}

export interface Directory {
  /** People of the bodies in the list, leavers included. */
  people: readonly KnownPerson[];
  teams: readonly KnownTeam[];
  /** Addresses in the list that belong to people of other bodies. */
  taken: ReadonlySet<string>;
}

export interface PersonStep {
  before: DirectoryPerson;
  after: DirectoryPerson;
}

export interface BodyPlan {
  body: string;
  newTeams: { id: string; name: string }[];
  added: DirectoryPerson[];
  /** Come back, moved to another team, or otherwise changed. */
  changed: PersonStep[];
  left: PersonStep[];
  /** What changes of their absences. */
  absences: PersonAbsenceStep[];
  unchanged: number;
  /** In the list with a leaving date in the past, and already marked as having left. */
  gone: number;
  /** Parts of the list that are not carried out, in whole sentences. */
  notes: string[];
  activeBefore: number;
}

export interface PlanInput {
  /** By row. */
  rows: readonly ImportRow[];
  /** Addresses in rows with faults of their own: other rows may refer to them. */
  faulty?: readonly { row: number; email: string }[];
  /** Faults found in single rows so far; those between rows are added to them. */
  faults?: FirstFaults;
  bodies: readonly ImportBody[];
  directory: Directory;
  /** The administrator who confirms it, if any. */
  actorId: string | null;
  /** YYYY-MM-DD, in London. */
  today: string;
  makeId: () => string;
}

/** At least five, and more than a tenth: then somebody has to confirm that so many have left. */
export const areMany = (left: number, activeBefore: number): boolean => left >= 5 && left * 10 > activeBefore;

/**
 * Compares a list with the directory. Faults in single rows were found before; this finds those between rows. Takes
 * time linear in the rows and the people.
 * @returns `faults`: the first thousand, by row; `faultCount`: the total
 */
export function planImport(input: PlanInput): { faults: RowFault[]; faultCount: number; plans: BodyPlan[] } {
  const { rows, faulty = [], faults = new FirstFaults() } = input;
  noteTwice([...rows, ...faulty], faults);
  noteTaken(input, faults);
  const plans = input.bodies.flatMap((body) => {
    const ofBody = rows.filter((row) => row.body === body.slug);
    return ofBody.length === 0 ? [] : planBody(input, body, ofBody, faults);
  });
  return { faults: faults.list(), faultCount: faults.count, plans };
}

/** How many rows are named if the same address is in more of them. */
const MOST_NAMED_ROWS = 5;

function noteTwice(rows: readonly { row: number; email: string }[], faults: FirstFaults): void {
  const byEmail = new Map<string, number[]>();
  for (const { email, row } of rows) {
    const numbers = byEmail.get(email);
    if (numbers) numbers.push(row);
    else byEmail.set(email, [row]);
  }
  for (const [email, numbers] of byEmail) {
    if (numbers.length < 2) continue;
    const named = numbers
      .sort((a, b) => a - b)
      .slice(0, MOST_NAMED_ROWS)
      .join(" and ");
    const more = numbers.length - MOST_NAMED_ROWS;
    const reason = `${email} is in rows ${named}${more > 0 ? ` and ${more} more` : ""}. Keep one of them.`;
    for (const row of numbers) faults.push({ row, field: "email", reason });
  }
}

function noteTaken({ rows, directory: { taken, people } }: PlanInput, faults: FirstFaults): void {
  const sample = new Map(people.flatMap(({ email, isSample, body }) => (isSample ? [[email, body] as const] : [])));
  const bodyOf = new Map(people.map(({ email, body }) => [email, body]));
  const fault = (row: number, reason: string) => faults.push({ row, field: "email", reason });
  for (const { row, email, body } of rows) {
    const known = bodyOf.get(email);
    if (sample.has(email)) fault(row, `${email} belongs to an invented person, who stays as they are.`);
    else if (taken.has(email) || (known !== undefined && known !== body))
      fault(row, `${email} cannot be used here: somebody else in this portal has it.`);
  }
}

function planBody(input: PlanInput, body: ImportBody, rows: readonly ImportRow[], faults: FirstFaults): BodyPlan {
  const { directory, makeId } = input;
  const known = directory.people.filter((one) => one.body === body.slug && !one.isSample);
  const knownBy = new Map(known.map((person) => [normaliseEmail(person.email), person]));
  const teams = teamFinder(directory.teams, body.slug, makeId);
  const context = { body, teams, faults };
  const states = new Map(rows.map((row) => [row, stateOf(row, knownBy.get(row.email), context, input)]));
  const listed = new Set(rows.map(({ email }) => email));
  const missing = known.filter(({ email, status }) => status === "active" && !listed.has(normaliseEmail(email)));
  const list: ListOfBody = { body, known, knownBy, states, missing };
  const { spared, notes } = keepAdministrators(list, input);
  giveManagers(list, spared, input.faulty, faults);
  noteCircles(list, faults);
  const managers = namedManagers(list, input);
  for (const state of states.values()) state.roles = rolesWith(state, managers);
  refuseOwnChanges(list, spared, input, faults);
  const steps = stepsOf(list, spared, managers);
  return {
    body: body.slug,
    newTeams: teams.made([...steps.added, ...steps.changed.map(({ after }) => after)]),
    ...steps,
    absences: absencesOf(list, input.today),
    notes,
    activeBefore: known.filter(({ status }) => status === "active").length,
  };
}

interface ListOfBody {
  body: ImportBody;
  known: readonly KnownPerson[];
  /** By address. */
  knownBy: ReadonlyMap<string, KnownPerson>;
  /** Somebody's state after their row; later steps of the plan still change it. */
  states: ReadonlyMap<ImportRow, DirectoryPerson>;
  /** Active people who are not in the list. */
  missing: readonly KnownPerson[];
}

interface StateContext {
  body: ImportBody;
  teams: ReturnType<typeof teamFinder>;
  faults: FirstFaults;
}

function stateOf(
  row: ImportRow,
  before: KnownPerson | undefined,
  { body, teams, faults }: StateContext,
  { today, makeId }: PlanInput,
): DirectoryPerson {
  const { email, name, roles, kind, team } = row;
  const wasLeft = before?.status === "left";
  const stored = (before?.leavesOn && wasLeft && before.leavesOn < today ? null : before?.leavesOn) ?? null;
  const startsOn = row.startsOn === undefined ? (before?.startsOn ?? null) : row.startsOn;
  const leavesOn = row.leavesOn === undefined ? stored : row.leavesOn;
  const awayUntil = row.awayUntil === undefined ? (before?.awayUntil ?? null) : row.awayUntil;
  const employer = row.employer ?? before?.employer ?? (body.employers.length === 1 ? body.employers[0] : undefined);
  if (employer === undefined)
    faults.push({ row: row.row, field: "employer", reason: `Say which: ${body.employers.join(" or ")}.` });
  return {
    id: before?.id ?? makeId(),
    body: body.slug,
    email,
    name,
    employer: employer ?? "",
    teamId: team === undefined ? (before?.teamId ?? null) : team === null ? null : teams.idOf(team),
    managerId: before?.managerId ?? null,
    roles: orderedRoles(roles ?? before?.roles ?? []),
    status: isPastLastDay({ leavesOn }, today) ? "left" : "active",
    kind: kind ?? before?.kind ?? "employee",
    startsOn,
    leavesOn,
    awayUntil,
    externalId: before?.externalId ?? null,
  };
}

const ACTOR_STAYS =
  "You are not in the list, and stay as you are: another administrator has to say that you have left.";

/** Whoever confirms a list stays even if they are not in it, and a body keeps an administrator. */
function keepAdministrators({ body, known, states, missing }: ListOfBody, { actorId, today }: PlanInput) {
  if (actorId !== null) {
    const left = missing.filter(({ id }) => id === actorId);
    return { spared: new Set(left), notes: left.length > 0 ? [ACTOR_STAYS] : [] };
  }
  const [first] = known.filter(isPortalAdministrator);
  if (!first || [...states.values()].some(isPortalAdministrator)) return { spared: new Set<KnownPerson>(), notes: [] };
  const state = [...states.values()].find(({ id }) => id === first.id);
  if (state) Object.assign(state, { status: "active", roles: orderedRoles([...state.roles, "administrator"]) });
  if (state && isPastLastDay(state, today)) state.leavesOn = first.leavesOn;
  const note = `${first.email} stays an administrator, whatever the list says: ${body.name} would have none.`;
  return { spared: new Set(state ? [] : [first]), notes: [note] };
}

/**
 * A list cannot change the permissions of whoever confirms it: neither in their own row, nor by making them a line
 * manager.
 */
function refuseOwnChanges(
  { states, missing }: ListOfBody,
  spared: ReadonlySet<KnownPerson>,
  { actorId, directory }: PlanInput,
  faults: FirstFaults,
): void {
  if (actorId === null) return;
  const teamManager = new Map(directory.teams.map(({ id, managerId }) => [id, managerId]));
  const before = new Map<string, DirectoryPerson>(directory.people.map((one) => [one.id, one]));
  const after = new Map(before);
  for (const state of states.values()) after.set(state.id, state);
  for (const one of missing) if (!spared.has(one)) after.set(one.id, { ...one, status: "left" });
  const standing = (of: DirectoryPerson, people: ReadonlyMap<string, DirectoryPerson>) => {
    const managerOf = (id: string | null) => {
      const found = id === null ? undefined : people.get(id);
      // A new leaving date has the same effect, only later.
      const isLeaving = found?.leavesOn && people === after && found.leavesOn !== before.get(found.id)?.leavesOn;
      const status = isLeaving && before.get(of.id)?.managerId === id ? "left" : found?.status;
      return id !== null && status ? { id, status } : null;
    };
    const team = of.teamId === null ? null : { manager: managerOf(teamManager.get(of.teamId) ?? null) };
    return { ...of, lineManagerId: lineManagerOf({ manager: managerOf(of.managerId), team })?.id ?? null };
  };
  for (const [row, state] of states) {
    const was = before.get(state.id);
    const what = ownChange(actorId, was ? standing(was, before) : null, standing(state, after));
    if (what) faults.push({ row: row.row, field: fieldOf(what, row), reason: OWN_CHANGE_WORDS[what] });
  }
}

/** The line managers named in rows: they must be active according to the list. */
function giveManagers(
  { body, states }: ListOfBody,
  spared: ReadonlySet<KnownPerson>,
  faultyRows: PlanInput["faulty"],
  faults: FirstFaults,
): void {
  const staying = new Map<string, string>(); // e-mail → id of everybody who is active afterwards
  for (const { email, id, status } of states.values()) if (status === "active") staying.set(email, id);
  for (const { email, id } of spared) staying.set(normaliseEmail(email), id);
  const faulty = new Set(faultyRows?.map(({ email }) => email));
  for (const [row, state] of states) {
    if (row.manager === undefined || (row.manager !== null && faulty.has(row.manager))) continue;
    const id = row.manager === null ? null : staying.get(row.manager);
    if (id === undefined)
      faults.push({
        row: row.row,
        field: "manager",
        reason: `Nobody with the address ${row.manager} works for ${body.name} by this list.`,
      });
    else state.managerId = id;
  }
}

function noteCircles({ known, states }: ListOfBody, faults: FirstFaults): void {
  const managerOf = new Map(known.map(({ id, managerId }) => [id, managerId]));
  for (const { id, managerId } of states.values()) managerOf.set(id, managerId);
  const rowOf = new Map([...states].map(([row, { id }]) => [id, row]));
  for (const id of inLoops(managerOf)) {
    const row = rowOf.get(id);
    if (row?.manager)
      faults.push({
        row: row.row,
        field: "manager",
        reason: `This goes round in a circle: ${circle(managerOf, id, rowOf)}.`,
      });
  }
}

/** Ids of people who are somebody's line manager, or manage a team. */
function namedManagers({ known, states }: ListOfBody, { actorId, directory }: PlanInput): ReadonlySet<string> {
  const named = new Set(directory.teams.flatMap(({ managerId }) => managerId ?? []));
  for (const { managerId, status } of states.values()) if (managerId && status === "active") named.add(managerId);
  // Nobody can give themselves the role by a list.
  if (actorId !== null && !known.some((one) => one.id === actorId && one.roles.includes("line-manager")))
    named.delete(actorId);
  return named;
}

type Steps = Pick<BodyPlan, "added" | "changed" | "left" | "unchanged" | "gone">;

/** The steps for everybody in the list, and for everybody missing from it. */
function stepsOf(
  { knownBy, states, missing }: ListOfBody,
  spared: ReadonlySet<KnownPerson>,
  managers: ReadonlySet<string>,
): Steps {
  const steps: Steps = { added: [], changed: [], left: [], unchanged: 0, gone: 0 };
  for (const [{ email }, after] of states) {
    const before = knownBy.get(email);
    if (!before && after.status === "active") steps.added.push(after);
    else if (!before) steps.gone++;
    else if (changedFields(before, after).length === 0) {
      if (after.status === "left") steps.gone++;
      else steps.unchanged++;
    } else (turnOf(before, after) === "left" ? steps.left : steps.changed).push({ before: person(before), after });
  }
  for (const one of missing)
    if (!spared.has(one)) steps.left.push({ before: person(one), after: { ...person(one), status: "left" } });
    else if (rolesWith(one, managers).length === one.roles.length) steps.unchanged++;
    else steps.changed.push({ before: person(one), after: { ...person(one), roles: rolesWith(one, managers) } });
  return steps;
}

/** What the list says of absences; it says nothing of those who have left. */
const absencesOf = ({ knownBy, states }: ListOfBody, today: string): PersonAbsenceStep[] =>
  [...states].flatMap(([{ email, absence }, { id: personId, status }]) =>
    absence === undefined || status === "left"
      ? []
      : absenceSteps(knownBy.get(email)?.absences ?? [], absence, today).map((step) => ({ ...step, personId })),
  );

/** The column with the value that is refused. */
function fieldOf(what: OwnChange, row: ImportRow): RowFault["field"] {
  switch (what) {
    case "roles":
      return "roles";
    case "team":
      return "team";
    case "line-manager":
      return "manager";
    case "reports":
      return row.manager === undefined && row.team !== undefined ? "team" : "manager";
    case "first-day":
      return "startsOn";
    case "state":
    case "leaving":
      return "leavesOn";
  }
}

/** Whoever is named as a line manager, or manages a team, gets the role. */
const rolesWith = ({ id, roles }: DirectoryPerson, managers: ReadonlySet<string>): Role[] =>
  managers.has(id) && !roles.includes("line-manager") ? orderedRoles([...roles, "line-manager"]) : roles;

/** Only the fields, without the rest of the directory entry. */
const person = ({ isSample: _, absences: _absences, ...fields }: KnownPerson): DirectoryPerson => fields;

/** A team by its name, ignoring case and spaces; a new one gets an id. */
function teamFinder(teams: readonly KnownTeam[], body: string, makeId: () => string) {
  const known = new Map(teams.filter((team) => team.body === body).map(({ id, name }) => [nameKey(name), id]));
  const fresh = new Map<string, { id: string; name: string }>();
  return {
    idOf(name: string): string {
      const key = nameKey(name);
      const id = known.get(key) ?? fresh.get(key)?.id ?? makeId();
      if (!known.has(key) && !fresh.has(key)) fresh.set(key, { id, name });
      return id;
    },
    /** The new teams that have members. */
    made(people: readonly PersonFields[]) {
      const used = new Set(people.map(({ teamId }) => teamId));
      return [...fresh.values()].filter(({ id }) => used.has(id));
    },
  };
}

/** Ids of people whose chain of line managers leads back to themselves. */
function inLoops(managerOf: ReadonlyMap<string, string | null>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  for (const start of managerOf.keys()) {
    const way: string[] = [];
    const onWay = new Map<string, number>();
    let at: string | null | undefined = start;
    while (at && !done.has(at) && !onWay.has(at)) {
      onWay.set(at, way.length);
      way.push(at);
      at = managerOf.get(at);
    }
    const from = at ? onWay.get(at) : undefined;
    if (from !== undefined) for (const id of way.slice(from)) found.push(id);
    for (const id of way) done.add(id);
  }
  return found;
}

const SHOWN_IN_CIRCLE = 4;

function circle(managerOf: ReadonlyMap<string, string | null>, start: string, rowOf: ReadonlyMap<string, ImportRow>) {
  const words: string[] = [];
  let at: string | null | undefined = start;
  do {
    const row: ImportRow | undefined = at ? rowOf.get(at) : undefined;
    words.push(row ? `row ${row.row}` : "somebody else");
    at = at ? managerOf.get(at) : null;
  } while (at && at !== start && words.length < SHOWN_IN_CIRCLE);
  return [...words, at === start ? (words[0] ?? "") : "and so on"].join(" → ");
}

/** How many faults of a list are stored and shown. */
export const MOST_FAULTS = 1000;

/**
 * The faults in a list: the first thousand by row, and the total. A list of a hundred thousand rows may have several in
 * each, and nobody reads them all.
 */
export class FirstFaults {
  #count = 0;
  #kept: RowFault[] = [];

  get count(): number {
    return this.#count;
  }

  push(fault: RowFault): void {
    this.#count++;
    this.#kept.push(fault);
    if (this.#kept.length >= 2 * MOST_FAULTS) this.#kept = this.list();
  }

  /** By row; those of one row in the order found. */
  list(): RowFault[] {
    return this.#kept.sort((a, b) => a.row - b.row).slice(0, MOST_FAULTS);
  }
}

/** What a change to one's own permissions affects. */
export type OwnChange = "roles" | "team" | "line-manager" | "first-day" | "state" | "reports" | "leaving";

/** The parts of a directory entry that decide what a person may do, and who decides on their requests. */
export interface PersonAuthority extends Pick<
  DirectoryPerson,
  "id" | "roles" | "teamId" | "managerId" | "status" | "startsOn" | "leavesOn"
> {
  /** Their line manager by the usual rule, named or their team's. */
  lineManagerId: string | null;
}

/** The message for each refusal: what it is, and what to do. */
export const OWN_CHANGE_WORDS: Readonly<Record<OwnChange, string>> = {
  roles: "These are your own roles. Another administrator has to change them.",
  team: "This is your own team. Another administrator has to change it.",
  "line-manager": "This is your own line manager. Another administrator has to change who that is.",
  "first-day": "This is your own first day. Another administrator has to change it.",
  state: "Another administrator has to say this of you.",
  leaving:
    "With this your own line manager would be another, or you would be that of their people. Another administrator has to do it.",
  reports: "This would make you a line manager. Another administrator has to do this.",
};

/**
 * What a change to a person affects about whoever makes it.
 * @param by id of the person on whose authority it is made; null for nobody, as with a command on the server
 * @param before null for somebody who is new
 * @param isProgram whether it is made by a program, with a token of theirs
 * @returns null if it does not affect their permissions; giving up reports does not count
 */
export function ownChange(
  by: string | null,
  before: PersonAuthority | null,
  after: PersonAuthority,
  isProgram = false,
): OwnChange | null {
  if (by === null) return null;
  if (after.id !== by) return after.lineManagerId === by && before?.lineManagerId !== by ? "reports" : null;
  if (!before) return null;
  // A program may mark whoever made its token as having left: the token then ends, but a leaver must not stay because
  // of it.
  const isLeaver = before.status === "active" && after.status === "left";
  if (isProgram && isLeaver && after.roles.every((role) => before.roles.includes(role))) return null;
  if (String(orderedRoles(before.roles)) !== String(orderedRoles(after.roles))) return "roles";
  if (before.teamId !== after.teamId) return "team";
  if (before.managerId !== after.managerId || before.lineManagerId !== after.lineManagerId) return "line-manager";
  if (before.startsOn !== after.startsOn) return "first-day";
  return before.status === after.status && before.leavesOn === after.leavesOn ? null : "state";
}

/**
 * The same for who manages a team.
 * @param team ids of its manager before and after; and whether whoever makes the change is in it
 */
export function ownTeamChange(
  by: string | null,
  { before, after, isOwnTeam }: { before: string | null; after: string | null; isOwnTeam: boolean },
): OwnChange | null {
  if (by === null || before === after) return null;
  if (after === by) return "reports";
  return isOwnTeam ? "line-manager" : null;
}

/** Thrown if a change is refused, so that none of it is written. */
export class OwnChangeRefused extends Error {
  override name = "OwnChangeRefused";

  /** @param personId whose entry it is */
  constructor(
    readonly what: OwnChange,
    readonly personId: string,
  ) {
    super(OWN_CHANGE_WORDS[what]);
  }
}
