import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addDays, lastDay } from "#domain/base/calendar/calendar.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import {
  clauseProblem,
  extensionProblem,
  MOST_RISKS,
  periodProblems,
  riskProblems,
  riskSchema,
  whyTextProblems,
  scopeProblems,
  type Risk,
  problemsIn,
  REQUEST_SECTIONS,
  type RequestContent,
} from "#domain/policy/exception/request.ts";
import { residualOf } from "#domain/base/risk/risk.ts";
import { nextState } from "#domain/policy/exception/state.ts";
import { type FieldProblem } from "#domain/base/form/form-values.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { endBegun } from "#server/access/form-input/begun-effects.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { isDraftHeld } from "./change.ts";
import {
  findExtension,
  insertDraft,
  lockException,
  moveException,
  replaceRisks,
  updateException,
  type ExceptionRecord,
} from "./repository.ts";
import { knownClauses, ownVersion, readRequestLimits, whomProblems } from "./request-limit-rules.ts";

/** The result of a change to a draft. `not-found` also means that the actor may not know about it. */
export type DraftResult =
  | { ok: true }
  | { ok: false; code: "not-found" | "not-editable" }
  | { ok: false; code: "refused"; problems: readonly FieldProblem[] };

const HELD: FieldProblem = {
  field: "",
  message: "A hold concerns you, or what the draft says, so it was not deleted.",
};

type Begun = { ok: true; reference: string } | Exclude<DraftResult, { ok: true }>;

const NOT_FOUND = { ok: false, code: "not-found" } as const;

/** An id for a new risk of this request, so that sending its form twice adds only one. */
export const makeRiskId = ({ id }: Pick<ExceptionRecord, "id">): string => `${id}.${randomUUID()}`;

/**
 * Starts a draft on the current version of a policy of the actor's own body.
 * @param startKey made by the page that showed the form, so that sending it twice starts one draft
 * @param situation answers to the version's facts; the caller has to drop anything it does not know
 * @returns the draft's reference; or problems if no exception can lift a clause that is named; or null if the actor has
 * no such policy
 */
export async function startException(
  actor: Actor,
  slug: string,
  { startKey, situation, clauses }: { startKey: string; situation: Answers; clauses: readonly string[] },
): Promise<{ ok: true; reference: string } | { ok: false; problems: readonly FieldProblem[] } | null> {
  const version = await ownVersion(actor, slug);
  if (!version || !can(actor, "exception.request", { body: actor.body })) return null;
  const named = knownClauses(version, clauses);
  const problems = named.flatMap((id) => clauseProblem(id, version.exceptionRules) ?? []);
  if (problems.length > 0) return { ok: false, problems };
  const draft = { ...draftOn(actor, version, startKey), situation, clauses: named };
  return { ok: true, reference: await insertDraft(getDatabase(), draft) };
}

/** A new draft of the actor's on a version, before anything is written in it. */
export function draftOn(actor: Actor, { slug: policy, version, hash }: PolicyVersion, startKey: string) {
  const of = { body: actor.body, requesterId: actor.personId, startKey, at: clock.now() };
  return { ...of, id: randomUUID(), reference: makeReference("EX"), policy, version, hash };
}

/**
 * Begins an extension of an approved exception of the actor's: a draft on the current version with the same words, which
 * begins on the day after the last one. Its risks are assessed afresh. An extension that was begun and is not decided
 * yet is not begun twice; beside one that was approved there is no other, so that none gets round how often it can be.
 * @param startKey made by the page that showed the form
 */
