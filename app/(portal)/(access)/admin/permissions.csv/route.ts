import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { ROLE_NAMES, ROLES } from "#domain/access/permission/role.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPermissionTable } from "#server/access/permission/queries.ts";
import { wordsByRole } from "../permissions/permission-words.ts";

const COLUMNS = [
  { key: "about", header: "About" },
  { key: "action", header: "Action" },
  { key: "means", header: "In words" },
  ...ROLES.map((role) => ({ key: role, header: ROLE_NAMES[role] })),
  { key: "but", header: "What else decides" },
] as const;

/** The table of permissions as a file: a line for each action, a column for each role saying on which things. */
export async function GET(): Promise<Response> {
  const table = getPermissionTable(await requireActor());
  if (!table) notFound();
  const rows = table.flatMap(({ title, lines }) =>
    lines.map((line) => {
      const { action, means, but } = line;
      return { about: title, action, means, ...wordsByRole(line), but };
    }),
  );
  return csvResponse(`permissions-${calendarDay(clock.now())}`, COLUMNS, rows);
}
