import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/actor.ts";
import { capacitiesOf } from "#domain/access/capacity.ts";
import { can } from "#domain/access/permission.ts";
import { calendarDay } from "#domain/calendar/calendar.ts";
import type { Answers } from "#domain/decision/fault.ts";
import {
  LONGEST_LINE,
  LONGEST_TEXT,
  MOST_MITIGATIONS,
  MOST_RISKS,
  periodProblems,
  scoreProblems,
  type Mitigation,
  type Risk,
} from "#domain/exception/request.ts";
import { residualOf } from "#domain/exception/risk.ts";
import { permit } from "#domain/exception/state.ts";
import { textProblems, type FieldProblem } from "#domain/form/field-problem.ts";
import type { PolicyVersion } from "#domain/policy/policy.ts";
import { clock } from "#server/clock.ts";
import { getDatabase } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { listOwnTeams } from "#server/directory/queries.ts";
import { transact } from "#server/evidence/transact.ts";
import { makeReference } from "#server/make-reference.ts";
import { getPolicy } from "#server/policy/queries.ts";
import { deleteException, insertDraft, lockException, replaceRisks, updateException, type ExceptionRecord } from "./repository.ts"; // prettier-ignore

/** What became of a change to a draft. `not-found` also stands for: not yours to know of. */
export type DraftResult =
  | { ok: true }
  | { ok: false; code: "not-found" | "not-editable" }
  | { ok: false; code: "refused"; problems: readonly FieldProblem[] };

const NOT_FOUND = { ok: false, code: "not-found" } as const;

/**
 * Starts a draft on the current version of a policy of the actor's own body.
 * @param startKey made by the page that showed the form, so that sending it twice starts one draft
 * @param situation answers of the version's facts; what it does not know has to be dropped before
 * @returns the draft's reference, or null where the actor has no such policy
 */
export async function startException(
  actor: Actor,
  slug: string,
  { startKey, situation, clauses }: { startKey: string; situation: Answers; clauses: readonly string[] },
): Promise<string | null> {
  const version = await ownVersion(actor, slug);
  if (!version) return null;
  return insertDraft(getDatabase(), {
    id: randomUUID(),
    reference: makeReference("EX"),
    ...{ body: actor.body, requesterId: actor.personId, startKey },
    ...{ policy: slug, version: version.version, hash: version.hash },
    situation,
    clauses: knownClauses(version, clauses),
    at: clock.now(),
  });
}

/** Saves the part "what and why". With `isLater` nothing has to be filled in yet. */
export async function saveWhy(
  actor: Actor,
  reference: string,
  part: { clauses: readonly string[]; justification: string; whyNoChannel: string; dataInvolved: string },
  isLater: boolean,
): Promise<DraftResult> {
  return changeDraft(actor, reference, async (tx, draft, at) => {
    const version = await ownVersion(actor, draft.policy);
    if (!version) return [{ field: "", message: "This policy is not in use any more. Start a new request." }];
    const { justification, whyNoChannel, dataInvolved } = part;
    const clauses = knownClauses(version, part.clauses);
    const problems: FieldProblem[] = [
      ...(clauses.length === 0 && !isLater ? [{ field: "clauses", message: "Choose at least one clause." }] : []),
      ...textProblems(
        "justification",
        justification,
        isLater ? null : "Say what you want to do, and why.",
        LONGEST_TEXT,
      ),
      ...textProblems(
        "whyNoChannel",
        whyNoChannel,
        isLater ? null : "Say why no approved channel will do.",
        LONGEST_TEXT,
      ),
      ...textProblems("dataInvolved", dataInvolved, isLater ? null : "Say what information is involved.", LONGEST_TEXT),
    ];
    if (problems.length > 0) return problems;
    const on = { version: version.version, hash: version.hash };
    await updateException(tx, draft.id, at, { ...on, clauses, justification, whyNoChannel, dataInvolved });
    return [];
  });
}

/** Saves the part "for whom and how long". `teamId` has to be a team that the actor belongs to or manages. */
export async function saveWho(
  actor: Actor,
  reference: string,
  part: {
    scope: "person" | "team" | null;
    teamId: string | null;
    wantedFrom: string | null;
    wantedUntil: string | null;
  },
): Promise<DraftResult> {
  return changeDraft(actor, reference, async (tx, draft, at) => {
    const teams = await listOwnTeams(actor, tx);
    const problems: FieldProblem[] = [];
    if (part.scope === null) problems.push({ field: "scope", message: "Say whether it is for you or for your team." });
    if (part.scope === "team" && !teams.some(({ id }) => id === part.teamId))
      problems.push({ field: "scope", message: "Choose one of your own teams." });
    problems.push(...periodProblems(part.wantedFrom, part.wantedUntil, calendarDay(at)));
    if (problems.length > 0) return problems;
    const teamId = part.scope === "team" ? part.teamId : null;
    await updateException(tx, draft.id, at, { ...part, teamId });
    return [];
  });
}

/**
 * Adds a risk, or puts it in the place of the one at `position`.
 * @param position from 0; null to add
 */
