import { RequestSubject, RiskLevelTag } from "#app/(portal)/(policy)/_exception/request-columns.tsx";
import { StateTag } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { levelOf, RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { conditionInWords } from "#domain/policy/exception/request.ts";
import * as domain from "#domain/policy/exception/register.ts";
import { EXCEPTION_STATE_WORDS, type ExceptionStepName } from "#domain/policy/exception/state.ts";
import {
  getExceptionRegister,
  MOST_REGISTER_CHOICES,
  type ExceptionRegister,
  type RegisterEntry,
} from "#server/policy/exception/register-queries.ts";

/** Every request that was ever sent, for officers and auditors. */
export const exceptions = defineRegister<RegisterEntry, ExceptionRegister>({
  path: "/exceptions/register",
  file: "/exceptions/register.csv",
  caption: "Requests",
  one: "request",
  many: "requests",
  search: "Reference or words",
  filters: {
    state: {
      label: "State",
      choices: Object.fromEntries(domain.REGISTER_STATES.map((state) => [state, EXCEPTION_STATE_WORDS[state]])),
    },
    level: { label: "Remaining risk", choices: RISK_LEVEL_WORDS },
    policy: { label: "Policy", choices: valuesOf("policy") },
    clause: { label: "Clause", choices: valuesOf("clause") },
    team: { label: "Team", choices: namesOf("team") },
    decider: { label: "Decided by", choices: namesOf("decider") },
    ends: { label: "Ends in", choices: valuesOf("month", dateInWords) },
  },
  orders: domain.REGISTER_ORDERS,
  columns: {
    Reference: column.reference("/exceptions"),
    State: column.shown(
      (entry) => <StateOf {...entry} />,
      ({ state }) => EXCEPTION_STATE_WORDS[state],
    ),
    Policy: column.saved(({ exception }) => exception.policy),
    Version: column.saved(({ exception }) => versionCell(exception.version)),
    Clauses: column.saved(({ exception }) => clauseCell(exception.policy, exception.clauses)),
    "Asked by": column.shown(
      ({ exception: { requester } }) => (
        <>
          {requester.name}
          <span className="block text-small text-soft">{requester.teamName ?? "No team"}</span>
        </>
      ),
      ({ exception }) => exception.requester.name,
    ),
    Team: column.saved(({ exception }) => exception.requester.teamName),
    For: column.saved(({ exception }) => exception.teamName ?? exception.groupName ?? exception.requester.name),
    "Policy and clauses": column.shown(({ exception, title }) => (
      <RequestSubject exception={exception} title={title} />
    )),
    "Remaining risk": column.shown(({ exception }) => <RiskLevelTag residual={exception.residual} />),
    "Remaining risk, of 25": column.saved(({ exception }) => exception.residual),
    Level: column.saved(({ exception: { residual } }) =>
      residual === null ? null : RISK_LEVEL_WORDS[levelOf(residual)],
    ),
    Sent: column.day(({ exception }) => dayOf(exception.submittedAt)),
    Decided: column.saved(({ exception }) => dayOf(exception.decidedAt)),
    "Decided by": column.saved(({ exception }) => exception.decidedBy?.name ?? null),
    Decision: column.shown(
      (entry) => <Decision {...entry} />,
      (entry) => {
        const decision = decisionOf(entry);
        return decision ? (decision.command === "approve" ? "Approved" : "Declined") : null;
      },
    ),
    Reason: column.saved((entry) => decisionOf(entry)?.reason ?? null),
    From: column.saved(({ exception }) => dayOf(exception.startsAt)),
    "Last day": column.day(domain.lastDayOfException),
    "Ended early by": column.saved((entry) => endOf(entry)?.by.name ?? null),
    "Why it ended early": column.saved((entry) => {
      const end = endOf(entry);
      return end?.command === "end-with-leaver" ? "The person who held it left" : (end?.reason ?? null);
    }),
    Conditions: column.saved(({ exception }) => exception.conditions.map(conditionInWords).join("\n")),
    Extends: column.saved((entry) => entry.extends),
    "Times extended": column.saved(({ extension }) => extension),
  },
  empty: "Nobody has asked for an exception yet. Each request shows here once it is sent.",
  read: (actor, asked) =>
    getExceptionRegister(actor, domain.readRegisterFilter(asked), domain.readRegisterOrder(asked)),
});

/** The values of one kind that occur in the register, sorted by their names. */
function valuesOf(wanted: ExceptionRegister["values"][number]["kind"], words?: (value: string) => string) {
  return ({ values }: ExceptionRegister) =>
    Object.fromEntries(
      values
        .filter(({ kind }) => kind === wanted)
        .map(({ value, label }): [string, string] => [value, words?.(value) ?? label ?? value])
        .sort(([, one], [, other]) => one.localeCompare(other, "en-GB", { numeric: true })),
    );
}

/** If there are too many to choose from, the reader types a name. */
function namesOf(kind: "team" | "decider") {
  return (found: ExceptionRegister) => {
    const names = valuesOf(kind)(found);
    return Object.keys(names).length > MOST_REGISTER_CHOICES ? null : names;
  };
}

const dayOf = (at: Date | null) => at && calendarDay(at);

function lastStep({ steps }: RegisterEntry["exception"], ...commands: ExceptionStepName[]) {
  return steps.findLast(({ command }) => commands.includes(command));
}

function decisionOf({ exception }: RegisterEntry) {
  return exception.decidedAt ? lastStep(exception, "approve", "decline") : undefined;
}

function endOf({ exception, state }: RegisterEntry) {
  const isEarly = state === "revoked" || state === "withdrawn";
  return isEarly ? lastStep(exception, "revoke", "withdraw", "end-with-leaver") : undefined;
}

function StateOf({ state, extension }: RegisterEntry) {
  return (
    <>
      <StateTag state={state} />
      {extension > 0 && (
        <span className="block text-small text-soft">
          {extension === 1 ? "Extended once" : `Extended ${extension} times`}
        </span>
      )}
    </>
  );
}

/** A reason that is longer is on the page of the request. */
const LONGEST_REASON = 120;

/** Who decided, when and why. */
function Decision(entry: RegisterEntry) {
  const { decidedAt, decidedBy } = entry.exception;
  if (!decidedAt) return "–";
  const reason = decisionOf(entry)?.reason ?? "";
  return (
    <>
      {decidedBy ? `${decidedBy.name}, ` : ""}
      {dateInWords(calendarDay(decidedAt))}
      {reason !== "" && (
        <span className="block text-small wrap-anywhere text-soft">
          {reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON).trimEnd()}…` : reason}
        </span>
      )}
    </>
  );
}
