import { z } from "zod";
import { eventBy, PORTAL_ACTOR, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import {
  missingSignatures,
  signingInWords,
  whoSigns,
  type GivenSignature,
  type SigningRules,
} from "#domain/policy/proposal/proposal.ts";
import { loadContent } from "#server/base/content/store.ts";
import { publishVersions, type Publication } from "#server/base/content/publish.ts";
import { lockContent } from "#server/base/db/content-lock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listActsOn } from "#server/evidence/journal/queries.ts";
import type { Change } from "#server/evidence/journal/transact.ts";
import { listActing } from "#server/people/deputy/queries.ts";
import { endProposal, listProposers, lockProposal, type ProposalRecord } from "./repository.ts";

/** What an act on a proposal comes to. */
export type ProposalResult = { code: "done"; reference: string } | { code: "refused"; message: string };

type Proposed = Pick<ProposalRecord, "body" | "personId" | "policy" | "version">;
const WRITING = ["policy.draft-begun", "policy.draft-saved"] as const satisfies readonly EvidenceEventName[];

/**
 * What of the signatures is missing, and who can give it now: neither who proposed the version, now or before, nor who
 * wrote it here or a draft that it was begun from.
 * @param rules null where the body asks for none any more
 */
export async function standingOf(
  tx: Tx,
  rules: SigningRules | null,
  { body, personId, policy, version, signatures }: Proposed & { signatures: readonly GivenSignature[] },
) {
  const asked = rules ?? { signedBy: [], signatures: 0 };
  const missing = missingSignatures(asked, signatures);
  const people = missing.people === 0 ? [] : await listActing(tx, body);
  const authors = people.length === 0 ? [] : await listAuthors(tx, { body, policy, version });
  const turn = whoSigns(asked, people, { authors: [personId, ...authors], given: signatures });
  return { missing, ...turn, names: people.filter((one) => turn.signers.has(one.personId)).map(({ name }) => name) };
}

const fromSchema = z.object({ from: z.string() });

/** Who ever proposed a version, or wrote in it or in the drafts that it was begun from, back to one that is published. */
async function listAuthors(tx: Tx, { body, policy, version }: Omit<Proposed, "personId">): Promise<string[]> {
  const { policies } = await loadContent();
  const versions = policies.find(({ slug }) => slug === policy)?.versions ?? [];
  const isPublished = (number: string) => versions.some((one) => one.version === number && one.isPublished);
  const authors = await listProposers(tx, { body, policy, version });
  const seen = new Set<string>();
  for (const wanted = [version]; wanted.length > 0;) {
    const next = wanted.pop() ?? "";
    seen.add(next);
    const acts = await listActsOn(tx, body, `${policy} ${next}`, WRITING);
    authors.push(...acts.map(({ actor }) => actor));
    const begun = acts.filter(({ event }) => event === "policy.draft-begun");
    const sources = begun.flatMap(({ data }) => fromSchema.safeParse(JSON.parse(data)).data?.from ?? []);
    wanted.push(...sources.filter((from) => !seen.has(from) && !isPublished(from)));
  }
  return authors;
}

/** How something becomes of a proposal: who does it, when, and why. */
interface Ending {
  actor: string;
  at: Date;
  reason?: string | undefined;
}

const ENDINGS = {
  returned: {
    event: "policy.proposal-returned",
    subject: "A version was sent back",
    words: "Nobody signs it as it is.",
  },
  withdrawn: {
    event: "policy.proposal-withdrawn",
    subject: "A proposed version was withdrawn",
    words: "There is nothing to sign.",
  },
  voided: {
    event: "policy.proposal-voided",
    subject: "A proposed version has changed",
    words: "Signatures were for the text, rules and questions as they were. Propose it again.",
  },
  published: { event: "policy.published", subject: "A version was published", words: "It can no longer be changed." },
} as const satisfies Record<string, { event: EvidenceEventName; subject: string; words: string }>;

/** Ends a proposal that was locked, with its evidence; the author and who signed or would have signed hear of it. */
export async function endWithin(
  tx: Tx,
  row: ProposalRecord,
  state: keyof typeof ENDINGS,
  { actor, at, reason, others = [] }: Ending & { others?: Iterable<string> },
): Promise<Change<ProposalResult>> {
  const { event, subject, words } = ENDINGS[state];
  const endedById = actor === PORTAL_ACTOR ? null : actor;
  await endProposal(tx, row.id, { state, endedAt: at, endedById, endReason: reason ?? null });
  const data = { signatures: row.signatures.length };
  const detail = reason === undefined ? undefined : { reason };
  return {
    result: { code: "done", reference: row.reference },
    evidence: [eventBy({ body: row.body, personId: actor }, at, event, row.reference, { on: onOf(row), data, detail })],
    notices: newsOf(row, actor, { subject, words: reason ? `${words} The reason stands on its page.` : words }, others),
  };
}

/** The version that a proposal is for, as evidence names it. */
export const onOf = ({ policy, version, hash }: Pick<ProposalRecord, "policy" | "version" | "hash">) => ({
  policy,
  version,
  hash,
});

/** Tells the author, who signed, and these others; not who did it, nor anybody who has left. */
export function newsOf(
  { body, reference, title, version, personId, person, signatures }: ProposalRecord,
  actor: string,
  { subject, words }: { subject: string; words: string },
  others: Iterable<string> = [],
): Notice[] {
  const there = [{ personId, person }, ...signatures].filter((one) => one.person.status !== "left");
  const to = [...there.map((one) => one.personId), ...others].filter((id) => id !== actor);
  const paragraphs = [`“${title}”, version ${version}. ${words}`];
  return tellAll(to, {
    body,
    kind: "version-news",
    subject: `${subject}: ${reference}`,
    paragraphs,
    href: hrefOf(reference),
  });
}

export const hrefOf = (reference: string): string => `/proposals/${reference}`;

/** Everything that publishing a signed version needs. */
export interface SignedPublication extends Ending {
  directory: string;
  publication: Publication;
  rules: SigningRules;
}

/**
 * Publishes a version within a transaction, if everything is signed: the files first, then what the database says of it.
 * Killed in between, the files say that it is published, and `settleProposals` adds the rest.
 */
export async function publishWithin(
  tx: Tx,
  proposalId: string,
  { directory, publication, rules, ...ending }: SignedPublication,
): Promise<Change<ProposalResult>> {
  const row = await lockProposal(tx, proposalId);
  if (!row) return nothingDone(IS_OVER);
  const { missing, names } = await standingOf(tx, rules, row);
  if (missing.people > 0) return nothingDone(notSigned(missing.people, rules, names));
  if (!(await lockContent(tx)))
    return nothingDone("Somebody else is saving or publishing at this moment. Begin again.");
  const problem = await publishVersions(directory, { ...publication, signedHash: row.hash }).then(() => null, whyNot);
  return problem === null ? endWithin(tx, row, "published", ending) : nothingDone(problem);
}

/** Nothing is changed, and why. */
export const nothingDone = (message: string): Change<ProposalResult> => ({
  result: { code: "refused", message },
  evidence: [],
});

export const IS_OVER = "This proposal is over: somebody ended it meanwhile, or the version has changed.";
/** What to say where the version is not what was proposed. */
export const HAS_CHANGED =
  "The version has changed since it was proposed, so no signature counts any more. Its author has to propose it again.";

function notSigned(people: number, rules: SigningRules, names: readonly string[]): string {
  const whose = names.length > 0 ? ` It can come from ${names.join(", ")}.` : " Nobody is there who could give it.";
  const signatures = people === 1 ? "One signature is" : `${people} signatures are`;
  return `${signatures} missing: it has to be signed by ${signingInWords(rules)}.${whose}`;
}

const READ_ONLY = ["EROFS", "EACCES", "EPERM"];

function whyNot(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!READ_ONLY.includes(code)) return error instanceof Error ? error.message : String(error);
  return "The portal may not write to the content folder. Whoever looks after the server stops the portal, and then publishes it with npm run policy:publish where the folder can be written to.";
}
