import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { isHighRisk, PART_FIELDS, type CasePart } from "#domain/registers/incident/case.ts";
import { deadlineOf } from "#domain/registers/incident/clock.ts";
import { answersInWords, momentOf, valueOf, type IncidentField } from "#domain/registers/incident/field.ts";
import { KINDS } from "#domain/registers/incident/kind.ts";
import { DELETE_STEPS, STEP_FIELDS, type IncidentStepName } from "#domain/registers/incident/step.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { caseAnswersOf, entriesOf } from "./record-rules.ts";
import { breachList, type IncidentRecord } from "./repository.ts";

/** The breaches of the body, by `kind`, `state` and the days `from` and `until`; null for those who may not read them. */
export function getBreachRegister(actor: Actor, asked: Asked) {
  if (!can(actor, "incident.read-breaches", actor)) return null;
  const reader = { personId: actor.personId, isOfficer: actor.roles.includes("governance-officer") };
  return registerOver(breachList(getDatabase(), actor.body, reader, asked), (records) => records.map(breachOf));
}

/**
 * A breach in the register that UK GDPR Article 33(5) asks for: the facts, the effects and what was done, in times and
 * chosen answers only. It names nobody, and holds no words that somebody typed.
 */
export type BreachEntry = ReturnType<typeof breachOf>;

function breachOf(record: IncidentRecord) {
  const { reference, kind, awareAt, decidedAt, closedAt, actions } = record;
  const last = (part: IncidentStepName | CasePart) => entriesOf(record, part).at(-1);
  const chosen = (part: IncidentStepName | CasePart, fields: readonly IncidentField[], name: string) =>
    answersInWords(
      fields.filter((field) => field.name === name && (field.kind === "one" || field.kind === "many")),
      last(part)?.values ?? {},
    )
      .map(({ words }) => words)
      .join("; ");
  const outcomes = DELETE_STEPS.flatMap((step) => {
    const words = chosen(step, STEP_FIELDS[step], "outcome");
    return words === "" ? [] : [`${COPIES[step]}: ${words}`];
  });
  const ruling = chosen("ruling", PART_FIELDS.ruling, "ruling");
  const [people, regulator] = [last("people"), last("regulator")];
  const reportedAt = momentOf(regulator?.values, "reported");
  return {
    reference,
    kind: KINDS[kind].title,
    data: chosen("what", STEP_FIELDS.what, "data"),
    noticedAt: momentOf(last("when")?.values, "noticed"),
    awareAt,
    likelihood: chosen("assessment", PART_FIELDS.assessment, "likelihood"),
    severity: chosen("assessment", PART_FIELDS.assessment, "severity"),
    isHighRisk: isHighRisk(caseAnswersOf(record)),
    done: [...outcomes, ...(ruling === "" ? [] : [`May be deleted: ${ruling}`])].join("\n"),
    actions: actions.length,
    actionsDone: actions.filter(({ doneAt }) => doneAt !== null).length,
    decision: chosen("decision", PART_FIELDS.decision, "report"),
    decidedAt,
    reportedAt,
    isLate: reportedAt !== null && reportedAt > deadlineOf(awareAt),
    told: chosen("people", PART_FIELDS.people, "told"),
    toldAt: people && valueOf(people.values, "told") === "yes" ? people.at : null,
    closedAt,
  };
}

const COPIES = { message: "The message", media: "Photos and files", backups: "Copies in backups" } as const;
