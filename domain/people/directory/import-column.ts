/** Recognises the columns of a list of people, however their headings are written. */

export const IMPORT_FIELDS = {
  email: { label: "E-mail", also: ["email address", "mail", "work email", "work email address"] },
  name: { label: "Name", also: ["full name", "display name"] },
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
const NEEDED: readonly ImportField[] = ["email", "name"];

/** Case, spaces, hyphens and the like are ignored. */
export function plainName(text: string): string {
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
  const missing = NEEDED.filter((field) => !fields.includes(field)).map((field) => `“${IMPORT_FIELDS[field].label}”`);
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
