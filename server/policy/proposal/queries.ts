import { type Actor, can, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { ANSWER_WITHIN_WORKING_DAYS, newTask, type Task } from "#domain/gather/task/task.ts";
import { DEFAULT_CAMPAIGN } from "#domain/policy/campaign/campaign.ts";
import { materialReason, predecessorOf } from "#domain/policy/policy/material.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { SigningRules } from "#domain/policy/proposal/proposal.ts";
import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { audiencePartsOf } from "#server/policy/acknowledgement/asking-queries.ts";
import { getChangesPage } from "#server/policy/policy/change-queries.ts";
import { standingOf } from "./change.ts";
import * as repository from "./repository.ts";

export type ProposalView = NonNullable<Awaited<ReturnType<typeof getProposal>>>;

/** What a body asks for before a version of its policies is published; null for nothing. */
export const signingRulesOf = async (body: string): Promise<SigningRules | null> =>
  (await loadContent()).bodies.find(({ slug }) => slug === body)?.publishing ?? null;

/** A version of the actor's body that is not published yet, for those who propose; null if there is none. */
export async function findDraft(actor: Actor, slug: string, number: string) {
  const draft = (await listDrafts(actor)).find((one) => one.slug === slug && one.version === number);
  const isTheirs = draft && can(actor, "policy.propose", { body: draft.frontMatter.body });
  return isTheirs ? { draft, rules: await signingRulesOf(actor.body), title: draft.frontMatter.title } : null;
}

async function listDrafts(actor: Actor): Promise<PolicyVersion[]> {
  if (!can(actor, "policy.read-unpublished", actor)) return [];
  const { policies } = await loadContent();
  const all = policies.flatMap(({ versions }) => versions);
  return all.filter(({ isPublished, frontMatter }) => !isPublished && frontMatter.body === actor.body);
}

/** A proposal of the actor's body, for those who read what is not published yet; null otherwise. */
export async function findReadableProposal(actor: Actor, typed: string, tx: Tx = getDatabase()) {
  const reference = parseReference("PRO", typed);
  if (reference === null || !can(actor, "policy.read-unpublished", actor)) return null;
  return repository.findProposal(tx, actor.body, reference);
}

/** All proposals of the actor's body, and the versions that can be proposed; null for those who may not read them. */
export async function getProposals(actor: Actor) {
  if (!can(actor, "policy.read-unpublished", actor)) return null;
  const [rows, drafts, rules] = await Promise.all([
    repository.listProposals(getDatabase(), actor.body),
    listDrafts(actor),
    signingRulesOf(actor.body),
  ]);
  const isOpen = ({ slug, version }: PolicyVersion) => rows.some(({ open }) => open === `${slug} ${version}`);
  return {
    rules,
    mayPropose: can(actor, "policy.propose", actor) && rules !== null,
    proposals: rows,
    drafts: drafts
      .filter((one) => !isOpen(one))
      .map(({ slug, version, frontMatter: { title } }) => ({ slug, version, title })),
  };
}

/** What a new proposal is about: the version, who would be asked, and whether it is proposed already. */
export async function getNewProposal(actor: Actor, slug: string, number: string) {
  const found = await findDraft(actor, slug, number);
  if (!found) return null;
  const { draft, rules, title } = found;
  const [open, { names, isEnough }, differences] = await Promise.all([
    repository.findOpenProposal(getDatabase(), `${slug} ${number}`),
    standingOf(getDatabase(), rules, {
      body: actor.body,
      personId: actor.personId,
      policy: slug,
      version: number,
      signatures: [],
    }),
    differencesOf(actor, draft),
  ]);
  const head = { slug, version: number, title, rules, names, isEnough };
  return { ...head, open: open?.reference ?? null, ...differences };
}

/** One proposal with all that who signs it has to know; null for those who may not read it. */
export async function getProposal(actor: Actor, typed: string) {
  const found = await findReadableProposal(actor, typed);
  if (!found) return null;
  const [{ policies }, rules] = await Promise.all([loadContent(), signingRulesOf(found.body)]);
  const { missing, signers, names, isEnough } = await standingOf(getDatabase(), rules, found);
  const isWaiting = found.state === "waiting";
  const shown = policies
    .find(({ slug }) => slug === found.policy)
    ?.versions.find(({ version }) => version === found.version);
  const isSigner = signers.has(actor.personId);
  const isOwner = can(actor, "policy.propose", actor);
  const hasSigned = found.signatures.some(({ personId }) => personId === actor.personId);
  return {
    ...found,
    isWaiting,
    rules,
    missing,
    /** Who can give what is missing now. */
    names,
    isEnough,
    isAuthor: found.personId === actor.personId,
    maySign: isWaiting && isSigner,
    mayReturn: isWaiting && (isSigner || hasSigned),
    mayWithdraw: isWaiting && isOwner,
    mayPublish: isWaiting && isOwner && rules !== null && missing.people === 0,
    /** Whether the files of the version can be read here. */
    isThere: shown !== undefined,
    ...(shown && isWaiting ? await differencesOf(actor, shown) : NO_DIFFERENCES),
  };
}

const NO_DIFFERENCES = { changes: null, follows: null, concerned: null };

/** What a version that is not published yet changes, and whom that concerns. */
async function differencesOf(actor: Actor, version: PolicyVersion) {
  const { policies } = await loadContent();
  const published = policies
    .find(({ slug }) => slug === version.slug)
    ?.versions.filter(({ isPublished }) => isPublished);
  const before = predecessorOf(published ?? [], version);
  const { frontMatter, slug, version: to } = version;
  const parts = await audiencePartsOf(frontMatter, frontMatter.body);
  const people = await repository.countAudience(getDatabase(), frontMatter.body, parts);
  const changed = before && (await getChangesPage(actor, slug, { from: before.version, to }));
  return {
    changes: changed?.changes ?? null,
    /** The version before it; null for a first one. */
    follows: before?.version ?? null,
    /** Who is asked to answer it once it is published, and why; nobody where it is minor. */
    concerned: { people, reason: materialReason(version, before), campaign: DEFAULT_CAMPAIGN },
  };
}

/** What waits for the actor: to sign, to publish, or to give somebody a role so that a version can be signed. */
export async function listProposalTasks(actor: Actor): Promise<Task[]> {
  const mayName = can(actor, "person.manage", actor);
  if (!can(actor, "policy.read-unpublished", actor) && !mayName) return [];
  const [rules, { bodies }] = await Promise.all([signingRulesOf(actor.body), loadContent()]);
  const body = bodies.find(({ slug }) => slug === actor.body);
  if (!rules || !body) return [];
  const tasks: Task[] = [];
  for (const row of await repository.listWaitingProposals(getDatabase(), actor.body)) {
    const { signers, isEnough, missing } = await standingOf(getDatabase(), rules, row);
    const due = workingDayAfter(body, calendarDay(row.proposedAt), ANSWER_WITHIN_WORKING_DAYS);
    const head = { due, href: `/proposals/${row.reference}` };
    const what = `“${row.title}”, version ${row.version}`;
    if (signers.has(actor.personId))
      tasks.push(
        newTask("sign-version", row.reference, { ...head, title: `Sign ${what}, or send it back`, reason: WAITS }),
      );
    if (missing.people === 0 && can(actor, "policy.propose", actor))
      tasks.push(newTask("publish-version", row.reference, { ...head, title: `Publish ${what}`, reason: IS_SIGNED }));
    if (!isEnough && mayName) tasks.push(newTask("name-signer", row.reference, namingTask(row, rules, due)));
  }
  return tasks;
}

const WAITS = "It is to be published, and your signature is missing.";
const IS_SIGNED = "Everybody who has to has signed it.";

function namingTask({ reference }: repository.ProposalRecord, { signedBy }: SigningRules, due: string) {
  const roles = signedBy.map((role) => ROLE_NAMES[role].toLowerCase()).join(" or ");
  const reason = "Its author cannot sign it, and too few others who could are there.";
  return { due, href: "/admin/people", title: `Make somebody else ${roles}, who signs ${reference}`, reason };
}