export const extendException = async (actor: Actor, reference: string, startKey: string): Promise<Begun> =>
  transact(async (tx) => {
    const at = clock.now();
    const done = (result: Begun) => ({ result, evidence: [] });
    const held = await lockException(tx, actor.body, reference);
    if (held?.requesterId !== actor.personId) return done(NOT_FOUND);
    const begun = await findExtension(tx, held.id, at);
    if (begun?.isApproved === false) return done({ ok: true, reference: begun.reference });
    if (nextState(held, "extend", at) === undefined || !held.endsAt) return done({ ok: false, code: "not-editable" });
    const version = await ownVersion(actor, held.policy);
    const alreadyExtended = begun && `It was extended already, as ${begun.reference}. Extend that one.`;
    const problem = !version
      ? "This policy is no longer in use. Start a new request."
      : (alreadyExtended ?? extensionProblem(held.extension + 1, version.exceptionRules));
    if (!version || problem !== null)
      return done({ ok: false, code: "refused", problems: [{ field: "", message: problem ?? "" }] });
    const { situation, justification, whyNoChannel, dataInvolved, scope, teamId, groupId } = held;
    const same = { situation, justification, whyNoChannel, dataInvolved, scope, teamId, groupId };
    const draft = {
      ...draftOn(actor, version, startKey),
      ...same,
      clauses: knownClauses(version, held.clauses).filter((id) => clauseProblem(id, version.exceptionRules) === null),
      wantedFrom: addDays(lastDay(held.endsAt), 1),
      extendsId: held.id,
      extension: held.extension + 1,
    };
    return done({ ok: true, reference: await insertDraft(tx, draft) });
  });

/** Saves the part "what and why". With `isLater`, nothing has to be filled in yet. */
export const saveWhy = async (
  actor: Actor,
  reference: string,
  part: Pick<RequestContent, "clauses" | "justification" | "whyNoChannel" | "dataInvolved">,
  isLater: boolean,
): Promise<DraftResult> =>
  changeDraft(actor, reference, async (tx, draft, at) => {
    const version = await ownVersion(actor, draft.policy);
    if (!version) return [{ field: "", message: "This policy is no longer in use. Start a new request." }];
    const { justification, whyNoChannel, dataInvolved } = part;
    const clauses = knownClauses(version, part.clauses);
    const problems: FieldProblem[] = [
      ...whyTextProblems(part, isLater),
      ...(clauses.length === 0 && !isLater ? [{ field: "clauses", message: "Choose at least one clause." }] : []),
      ...clauses.flatMap((id) => clauseProblem(id, version.exceptionRules) ?? []),
    ];
    if (problems.length > 0) return problems;
    const on = { version: version.version, hash: version.hash };
    await updateException(tx, draft.id, at, { ...on, clauses, justification, whyNoChannel, dataInvolved });
    return [];
  });

/**
 * Saves the part "for whom and how long". `teamId` has to be a team that the actor belongs to or manages, `groupId` a
 * registered chat group that they administer. With `isLater`, nothing has to be filled in yet, and the days need not
 * fit.
 */
export const saveWho = async (
  actor: Actor,
  reference: string,
  part: Pick<RequestContent, "scope" | "teamId" | "groupId" | "wantedFrom" | "wantedUntil">,
  isLater = false,
): Promise<DraftResult> =>
  changeDraft(actor, reference, async (tx, draft, at) => {
    const limits = await readRequestLimits(tx, actor, draft);
    const problems = [
      ...(part.scope !== null || !isLater ? scopeProblems(part, limits.rules) : []),
      ...(await whomProblems(tx, actor, part)),
    ];
    if (!isLater) problems.push(...periodProblems(part.wantedFrom, part.wantedUntil, limits));
    if (problems.length > 0) return problems;
    const whom = {
      teamId: part.scope === "team" ? part.teamId : null,
      groupId: part.scope === "group" ? part.groupId : null,
    };
    await updateException(tx, draft.id, at, { ...part, ...whom });
    return [];
  });

/**
 * Replaces the risk with this id, or adds it if there is none, so that a form sent twice adds one, and nothing that
 * somebody is still writing is lost if the risk was removed in the meantime.
 * @param riskId from `makeRiskId` or of a risk of this request; null, or anything else, for a new one
 * @param isLater true if texts may still be missing
 */
