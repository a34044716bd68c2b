import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { answerSituation, verdictFrom, type OpenReading } from "#domain/policy/understanding/reading.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { continueReading, openReading, situationAskedIn, storedStanding, getReadingDemand } from "./effects.ts";
import { moveOn } from "./repository.ts";

/** What the page shows that asks the actor to accept a version: opening it begins their reading. See `openReading`. */
export const beginReading = async (actor: Actor, version: PolicyVersion): Promise<OpenReading | null> =>
  can(actor, "acknowledgement.give", actor) ? openReading(actor, version) : null;

export type AnswerSituationResult =
  /** Right or wrong: the page says which, and what comes next. */
  | { code: "answered" }
  /** It was answered already, in another window: the page shows where they are. */
  | { code: "moved-on" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

/**
 * Takes an answer to the situation that waits for one. Only where somebody is now is written down, until they have passed:
 * neither what they got wrong nor how often.
 * @param sent `situation` is the one that the page showed, `choice` the verdict chosen
 */
export async function takeAnswer(
  actor: Actor,
  sent: { slug: string; situation: string; choice: string },
): Promise<AnswerSituationResult> {
  const policy = await getOwnPolicy(actor, sent.slug);
  if (!policy?.current || !can(actor, "acknowledgement.give", { body: policy.body.slug })) return { code: "not-found" };
  const version = policy.current;
  const demand = await getReadingDemand(actor, version.slug);
  if (!demand.checksUnderstanding) return { code: "moved-on" };
  const row = await continueReading(actor, version, demand);
  const { order, asked } = situationAskedIn(row, version);
  if (row.passedAt || !asked || asked.id !== sent.situation) return { code: "moved-on" };
  const chosen = verdictFrom(sent.choice);
  if (!chosen || !asked.choices.includes(chosen))
    return { code: "invalid", problems: [{ field: "choice", message: "Choose what the policy says." }] };
  const next = storedStanding(answerSituation(order, row, asked, chosen));
  const hasMoved = await moveOn(getDatabase(), { id: row.id, asked: row.asked ?? "" }, next);
  return { code: hasMoved ? "answered" : "moved-on" };
}
