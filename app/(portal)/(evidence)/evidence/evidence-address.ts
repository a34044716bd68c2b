import { endOfDay, isDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { isEvidenceEventName } from "#domain/evidence/journal/event.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import { readPageCursor, type PageCursor } from "#domain/base/list/page.ts";
import type { EvidencePageFilter } from "#server/evidence/journal/queries.ts";

const FIELDS = ["event", "policy", "from", "until", "actor", "subject"] as const;
type Field = (typeof FIELDS)[number];

/** What the address asks for: as typed, and as far as it is valid. */
export interface EvidenceAddress {
  typed: Readonly<Record<Field, string>>;
  filter: EvidencePageFilter;
  cursor: PageCursor;
  problems: readonly FieldProblem[];
}

/**
 * Reads the filters and the place in the list from an address. An event or a place that does not exist is ignored; a
 * day that does not exist is reported.
 */
export function readEvidenceAddress(
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
): EvidenceAddress {
  const form = FormValues.from(
    Object.entries(query).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one])),
  );
  const typed = { event: "", policy: "", from: "", until: "", actor: "", subject: "" };
  for (const field of FIELDS) typed[field] = form.text(field);
  const [from, until] = [readDay(typed.from), readDay(typed.until)];
  const problems: FieldProblem[] = [];
  if (from === null) problems.push({ field: "from", message: wrongDay("From") });
  if (until === null) problems.push({ field: "until", message: wrongDay("Until") });
  if (from && until && until < from) problems.push({ field: "until", message: "Until must not be before From." });
  return {
    typed,
    filter: {
      event: isEvidenceEventName(typed.event) ? typed.event : undefined,
      policy: typed.policy || undefined,
      who: typed.actor || undefined,
      subject: typed.subject || undefined,
      from: from ? startOfDay(from) : undefined,
      until: until ? endOfDay(until) : undefined,
    },
    cursor: readPageCursor(query),
    problems,
  };
}

/** The filters that are set, as written in the address. */
export function writeEvidenceFilters(typed: Partial<EvidenceAddress["typed"]>): URLSearchParams {
  const query = new URLSearchParams();
  for (const field of FIELDS) if (typed[field]) query.set(field, typed[field]);
  return query;
}

/** The address of the page with these filters. */
export function writeEvidenceAddress(typed: Partial<EvidenceAddress["typed"]>): string {
  const query = writeEvidenceFilters(typed);
  return query.size > 0 ? `/evidence?${query}` : "/evidence";
}

/** @returns null for anything but a day of this century or the next */
function readDay(text: string): string | null | undefined {
  if (text === "") return undefined;
  return isDay(text) && /^2[01]/.test(text) ? text : null;
}

function wrongDay(label: string): string {
  return `${label} must be a day that exists, such as 2026-11-22.`;
}