export async function saveRisk(
  actor: Actor,
  reference: string,
  position: number | null,
  risk: Risk,
): Promise<DraftResult> {
  return changeDraft(actor, reference, async (tx, draft, at) => {
    if (position !== null && !draft.risks[position])
      return [{ field: "", message: "This risk is not in the request any more. Go back to the list of risks." }];
    if (position === null && draft.risks.length >= MOST_RISKS)
      return [{ field: "", message: `A request holds ${MOST_RISKS} risks at most. Join some of them.` }];
    const version = await ownVersion(actor, draft.policy);
    const problems = riskProblems(risk, version, calendarDay(at));
    if (problems.length > 0) return problems;
    const added = { ...risk, id: randomUUID() };
    const before: readonly (Risk & { id: string })[] = draft.risks;
    const risks = before.map((one, index) => (index === position ? added : one));
    await writeRisks(tx, draft, at, position === null ? [...risks, added] : risks);
    return [];
  });
}

/** Takes a risk out of the request. @param position from 0 */
export async function removeRisk(actor: Actor, reference: string, position: number): Promise<DraftResult> {
  return changeDraft(actor, reference, async (tx, draft, at) => {
    if (!draft.risks[position]) return [];
    await writeRisks(
      tx,
      draft,
      at,
      draft.risks.filter((_, index) => index !== position),
    );
    return [];
  });
}

/** Deletes a draft that was never sent. */
export async function discardDraft(actor: Actor, reference: string): Promise<DraftResult> {
  return getDatabase().$transaction(async (tx): Promise<DraftResult> => {
    const draft = await lockException(tx, actor.body, reference);
    if (draft?.requesterId !== actor.personId) return NOT_FOUND;
    const permitted = permit(draft, "discard", ["requester"], clock.now());
    if (!permitted.ok) return { ok: false, code: "not-editable" };
    await deleteException(tx, draft.id);
    return { ok: true };
  });
}

async function writeRisks(
  tx: Prisma.TransactionClient,
  draft: ExceptionRecord,
  at: Date,
  risks: readonly (Risk & { id: string })[],
): Promise<void> {
  await replaceRisks(
    tx,
    draft.id,
    risks.map(({ id, clause, description, mitigations, ...scores }) => ({
      ...{ id, clause, description },
      ...{ likelihoodBefore: scores.likelihoodBefore, impactBefore: scores.impactBefore },
      ...{ likelihoodAfter: scores.likelihoodAfter, impactAfter: scores.impactAfter },
      mitigations: mitigations.map(({ text, owner, dueOn }) => ({ text, owner, dueOn })),
    })),
  );
  await updateException(tx, draft.id, at, { residual: residualOf(risks) });
}

/**
 * Changes a draft, or a request that was sent back, under its lock. Unsent drafts are no evidence; what is sent in the
 * end is, so that a request that was sent back leaves its trace when it is sent again.
 */
async function changeDraft(
  actor: Actor,
  reference: string,
  change: (tx: Prisma.TransactionClient, draft: ExceptionRecord, at: Date) => Promise<readonly FieldProblem[]>,
): Promise<DraftResult> {
  return transact(async (tx) => {
    const at = clock.now();
    const draft = await lockException(tx, actor.body, reference);
    const done = (result: DraftResult) => ({ result, evidence: [] });
    if (!draft || !can(actor, "exception.request", { body: draft.body })) return done(NOT_FOUND);
    const capacities = capacitiesOf(actor, { ...draft, managerId: null });
    if (!capacities.includes("requester")) return done(NOT_FOUND);
    if (!permit(draft, "edit", capacities, at).ok) return done({ ok: false, code: "not-editable" });
    const problems = await change(tx, draft, at);
    return done(problems.length > 0 ? { ok: false, code: "refused", problems } : { ok: true });
  });
}

/** The current version of a policy of the actor's own body, or null. */
export async function ownVersion(actor: Actor, slug: string): Promise<PolicyVersion | null> {
  const policy = await getPolicy(actor, slug);
  return policy?.isMine && policy.isPublished ? policy.version : null;
}

/** The ids among `clauses` that the version has, each once, in the order of its text. */
function knownClauses(version: PolicyVersion, clauses: readonly string[]): string[] {
  return version.clauses.map(({ id }) => id).filter((id) => clauses.includes(id));
}

function riskProblems(risk: Risk, version: PolicyVersion | null, today: string): FieldProblem[] {
  const isOfPolicy = version?.clauses.some(({ id, kind }) => id === risk.clause && kind === "risk");
  return [
    ...(risk.clause !== null && !isOfPolicy
      ? [{ field: "source", message: "Choose one of the policy's risks, or describe your own." }]
      : []),
    ...textProblems("description", risk.description, "Describe the risk.", LONGEST_TEXT),
    ...scoreProblems(risk, risk.mitigations),
    ...(risk.mitigations.length > MOST_MITIGATIONS
      ? [{ field: "mitigation-1-text", message: `Name ${MOST_MITIGATIONS} mitigations at most.` }]
      : []),
    ...risk.mitigations.flatMap((mitigation, index) => mitigationProblems(mitigation, index + 1, today)),
  ];
}

function mitigationProblems({ text, dueOn }: Mitigation, number: number, today: string): FieldProblem[] {
  return [
    ...textProblems(`mitigation-${number}-text`, text, "Say what you will do.", LONGEST_LINE),
    ...(dueOn !== null && dueOn < today
      ? [{ field: `mitigation-${number}-due`, message: "The day it is due must be today or later." }]
      : []),
  ];
}
