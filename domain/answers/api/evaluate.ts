/** Situations that a program sends: all are checked, then evaluated against the policy. */
import { UndecidedError } from "#domain/policy/decision/decide.ts";
import type { FactSet } from "#domain/policy/decision/fact.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { EXCEPTION_FACT } from "#domain/policy/exception/coverage.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import { UNLESS } from "#domain/policy/exception/result-sentence.ts";
import { explain, unknownAnswers } from "#domain/policy/policy/explain.ts";
import { lastDayOf, nextChangeIn } from "#domain/policy/policy/on-day.ts";
import type { PolicyVersion, VersionState } from "#domain/policy/policy/policy.ts";
import {
  type ApiAnswer,
  errorsOf,
  type EvaluateRequest,
  type EvaluateResponse,
  type Evaluation,
  refuse,
  situationListSchema,
  situationSchema,
} from "./evaluation-schema.ts";
import { questionResource } from "./policy-resource.ts";
import { jsonPointer } from "./problem.ts";

export interface EvaluatedBy {
  version: PolicyVersion;
  state: VersionState;
  /** The day that it decides for, YYYY-MM-DD: that of `version`. */
  day: string;
  body: Body;
  /** The facts that all policies share: one that this policy does not use is still valid, and ignored. */
  shared: FactSet;
}

/**
 * Answers a request to evaluate. All situations are checked before any is evaluated; one wrong answer rejects them all.
 * @param sent the parsed JSON, of any shape
 */
export function evaluateRequest(by: EvaluatedBy, sent: unknown): ApiAnswer<EvaluateResponse> {
  if (by.version.frontMatter.status === "withdrawn")
    return { ok: false, code: "no-verdict", detail: "This version withdrew the policy, so it decides nothing." };
  const read = readRequest(sent);
  if (!read.ok) return read;
  const isList = "situations" in read.resource;
  const situations = "situations" in read.resource ? read.resource.situations : [read.resource];
  const errors = situations.flatMap(({ facts }, at) =>
    unknownAnswers(by.version, by.shared, facts).map(({ fact, message }) => ({
      detail: message,
      pointer: jsonPointer(isList ? ["situations", at, "facts", fact] : ["facts", fact]),
    })),
  );
  if (errors.length > 0) return refuse(errors);
  try {
    const evaluate = evaluator(by);
    const results = situations.map(({ facts }) => evaluate(facts));
    const [first] = results;
    return { ok: true, resource: isList || !first ? { results } : first };
  } catch (error) {
    if (error instanceof UndecidedError) return { ok: false, code: "no-verdict", detail: error.message };
    throw error;
  }
}

function readRequest(sent: unknown): ApiAnswer<EvaluateRequest> {
  const isList = typeof sent === "object" && sent !== null && "situations" in sent && !("facts" in sent);
  const read = (isList ? situationListSchema : situationSchema).safeParse(sent);
  return read.success ? { ok: true, resource: read.data } : refuse(errorsOf(read.error));
}

/** Evaluates each distinct situation once, because an incomplete one has to look at every completion. */
function evaluator(by: EvaluatedBy): (facts: Answers) => Evaluation {
  const known = new Map<string, Evaluation>();
  return (facts) => {
    const used = by.version.table.facts.map(({ name }) => facts[name] ?? "");
    const key = used.join(" ");
    const result = known.get(key) ?? evaluateOne(by, facts);
    known.set(key, result);
    return result;
  };
}

function evaluateOne({ version, state, day, body }: EvaluatedBy, facts: Answers): Evaluation {
  const { rule: ruleId, verdict, reasons, obligations, instead, needs } = explain(version, facts);
  const head = {
    policy: version.slug,
    version: version.version,
    hash: version.hash,
    state,
    on: day,
    rulesUntil: lastDayOf(version),
  };
  const change = nextChangeIn(version, facts);
  const rule = version.table.rules.find(({ id }) => id === ruleId);
  if (verdict === null || !rule)
    return { settled: false, ...head, needs: needs.map((fact) => questionResource(version, fact)) };
  return {
    settled: true,
    ...head,
    verdict,
    changes: change && { until: change.until, from: change.from, verdict: change.rule?.verdict ?? null },
    rule: rule.id,
    says: rule.says ?? null,
    unless: verdict === "never" && facts[EXCEPTION_FACT] !== "yes" && canBeLifted(version, facts) ? UNLESS : null,
    reasons,
    obligations,
    instead,
    contacts: body.contacts.filter(({ id }) => rule.contacts.includes(id)),
  };
}
