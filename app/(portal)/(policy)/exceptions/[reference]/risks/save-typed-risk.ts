import type { SectionResult } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { MOST_MITIGATIONS, riskProblems, type Mitigation, type Risk } from "#domain/policy/exception/request.ts";
import { MITIGATION_OWNERS, type MitigationOwner, type RiskScores, type Score } from "#domain/base/risk/risk.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { dayOf, readDate } from "#domain/base/form/typed-date.ts";
import { saveRisk } from "#server/policy/exception/draft-service.ts";
import { getRequestLimits, type ExceptionRecord } from "#server/policy/exception/queries.ts";

const SCORE_FIELDS = {
  likelihoodBefore: "Choose how likely it is as it is now.",
  impactBefore: "Choose how much it would matter as it is now.",
  likelihoodAfter: "Choose how likely it is with what you will do.",
  impactAfter: "Choose how much it would matter with what you will do.",
} as const satisfies Record<keyof RiskScores, string>;

interface TypedRisk extends Readonly<Record<keyof RiskScores, Score | null>> {
  /** Its id. */
  risk: string;
  /** A clause, "own" for none, "" if not answered. */
  source: string;
  description: string;
  /** The number of mitigations that the form has room for. */
  rows: number;
}

/** Saves the risk that a form describes; or only adds a row for another mitigation. */
export async function saveTypedRisk(
  actor: Actor,
  exception: ExceptionRecord,
  { risk: id, source, description, rows, ...typed }: TypedRisk,
  form: FormValues,
  isLater: boolean,
): Promise<SectionResult> {
  if (form.text("then") === "more") return { problems: [], at: `mitigation-${nextRow(rows)}-text` };
  const problems: FieldProblem[] = [];
  if (source === "" && !isLater)
    problems.push({ field: "source", message: "Choose one of the policy's risks, or say that it is another one." });
  const mitigations = Array.from({ length: rows }, (_, index) => readMitigation(form, index + 1, problems));
  const score = (field: keyof RiskScores): Score => {
    if (typed[field] === null) problems.push({ field, message: SCORE_FIELDS[field] });
    return typed[field] ?? 1;
  };
  const risk: Risk = {
    clause: source === "" || source === "own" ? null : source,
    description,
    likelihoodBefore: score("likelihoodBefore"),
    impactBefore: score("impactBefore"),
    likelihoodAfter: score("likelihoodAfter"),
    impactAfter: score("impactAfter"),
    mitigations: mitigations.filter((one) => one !== null),
  };
  if (problems.length === 0) {
    const result = await saveRisk(actor, exception.reference, id, risk, isLater);
    return "problems" in result ? { problems: inPageOrder(result.problems) } : result;
  }
  const isOwn = risk.clause === null;
  const limits = await getRequestLimits(actor, exception);
  const others = riskProblems({ ...risk, ...NO_SCORES }, { ...limits, until: exception.wantedUntil }, isLater);
  problems.push(...others.filter(({ field }) => isOwn || field !== "description" || description !== ""));
  return { problems: inPageOrder(problems) };
}

/** If a score is missing, the others cannot be compared yet. */
const NO_SCORES = { likelihoodBefore: 1, impactBefore: 1, likelihoodAfter: 1, impactAfter: 1 } as const;

/** The number of mitigations that a form has room for, from its hidden field. */
export function rowsOf(text: string): number {
  const rows = /^\d$/.test(text) ? Number(text) : 1;
  return Math.min(Math.max(rows, 1), MOST_MITIGATIONS);
}

export function nextRow(rows: number): number {
  return Math.min(rows + 1, MOST_MITIGATIONS);
}

/** One mitigation as typed; null for an empty row. A day that does not exist is added to `problems`. */
function readMitigation(form: FormValues, number: number, problems: FieldProblem[]): Mitigation | null {
  const field = `mitigation-${number}-due`;
  const text = form.text(`mitigation-${number}-text`);
  const due = readDate(form, field, "the day it is due");
  if (due.kind === "wrong") problems.push({ field, message: due.message });
  if (text === "" && due.kind === "empty") return null;
  const owner = form.text(`mitigation-${number}-owner`);
  return { text, owner: isOwner(owner) ? owner : "requester", dueOn: dayOf(due) };
}

function isOwner(value: string): value is MitigationOwner {
  return Object.hasOwn(MITIGATION_OWNERS, value);
}

function inPageOrder(problems: readonly FieldProblem[]): FieldProblem[] {
  const order = [
    "",
    "source",
    "description",
    "likelihoodBefore",
    "impactBefore",
    "mitigation",
    "likelihoodAfter",
    "impactAfter",
  ];
  const rank = ({ field }: FieldProblem) => order.indexOf(field.startsWith("mitigation") ? "mitigation" : field);
  return [...problems].sort((a, b) => rank(a) - rank(b));
}
