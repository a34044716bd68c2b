import { csvResponse } from "#app/_portal/csv-response.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { mapEach } from "#domain/base/list/page.ts";
import { disappearingInWords, GROUP_KINDS, retentionInWords } from "#domain/registers/group/group.ts";
import { GROUP_STATES } from "#domain/registers/group/state.ts";
import { readGroupRegister, type GroupLine } from "#server/registers/group/list-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

/** The group register as a file, with the filters of its page. */
export async function GET(request: Request): Promise<Response> {
  const { state, kind, look, q } = Object.fromEntries(new URL(request.url).searchParams);
  const lines = await readGroupRegister(await requireActor(), { state, kind, look, q });
  if (!lines) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  return csvResponse("groups", COLUMNS, mapEach(lines, toRow));
}

const COLUMNS = [
  { key: "reference", header: "Reference" },
  { key: "name", header: "Name" },
  { key: "purpose", header: "Purpose" },
  { key: "kind", header: "Kind" },
  { key: "app", header: "App" },
  { key: "state", header: "State" },
  { key: "administrators", header: "Administrators" },
  { key: "deputy", header: "Deputy" },
  { key: "members", header: "In the chat" },
  { key: "logo", header: "Logo" },
  { key: "disappearing", header: "Disappearing messages" },
  { key: "retention", header: "Messages" },
  { key: "review", header: "Next review" },
  { key: "requested", header: "Asked for" },
  { key: "decided", header: "Decided" },
  { key: "closed", header: "Closed" },
] as const;

function toRow(line: GroupLine) {
  const day = (at: Date | null) => at && calendarDay(at);
  return {
    reference: line.reference,
    name: line.name,
    purpose: line.purpose,
    app: line.app,
    kind: GROUP_KINDS[line.kind].label,
    state: GROUP_STATES[line.state],
    administrators: line.administrators.join("; "),
    deputy: line.deputy,
    members: line.memberCount,
    logo: line.hasLogo === null ? null : line.hasLogo ? "yes" : "no",
    disappearing: disappearingInWords(line.disappearDays),
    retention: retentionInWords(line),
    review: line.reviewOn,
    requested: day(line.requestedAt),
    decided: day(line.decidedAt),
    closed: day(line.closedAt),
  };
}
