import { conditionInWords } from "#domain/policy/exception/condition.ts";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { mapEach } from "#domain/base/list/page.ts";
import { lastDayOfException, readRegisterFilter } from "#domain/policy/exception/register.ts";
import { levelOf, RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";
import { EXCEPTION_STATE_WORDS, type ExceptionStepName } from "#domain/policy/exception/state.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { readExceptionRegister, type RegisterEntry } from "#server/policy/exception/register-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

/** The register as a file, with the filters of its page. */
export async function GET(request: Request): Promise<Response> {
  const filter = readRegisterFilter(Object.fromEntries(new URL(request.url).searchParams));
  const found = await readExceptionRegister(await requireActor(), filter);
  if (!found) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  return csvResponse("exceptions", COLUMNS, mapEach(found, toRow));
}

const COLUMNS = [
  { key: "reference", header: "Reference" },
  { key: "state", header: "State" },
  { key: "policy", header: "Policy" },
  { key: "version", header: "Version" },
  { key: "clauses", header: "Clauses" },
  { key: "askedBy", header: "Asked by" },
  { key: "team", header: "Team" },
  { key: "for", header: "For" },
  { key: "residual", header: "Remaining risk, of 25" },
  { key: "level", header: "Level" },
  { key: "sent", header: "Sent" },
  { key: "decided", header: "Decided" },
  { key: "decidedBy", header: "Decided by" },
  { key: "decision", header: "Decision" },
  { key: "reason", header: "Reason" },
  { key: "from", header: "From" },
  { key: "lastDay", header: "Last day" },
  { key: "endedBy", header: "Ended early by" },
  { key: "endedBecause", header: "Why it ended early" },
  { key: "conditions", header: "Conditions" },
  { key: "extends", header: "Extends" },
  { key: "extension", header: "Times extended" },
] as const;

function toRow({ exception, state, extends: earlier, extension }: RegisterEntry) {
  const { requester, residual, submittedAt, decidedAt, startsAt } = exception;
  const day = (at: Date | null) => at && calendarDay(at);
  const stepOf = (...commands: ExceptionStepName[]) =>
    exception.steps.findLast(({ command }) => commands.includes(command));
  const decision = decidedAt && stepOf("approve", "decline");
  const end = state === "revoked" || state === "withdrawn" ? stepOf("revoke", "withdraw", "end-with-leaver") : null;
  return {
    reference: exception.reference,
    state: EXCEPTION_STATE_WORDS[state],
    policy: exception.policy,
    version: versionCell(exception.version),
    clauses: clauseCell(exception.policy, exception.clauses),
    askedBy: requester.name,
    team: requester.teamName,
    for: exception.teamName ?? exception.groupName ?? requester.name,
    residual,
    level: residual === null ? null : RISK_LEVEL_WORDS[levelOf(residual)],
    sent: day(submittedAt),
    decided: day(decidedAt),
    decidedBy: exception.decidedBy?.name ?? null,
    decision: decision ? (decision.command === "approve" ? "Approved" : "Declined") : null,
    reason: decision ? decision.reason : null,
    from: day(startsAt),
    lastDay: lastDayOfException({ exception, state }),
    endedBy: end?.by.name ?? null,
    endedBecause: end?.command === "end-with-leaver" ? "The person who held it left" : (end?.reason ?? null),
    conditions: exception.conditions.map(conditionInWords).join("\n"),
    extends: earlier,
    extension,
  };
}