export const saveRisk = async (actor: Actor, reference: string, riskId: string | null, risk: Risk, isLater = false) =>
  changeDraft(actor, reference, async (tx, draft, at) => {
    const isKnown = draft.risks.some(({ id }) => id === riskId);
    if (!isKnown && draft.risks.length >= MOST_RISKS)
      return [{ field: "", message: `A request can have ${MOST_RISKS} risks at most. Combine some of them.` }];
    const version = await ownVersion(actor, draft.policy);
    const source = version?.clauses.find(({ id, kind }) => id === risk.clause && kind === "risk");
    const described = { ...risk, description: risk.description || (source?.text ?? "") };
    const problems = [
      ...(risk.clause !== null && !source
        ? [{ field: "source", message: "Choose one of the policy's risks, or describe your own." }]
        : []),
      ...riskProblems(described, { ...(await readRequestLimits(tx, actor, draft)), until: draft.wantedUntil }, isLater),
    ];
    if (problems.length > 0) return problems;
    const saved: SavedRisk = { ...described, id: isOf(draft, riskId) ? riskId : makeRiskId(draft) };
    const before: readonly SavedRisk[] = draft.risks;
    const all = isKnown ? before.map((one) => (one.id === riskId ? saved : one)) : [...before, saved];
    await writeRisks(tx, draft, at, all);
    return [];
  });

/** Removes a risk from the request. If it is already gone, nothing changes. */
export const removeRisk = async (actor: Actor, reference: string, riskId: string): Promise<DraftResult> =>
  changeDraft(actor, reference, async (tx, draft, at) => {
    const rest = draft.risks.filter(({ id }) => id !== riskId);
    if (rest.length < draft.risks.length) await writeRisks(tx, draft, at, rest);
    return [];
  });

/** Deletes a draft that was never sent. */
export const discardDraft = async (actor: Actor, reference: string): Promise<DraftResult> =>
  transact(async (tx) => {
    const done = (result: DraftResult) => ({ result, evidence: [] });
    const draft = await lockException(tx, actor.body, reference);
    if (draft?.requesterId !== actor.personId) return done(NOT_FOUND);
    const at = clock.now();
    const next = nextState(draft, "discard", at);
    if (next === undefined) return done({ ok: false, code: "not-editable" });
    if (await isDraftHeld(tx, draft)) return done({ ok: false, code: "refused", problems: [HELD] });
    await moveException(tx, draft.id, at, next);
    await endBegun(tx, actor.personId, `/exceptions/${draft.reference}`, at);
    return done({ ok: true });
  });

type SavedRisk = Risk & { id: string };

async function writeRisks(tx: Tx, draft: ExceptionRecord, at: Date, risks: readonly SavedRisk[]): Promise<void> {
  const rows = risks.map((risk) => ({ ...riskSchema.parse(risk), id: risk.id }));
  await replaceRisks(tx, draft.id, rows);
  await updateException(tx, draft.id, at, { residual: residualOf(risks) });
}

/**
 * Changes a draft, or a request that was sent back, while holding its lock. Unsent drafts are not evidence; what is
 * sent in the end is, so a request that was sent back leaves evidence when it is sent again.
 */
const changeDraft = async (
  actor: Actor,
  reference: string,
  change: (tx: Tx, draft: ExceptionRecord, at: Date) => Promise<readonly FieldProblem[]>,
): Promise<DraftResult> =>
  transact(async (tx) => {
    const at = clock.now();
    const draft = await lockException(tx, actor.body, reference);
    const done = (result: DraftResult) => ({ result, evidence: [] });
    if (!draft || !can(actor, "exception.request", { body: draft.body })) return done(NOT_FOUND);
    if (draft.requesterId !== actor.personId) return done(NOT_FOUND);
    if (nextState(draft, "edit", at) === undefined) return done({ ok: false, code: "not-editable" });
    const problems = await change(tx, draft, at);
    return done(problems.length > 0 ? { ok: false, code: "refused", problems } : { ok: true });
  });

/** Whether an id was made for a risk of this request, because one from another request must not be taken over. */
const isOf = ({ id }: ExceptionRecord, riskId: string | null): riskId is string =>
  riskId !== null && riskId.startsWith(`${id}.`) && riskId.length === id.length + 37;

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
      ? whyTextProblems(content, true)
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

function withWords(risk: Risk, clauses: readonly { id: string; text: string }[]): Risk {
  return { ...risk, description: risk.description || (clauses.find(({ id }) => id === risk.clause)?.text ?? "") };
}
