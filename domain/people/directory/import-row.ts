/** Reads one row of a list of people, and says in plain words what is wrong with it. */
import { MOST_NAME, nameKey, nameProblem, normaliseName, quoted, textProblem } from "#domain/access/identity/name.ts";
import { PERSON_KINDS, type PersonKind } from "#domain/access/identity/person.ts";
import { emailProblem, normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { type Role, ROLE_NAMES, ROLES } from "#domain/access/permission/permission.ts";
import { isDay } from "#domain/base/calendar/calendar.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import { absenceDayProblem } from "#domain/people/absence/absence.ts";

/** Something to correct. `row` as numbered in a spreadsheet: the first line is 1. */
export interface RowFault {
  row: number;
  field: ImportField | null;
  reason: string;
}

/** A valid row. Fields without a column are undefined, and stay as they are. */
export interface ImportRow {
  row: number;
  email: string;
  name: string;
  body: string;
  employer?: string | undefined;
  team?: string | null | undefined;
  /** E-mail address of the line manager. */
  manager?: string | null | undefined;
  roles?: Role[] | undefined;
  kind?: PersonKind | undefined;
  startsOn?: string | null | undefined;
  leavesOn?: string | null | undefined;
  awayUntil?: string | null | undefined;
  /** Their absence, where the list has a column for its first day; then `awayUntil` is null or stands alone. */
  absence?: DayRange | null | undefined;
}

export interface ImportBody {
  slug: string;
  name: string;
  employers: readonly string[];
}

type Cells = Partial<Record<ImportField, string>>;

/** How some systems, and people, write an empty value. */
const NOTHING = /^(?:[-\u2010-\u2015\u2212]+|n\/a|n\.a\.|none|not applicable)$/i;
/** Longer values are not examined: a missing quotation mark turns thousands of characters into one cell. */
const MOST_CELL = 1000;
const NAMES: ReadonlySet<ImportField> = new Set(["name", "firstName", "surname", "team", "employer"]);
/** The most per cell; more would say nothing new. */
const MOST_UNKNOWN_ROLES = 5;
const ROLE_BY_NAME = new Map(ROLES.flatMap((role) => [role, ROLE_NAMES[role]].map((name) => [plainName(name), role])));
/** How the reason begins if a value is missing. */
const EMPTY = "It is empty. ";

/** Reads a row. @param bodies bodies that the file may cover; if there is only one, the column may be left out */
export function readRow(row: number, cells: Cells, bodies: readonly ImportBody[]) {
  const faults: RowFault[] = [];
  const fault: NoteFault = (field, reason) => void faults.push({ row, field, reason });
  const clean = cleanCells(cells, fault);
  const has = (field: ImportField) => clean[field] !== undefined;

  // A cell with a fault is not reported again as missing.
  const isFaulty = (...fields: readonly ImportField[]) => faults.some(({ field }) => field && fields.includes(field));
  const name = nameOf(clean);
  if (name === "" && !isFaulty("name", "firstName", "surname")) fault("name", `${EMPTY}Enter the name.`);
  const joinedProblem = has("surname") && name !== "" ? nameProblem(name) : null;
  if (joinedProblem !== null && !isFaulty("name", "firstName", "surname")) fault("name", joinedProblem);
  const email = normaliseEmail(clean.email ?? "");
  if (has("email") && email === "") fault("email", `${EMPTY}Enter a work e-mail address.`);

  const body = bodyOf(clean.body, bodies, isFaulty("body") ? () => {} : fault);
  const employer = body && has("employer") ? employerOf(body, clean.employer ?? "", fault) : undefined;
  const manager = has("manager") ? emptyIsNull(normaliseEmail(clean.manager ?? "")) : undefined;
  if (manager && manager === email) fault("manager", "Nobody is their own line manager.");
  const roles = has("roles") ? rolesOf(clean.roles ?? "", fault) : undefined;
  const kind = has("kind") ? kindOf(clean.kind ?? "", fault) : undefined;
  const startsOn = dayOf("startsOn", clean, fault);
  const leavesOn = dayOf("leavesOn", clean, fault);
  const away = absenceOf(clean, fault);
  if (startsOn && leavesOn && leavesOn < startsOn) fault("leavesOn", "It is before the first day.");
  if (faults.length > 0 || !body) return { faults };
  const team = has("team") ? emptyIsNull(clean.team) : undefined;
  const { slug } = body;
  return { row: { row, email, name, body: slug, employer, team, manager, roles, kind, startsOn, leavesOn, ...away } };
}

/** The name from its cells: the whole one, or first name and surname; also where "Name" holds the first name alone. */
function nameOf({ name = "", firstName = "", surname = "" }: Cells): string {
  const first = name || firstName;
  const isWhole =
    name !== "" && (firstName !== "" || ` ${nameKey(name.replaceAll(",", " "))} `.includes(` ${nameKey(surname)} `));
  return isWhole ? name : [first, surname].filter(Boolean).join(" ");
}

type NoteFault = (field: ImportField, reason: string) => void;

/** The cells, trimmed; cells with a fault are left out. */
function cleanCells(cells: Cells, fault: NoteFault): Cells {
  const clean: Cells = {};
  for (const [field, raw] of Object.entries(cells) as [ImportField, string][]) {
    if (raw.length > MOST_CELL && raw.trim().length > MOST_CELL) {
      const most = NAMES.has(field) ? MOST_NAME : MOST_CELL;
      fault(field, `It has ${raw.trim().length} characters. Shorten it to ${most}.`);
      continue;
    }
    // In an address no character is replaced by another.
    const tidy = field === "email" || field === "manager" ? raw.trim() : normaliseName(raw);
    const text = NOTHING.test(tidy) ? "" : tidy;
    const problem = text === "" ? null : problemOf(field, text);
    if (problem !== null) fault(field, problem);
    else clean[field] = text;
  }
  return clean;
}

function bodyOf(text: string | undefined, bodies: readonly ImportBody[], fault: NoteFault): ImportBody | undefined {
  const [only, ...more] = bodies;
  if (!text) {
    if (only && more.length === 0) return only;
    fault("body", `Say which: ${listed(bodies.map(({ slug }) => slug))}.`);
    return undefined;
  }
  const found = bodies.find(({ slug, name: full }) => [slug, full].some((one) => plainName(one) === plainName(text)));
  if (!found)
    fault(
      "body",
      only && more.length === 0
        ? `${quoted(text)} is another body. This list is for ${only.name} alone.`
        : `${quoted(text)} is not a body of this portal: write ${listed(bodies.map(({ slug }) => slug))}.`,
    );
  return found;
}

function employerOf({ name: full, employers }: ImportBody, text: string, fault: NoteFault): string | undefined {
  if (text === "") return undefined;
  const found = employers.find((one) => plainName(one) === plainName(text));
  if (!found) fault("employer", `${quoted(text)} is not an employer of ${full}: write ${listed(employers)}.`);
  return found;
}

function rolesOf(text: string, fault: NoteFault): Role[] {
  const named = text
    .split(/[,;|/\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
  const roles = named.map((one) => ROLE_BY_NAME.get(plainName(one)));
  const unknown = new Set(named.filter((_, at) => !roles[at]));
  for (const one of [...unknown].slice(0, MOST_UNKNOWN_ROLES))
    fault("roles", `${quoted(one)} is not a role: write ${listed(ROLES)}.`);
  return roles.filter((role) => role !== undefined);
}

function kindOf(text: string, fault: NoteFault): PersonKind {
  const found = PERSON_KINDS.find((one) => plainName(one) === plainName(text || "employee"));
  if (!found) fault("kind", `${quoted(text)} is not a kind of person: write ${listed(PERSON_KINDS)}.`);
  return found ?? "employee";
}

function dayOf(field: "startsOn" | "leavesOn" | "awayFrom" | "awayUntil", clean: Cells, fault: NoteFault) {
  const text = clean[field];
  if (text === undefined || text === "") return text === undefined ? undefined : null;
  const day = readDay(text);
  if (!day) fault(field, `${quoted(text)} is not a day: write it as 2027-03-31 or 31/03/2027.`);
  return day;
}

/** When they are away. A last day without a first one says only until when, as in a list without that column. */
function absenceOf(clean: Cells, fault: NoteFault): Pick<ImportRow, "awayUntil" | "absence"> {
  const awayUntil = dayOf("awayUntil", clean, fault);
  const firstDay = dayOf("awayFrom", clean, fault);
  if (firstDay === undefined) return { awayUntil };
  if (firstDay === null) return { awayUntil, absence: null };
  if (!awayUntil) {
    if (clean.awayUntil === "" || clean.awayUntil === undefined) fault("awayUntil", "Give the last day as well.");
    return {};
  }
  const absence = { firstDay, lastDay: awayUntil };
  const problem = absenceDayProblem(absence);
  if (problem) fault("awayUntil", problem.message);
  return { awayUntil: null, absence };
}

/** A day as 2027-03-31 or as 31/3/2027, with slashes, dots or hyphens; a time of day after it is ignored. */
function readDay(text: string): string | null {
  const [date = ""] = text.split(/[T ](?=\d{1,2}:\d{2})/);
  const [, day = "", month = "", year = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(date) ?? [];
  const iso = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : date;
  return isDay(iso) ? iso : null;
}

/** What is wrong with a text for its field, by the common rule for names and addresses. */
function problemOf(field: ImportField, text: string): string | null {
  if (field === "email") return emailProblem(text);
  if (field === "manager") {
    const problem = emailProblem(text);
    return problem?.endsWith(" is not an e-mail address.") ? `${problem} Give the line manager's.` : problem;
  }
  return NAMES.has(field) ? nameProblem(text) : textProblem(text);
}

const emptyIsNull = (text: string | undefined): string | null => text || null;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** A fault in words shown beside its field: without the field's name, unless they refer to it as "it". */
export function faultInForm({ field, reason }: RowFault): string {
  if (reason.startsWith(EMPTY)) return reason.slice(EMPTY.length);
  return field && reason.startsWith("It ") ? `${IMPORT_FIELDS[field].label}: ${reason}` : reason;
}

/** A fault in words for one line: "Row 7, Line manager: Nobody is their own line manager." */
export const faultInWords = ({ row, field, reason }: RowFault): string =>
  `Row ${row}${field ? `, ${IMPORT_FIELDS[field].label}` : ""}: ${reason}`;

/** Recognises the columns of a list of people, however their headings are written. */
export const IMPORT_FIELDS = {
  email: { label: "E-mail", also: ["email address", "mail", "work email", "work email address"] },
  name: { label: "Name", also: ["full name", "display name"] },
  firstName: { label: "First name", also: ["first names", "forename", "forenames", "given name", "given names"] },
  surname: { label: "Surname", also: ["last name", "last names", "family name", "family names", "second name"] },
  body: { label: "Body", also: ["organisation", "organization"] },
  employer: { label: "Employer", also: [] },
  team: { label: "Team", also: ["team name"] },
  manager: { label: "Line manager", also: ["line manager email", "manager", "manager email"] },
  roles: { label: "Roles", also: ["role"] },
  kind: { label: "Kind", also: ["kind of person", "type"] },
  startsOn: { label: "Start", also: ["starts", "starts on", "start date", "starting date", "first day"] },
  leavesOn: { label: "Leaving date", also: ["leaves", "leaves on", "leaving", "end", "end date", "last day"] },
  awayFrom: { label: "Away from", also: ["absent from", "first day away", "absence start"] },
  awayUntil: { label: "Away until", also: ["away", "absent until", "last day away", "absence end"] },
} as const satisfies Record<string, { label: string; also: readonly string[] }>;

export type ImportField = keyof typeof IMPORT_FIELDS;

const FIELDS = Object.keys(IMPORT_FIELDS) as ImportField[];

/** Case, spaces, hyphens and the like are ignored. */
function plainName(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}

/** How much of an unknown heading is shown. */
const MOST_HEADING = 60;

export interface ImportHeader {
  /** Field of each column; null for one that is not used. */
  fields: (ImportField | null)[];
  /** Unknown headings as written, long ones shortened. */
  unknown: string[];
  /** What is wrong with the first line, in whole sentences. */
  problems: string[];
}

/** In quotation marks: the columns that would make up the name, where it is not there. */
function missingNameIn(fields: readonly (ImportField | null)[]): string[] {
  if (fields.includes("name")) return [];
  const missing = (["firstName", "surname"] as const).filter((field) => !fields.includes(field));
  return missing.length === 2 ? ["“Name”"] : missing.map((field) => `“${IMPORT_FIELDS[field].label}”`);
}

export function readHeader(cells: readonly string[]): ImportHeader {
  const meant = new Map(
    FIELDS.flatMap((field) =>
      [field, IMPORT_FIELDS[field].label, ...IMPORT_FIELDS[field].also].map(
        (name) => [plainName(name), field] as const,
      ),
    ),
  );
  const fields = cells.map((cell) => meant.get(plainName(cell)) ?? null);
  const unknown = cells
    .map((cell) => cell.trim())
    .filter((cell, at) => fields[at] === null && cell !== "")
    .map((cell) => (cell.length > MOST_HEADING ? `${cell.slice(0, MOST_HEADING)}…` : cell));
  const missing = [...(fields.includes("email") ? [] : ["“E-mail”"]), ...missingNameIn(fields)];
  const twice = FIELDS.filter((field) => fields.filter((one) => one === field).length > 1);
  return {
    fields,
    unknown,
    problems: [
      ...(missing.length > 0
        ? [`There is no column ${missing.join(" and none ")}. Name the columns in the first line.`]
        : []),
      ...twice.map((field) => `Two columns mean “${IMPORT_FIELDS[field].label}”. Take one out.`),
    ],
  };
}
