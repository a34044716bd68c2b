import { csvResponse } from "#app/_portal/csv-response.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { SAMPLED_STATE_WORDS } from "#domain/registers/understanding-check/sample.ts";
import { getSampleCheck } from "#server/registers/understanding-check/sample-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

type Context = { params: Promise<{ reference: string }> };

/** Whom a check asked and what came of it, as a file: for governance officers, who alone see names. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const check = await getSampleCheck(await requireActor(), (await params).reference);
  if (!check?.people) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  return csvResponse(
    `check-${check.reference}`,
    COLUMNS,
    check.people.map(({ personId, name, team, state, answeredAt, right, situations, excusedBecause }) => ({
      personId,
      name,
      team,
      state: SAMPLED_STATE_WORDS[state],
      answered: answeredAt && calendarDay(answeredAt),
      firstSituation: situations[0] ?? null,
      first: rightInWords(right[0]),
      secondSituation: situations[1] ?? null,
      second: rightInWords(right[1]),
      excused: excusedBecause,
    })),
  );
}

const COLUMNS = [
  { key: "personId", header: "Id" },
  { key: "name", header: "Name" },
  { key: "team", header: "Team" },
  { key: "state", header: "State" },
  { key: "answered", header: "Answered on" },
  { key: "firstSituation", header: "First situation" },
  { key: "first", header: "First answer" },
  { key: "secondSituation", header: "Second situation" },
  { key: "second", header: "Second answer" },
  { key: "excused", header: "Why excused" },
] as const;

function rightInWords(isRight: boolean | undefined): string | null {
  return isRight === undefined ? null : isRight ? "Right" : "Wrong";
}
