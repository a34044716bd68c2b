import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { ROLE_NAMES, ROLES } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPermissionTable, type PermissionLine } from "#server/access/permission/queries.ts";
import { inWords } from "../permissions/permission-words.ts";

/** The table of permissions as a file: a line for each action, a column for each role saying on which things. */
export async function GET(): Promise<Response> {
  const table = getPermissionTable(await requireActor());
  if (!table) notFound();
  return csvResponse(
    `permissions-${calendarDay(clock.now())}`,
    {
      About: ({ title }) => title,
      Action: ({ line }) => line.action,
      "In words": ({ line }) => line.means,
      ...Object.fromEntries(
        ROLES.map((role) => [ROLE_NAMES[role], ({ line }: { line: PermissionLine }) => inWords(line.on[role])]),
      ),
      "What else decides": ({ line }) => line.but,
    },
    table.flatMap(({ title, lines }) => lines.map((line) => ({ title, line }))),
  );
}
