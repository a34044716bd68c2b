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
    {
      Id: ({ personId }) => personId,
      Name: ({ name }) => name,
      "E-mail": ({ email }) => email,
      Team: ({ team }) => team,
      State: ({ state }) => SAMPLED_STATE_WORDS[state],
      "Answered on": ({ answeredAt }) => answeredAt && calendarDay(answeredAt),
      "First situation": ({ situations }) => situations[0] ?? null,
      "First answer": ({ right }) => rightInWords(right[0]),
      "Second situation": ({ situations }) => situations[1] ?? null,
      "Second answer": ({ right }) => rightInWords(right[1]),
      "Why excused": ({ excusedBecause }) => excusedBecause,
    },
    check.people,
  );
}

const rightInWords = (isRight: boolean | undefined): string | null =>
  isRight === undefined ? null : isRight ? "Right" : "Wrong";
