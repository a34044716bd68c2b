import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import { residualOf } from "#domain/base/risk/risk.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import {
  LONGEST_REQUEST_TEXT,
  problemsIn,
  REQUEST_SECTIONS,
  riskProblems,
  type RequestContent,
  type Risk,
} from "#domain/policy/exception/request.ts";
import { nextState } from "#domain/policy/exception/state.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { insertDraft, lockException, updateException } from "./repository.ts";
import { draftOn, makeRiskId, writeRisks } from "./draft-service.ts";
import { knownClauses, ownVersion, readRequestLimits } from "./request-limit-rules.ts";

/** What the short form asks: the rest follows from the situation, and it is for the actor alone. */
export interface ShortRequest extends Pick<
  RequestContent,
  "justification" | "whyNoChannel" | "dataInvolved" | "wantedUntil"
> {
  startKey: string;
  situation: Answers;
  clauses: readonly string[];
  /** Its scores after mitigation are those before: nothing is done about it. Null if none was chosen. */
  risk: Risk | null;
}

export type ShortResult =
  | { ok: true; reference: string; residual: number | null }
  | { ok: false; code: "refused"; problems: readonly FieldProblem[] };

/**
 * Starts a draft and fills it in at once, for a request with one risk. It is sent from the page that shows it whole.
 * @param isLater nothing has to be filled in yet: the long form goes on from here
 * @param alsoWrong what was wrong with what was typed before it could be read, such as a day that does not exist
 * @returns its reference and the risk that is left, 1 to 25; problems, by field, where something is missing; or null if
 * the actor has no such policy
 */
export async function askInShort(
  actor: Actor,
  slug: string,
  { startKey, situation, clauses, risk, ...texts }: ShortRequest,
  isLater: boolean,
  alsoWrong: readonly FieldProblem[] = [],
): Promise<ShortResult | null> {
  const version = await ownVersion(actor, slug);
  if (!version || !can(actor, "exception.request", { body: actor.body })) return null;
  return transact(async (tx) => {
    const at = clock.now();
    const done = (result: ShortResult) => ({ result, evidence: [] });
    const limits = await readRequestLimits(tx, actor, { policy: slug, requester: { managerId: null } });
    const canBeForOne = limits.rules.for.who.includes("person");
    const content: RequestContent = {
      ...texts,
      clauses: knownClauses(version, clauses),
      situation,
      scope: canBeForOne ? "person" : null,
      teamId: null,
      groupId: null,
      wantedFrom: null,
      risks: risk ? [withWords(risk, version.clauses)] : [],
    };
    const found = isLater
      ? tooLong(content)
      : [
          ...REQUEST_SECTIONS.flatMap((section) => (section === "risks" ? [] : problemsIn(section, content, limits))),
          ...content.risks.flatMap((one) => riskProblems(one, { ...limits, until: content.wantedUntil })),
        ];
    const known = alsoWrong.map(({ field }) => field);
    const problems = [...alsoWrong, ...found.filter(({ field }) => !known.includes(field))];
    if (problems.length > 0) return done({ ok: false, code: "refused", problems });
    const { risks, ...written } = content;
    const reference = await insertDraft(tx, {
      ...draftOn(actor, version, startKey),
      ...written,
      clauses: [...content.clauses],
    });
    const draft = await lockException(tx, actor.body, reference);
    if (draft && nextState(draft, "edit", at) !== undefined) {
      await updateException(tx, draft.id, at, texts); // where the same form was sent before, with other words
      const ofDraft = risks.map((one) => ({ ...one, id: makeRiskId(draft) }));
      await writeRisks(tx, draft, at, ofDraft);
    }
    return done({ ok: true, reference, residual: residualOf(risks) });
  });
}

/** A risk from the policy has its words. */
function withWords(risk: Risk, clauses: readonly { id: string; text: string }[]): Risk {
  return { ...risk, description: risk.description || (clauses.find(({ id }) => id === risk.clause)?.text ?? "") };
}

function tooLong({ justification, whyNoChannel, dataInvolved }: RequestContent): FieldProblem[] {
  return Object.entries({ justification, whyNoChannel, dataInvolved }).flatMap(([field, text]) =>
    textProblems(field, text, null, LONGEST_REQUEST_TEXT),
  );
}
