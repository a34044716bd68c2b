import { randomUUID } from "node:crypto";
import { type Actor, can, may } from "#domain/access/permission/permission.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { eventBy, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import { proposalProblems } from "#domain/policy/proposal/proposal.ts";
import { clock } from "#server/base/clock.ts";
import { hashToPublish, preparePublication } from "#server/base/content/publish.ts";
import { readContent } from "#server/base/content/read.ts";
import { loadContent, reloadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import {
  endWithin,
  HAS_CHANGED,
  hrefOf,
  IS_OVER,
  newsOf,
  onOf,
  publishWithin,
  nothingDone,
  standingOf,
  type ProposalResult,
} from "./change.ts";
import { findDraft, findReadableProposal, signingRulesOf } from "./queries.ts";
import * as repository from "./repository.ts";

type NotDone = { code: "invalid"; problems: readonly FieldProblem[] } | { code: "not-found" };

/** What the form sent. */
export interface SentProposal {
  slug: string;
  version: string;
  /** Made by the page, so that sending its form twice proposes once. */
  startKey: string;
  note: string;
}

/**
 * Proposes a version that is not published yet, as it lies in the content folder now. Nothing may be wrong with it, as
 * for publishing.
 */
export async function proposeVersion(actor: Actor, sent: SentProposal): Promise<ProposalResult | NotDone> {
  const draft = await findDraft(actor, sent.slug, sent.version);
  if (!draft) return { code: "not-found" };
  const { rules, title } = draft;
  if (!rules) return { code: "refused", message: "Your body asks for no signatures, so there is nothing to propose." };
  const problems = proposalProblems("note", sent.note);
  if (problems.length > 0) return { code: "invalid", problems };
  const { startKey, note } = sent;
  const on = { policy: sent.slug, version: sent.version };
  const { publication, hash } = await prepare(on);
  const [problem, ...more] = publication.problems;
  if (problem !== undefined || hash === null) return { code: "refused", message: notInOrder(problem, more.length) };
  const { body, personId } = actor;
  const at = clock.now();
  return untilUnique("VersionProposal", () =>
    transact(async (tx): Promise<Change<ProposalResult>> => {
      const earlier = await repository.findProposalByStartKey(tx, personId, startKey);
      if (earlier) return { result: { code: "done", reference: earlier.reference }, evidence: [] };
      const open = `${on.policy} ${on.version}`;
      const other = await repository.findOpenProposal(tx, open);
      if (other) return nothingDone(`It is proposed already, as ${other.reference}.`);
      const reference = makeReference("PRO");
      const head = { id: randomUUID(), reference, body, personId, startKey, ...on, hash, title, note, open };
      await repository.insertProposal(tx, { ...head, proposedAt: at });
      const { signers } = await standingOf(tx, rules, { body, personId, ...on, signatures: [] });
      return {
        result: { code: "done", reference },
        evidence: [eventBy(actor, at, "policy.proposed", reference, { on: { ...on, hash }, detail: { note } })],
        notices: askToSign({ body, reference, title, version: on.version }, [...signers.keys()]),
      };
    }),
  );
}

function notInOrder(problem: string | undefined, more: number): string {
  if (problem === undefined) return "The version is not in the content folder any more.";
  const rest = more > 0 ? ` There ${more === 1 ? "is one more fault" : `are ${more} more faults`}.` : "";
  return `It cannot be published as it is. ${problem}${rest}`;
}

function askToSign(
  { body, reference, title, version }: Pick<repository.ProposalRecord, "body" | "reference" | "title" | "version">,
  to: readonly string[],
): Notice[] {
  const subject = `A version of a policy needs your signature: ${reference}`;
  const paragraphs = [
    `“${title}”, version ${version}, is to be published. Read what it changes and whom it concerns. Then sign it, or send it back.`,
  ];
  return tellAll(to, { body, kind: "version-to-sign", subject, paragraphs, href: hrefOf(reference) });
}

/** Signs a proposal, for the version exactly as it was proposed. */
export async function signVersion(actor: Actor, reference: string): Promise<ProposalResult | NotDone> {
  const found = await findReadableProposal(actor, reference);
  if (!found) return { code: "not-found" };
  const problem = await readingProblem(found);
  if (problem !== null) return { code: "refused", message: problem };
  return actOn(actor, reference, async (tx, row) => {
    const rules = await signingRulesOf(row.body);
    const before = await standingOf(tx, rules, row);
    const roles = before.signers.get(actor.personId);
    if (hasSigned(actor, row)) return { result: { code: "done", reference: row.reference }, evidence: [] };
    if (!roles || !may(actor, "policy.sign", { body: row.body, ownerId: row.personId }))
      return nothingDone("You cannot sign this: its author never does, and others have to.");
    const at = clock.now();
    await repository.insertSignature(tx, { proposalId: row.id, personId: actor.personId, roles, signedAt: at });
    const given = [...row.signatures, { personId: actor.personId, roles }];
    const { missing, signers } = await standingOf(tx, rules, { ...row, signatures: given });
    const isComplete = missing.people === 0;
    const news = {
      subject: isComplete ? "A version can be published" : "A version was signed",
      words: isComplete ? "Everybody who has to has signed it. Publish it." : "Other signatures are still missing.",
    };
    const next = [...signers.keys()].filter((id) => !before.signers.has(id));
    return {
      result: { code: "done", reference: row.reference },
      evidence: [
        eventBy(actor, at, "policy.signed", row.reference, { on: onOf(row), data: { roles: roles.join(", ") } }),
      ],
      notices: [...newsOf(row, actor.personId, news), ...askToSign(row, next)],
    };
  });
}

const hasSigned = (actor: Actor, { signatures }: repository.ProposalRecord): boolean =>
  signatures.some(({ personId }) => personId === actor.personId);

/** Sends a proposal back to its author, for who could sign it or has: nobody signs it any more. */
export async function returnVersion(
  actor: Actor,
  reference: string,
  reason: string,
): Promise<ProposalResult | NotDone> {
  const problems = proposalProblems("reason", reason);
  if (problems.length > 0) return { code: "invalid", problems };
  return actOn(actor, reference, async (tx, row) => {
    const { signers } = await standingOf(tx, await signingRulesOf(row.body), row);
    if (!signers.has(actor.personId) && !hasSigned(actor, row))
      return nothingDone("Only who has to sign it sends it back.");
    return endWithin(tx, row, "returned", { ...endingBy(actor, reason), others: signers.keys() });
  });
}

/** Withdraws a proposal, for its author and the other policy owners. */
export async function withdrawProposal(actor: Actor, reference: string): Promise<ProposalResult | NotDone> {
  if (!can(actor, "policy.propose", actor)) return { code: "not-found" };
  return actOn(actor, reference, async (tx, row) => {
    const { signers } = await standingOf(tx, await signingRulesOf(row.body), row);
    return endWithin(tx, row, "withdrawn", { ...endingBy(actor), others: signers.keys() });
  });
}

/** Publishes a version that everybody has signed who has to, as `npm run policy:publish` does. */
export async function publishProposal(actor: Actor, reference: string): Promise<ProposalResult | NotDone> {
  const found = await findReadableProposal(actor, reference);
  if (!found || !can(actor, "policy.propose", actor)) return { code: "not-found" };
  const { publication } = await prepare(found);
  const [problem, ...more] = publication.problems;
  if (problem !== undefined) return { code: "refused", message: notInOrder(problem, more.length) };
  const result = await actOn(actor, reference, async (tx, row) => {
    const rules = await signingRulesOf(row.body);
    if (!rules)
      return nothingDone("Your body asks for no signatures any more. Publish it with npm run policy:publish.");
    return publishWithin(tx, row.id, { directory: getEnv().contentDir, publication, rules, ...endingBy(actor) });
  });
  if (result.code === "done") await reloadContent();
  return result;
}

const endingBy = ({ personId }: Actor, reason?: string) => ({ actor: personId, at: clock.now(), reason });

const CANNOT_BE_READ = "The files of this version cannot be read here, so nobody can sign it. Its author can help.";

const SHOWN_AS_IT_WAS =
  "The portal has only now taken up a change of this version, so that you may have read it as it was before. Read it again, then sign it.";

/**
 * Why a version that is as it was proposed cannot be signed as pages show it: it cannot be read, or they show another
 * state of it.
 */
async function readingProblem({ policy: slug, version, hash }: repository.ProposalRecord): Promise<string | null> {
  const { contentDir } = getEnv();
  const content = await readContent(contentDir);
  const now = await hashToPublish(contentDir, content, { slug, version });
  if (now === null) return CANNOT_BE_READ;
  if (now !== hash) return null;
  const stored = content.versions.find((one) => one.slug === slug && one.version === version);
  const policy = (await loadContent()).policies.find((one) => one.slug === slug);
  if (policy?.versions.find((one) => one.version === version)?.hash === stored?.hashes.hash) return null;
  await reloadContent();
  return SHOWN_AS_IT_WAS;
}

/** The version as it would be published now, checked. */
async function prepare({ policy, version }: { policy: string; version: string }) {
  const isWanted = (one: { slug: string; version: string }) => one.slug === policy && one.version === version;
  const directory = getEnv().contentDir;
  const publication = await preparePublication(directory, isWanted, clock.today());
  return { publication, hash: await hashToPublish(directory, publication.content, { slug: policy, version }) };
}

/** Does something with a proposal that waits; one whose version has changed is void instead, and nothing else is done. */
async function actOn(
  actor: Actor,
  reference: string,
  act: (tx: Tx, row: repository.ProposalRecord) => Promise<Change<ProposalResult>>,
): Promise<ProposalResult | NotDone> {
  const found = await findReadableProposal(actor, reference);
  if (!found) return { code: "not-found" };
  await settleProposals([found]);
  return transact(async (tx) => {
    const row = await repository.lockProposal(tx, found.id);
    if (row) return act(tx, row);
    const isVoid = (await findReadableProposal(actor, reference, tx))?.state === "voided";
    return nothingDone(isVoid ? HAS_CHANGED : IS_OVER);
  });
}

/**
 * Has the database agree with the content folder: a proposal whose version has changed is void, and one that was
 * published while the portal was killed, or from another place, is recorded as published. Runs at every start, and when
 * the content changes.
 * @param among only these; otherwise all that wait
 */
export async function settleProposals(among?: readonly repository.ProposalRecord[]): Promise<void> {
  const waiting = (among ?? (await repository.listWaitingProposals(getDatabase(), null))).filter(
    ({ state }) => state === "waiting",
  );
  if (waiting.length === 0) return;
  const directory = getEnv().contentDir;
  const content = await readContent(directory);
  for (const found of waiting) {
    const on = { slug: found.policy, version: found.version };
    const hash = await hashToPublish(directory, content, on);
    const isPublished = content.lock[on.slug]?.[on.version] !== undefined;
    // A server whose folder does not have the draft knows nothing of it.
    if (hash === null || (hash === found.hash && !isPublished)) continue;
    await transact(async (tx): Promise<Change<ProposalResult>> => {
      const row = await repository.lockProposal(tx, found.id);
      if (!row) return nothingDone(IS_OVER);
      const ending = { actor: PORTAL_ACTOR, at: clock.now() };
      if (hash === row.hash) return endWithin(tx, row, "published", ending);
      const { signers } = await standingOf(tx, await signingRulesOf(row.body), row);
      return endWithin(tx, row, "voided", { ...ending, others: signers.keys() });
    });
  }
}
