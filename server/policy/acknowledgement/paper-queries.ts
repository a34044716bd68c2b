import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { may } from "#domain/access/permission/permission.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { acknowledgementStateOf, type AcknowledgementState } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { listOwnPolicies, type OwnPolicy, type ServedVersion } from "#server/policy/policy/queries.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { findPaperPerson, listPaperRecordings, type PaperPerson, type PaperRecording } from "./paper-repository.ts";
import { listAnswersOn } from "./repository.ts";

export type { PaperRecording } from "./paper-repository.ts";

/** Somebody for whom an answer on paper can be recorded, unless they have left, and the policy. */
export interface PaperPage {
  person: PaperPerson;
  slug: string;
  title: string;
  current: ServedVersion;
  /** The versions that a paper can name: those whose acceptance counts, the current one first. */
  versions: readonly ServedVersion[];
  /** Where they stand with it. */
  standing: AcknowledgementState;
  /** Of this policy, withdrawn ones too, the newest first. */
  recordings: PaperRecording[];
}

/**
 * What a page needs to record an answer that somebody gave on paper; null for those who may not, and for oneself.
 * @param slug of the policy; the first of the body if it is missing or unknown
 */
export async function getPaperPage(
  actor: Actor,
  personId: string,
  slug: string | undefined,
): Promise<PaperPage | null> {
  const tx = getDatabase();
  const person = await findPersonToRecord(tx, actor, personId);
  if (!person) return null;
  const policies = (await listOwnPolicies(actor)).flatMap(asRecordable);
  const policy = policies.find((one) => one.slug === slug) ?? policies[0];
  if (!policy) return null;
  const [given, recordings] = await Promise.all([
    listAnswersOn(tx, person.id, policy.slug),
    listPaperRecordings(tx, person.id),
  ]);
  const { current, counting } = policy;
  return {
    person,
    slug: policy.slug,
    title: current.frontMatter.title,
    current,
    versions: counting,
    standing: acknowledgementStateOf(given, counting),
    recordings: recordings.filter((one) => one.policy === policy.slug),
  };
}

function asRecordable(policy: OwnPolicy): (OwnPolicy & { current: ServedVersion })[] {
  return policy.current ? [{ ...policy, current: policy.current }] : [];
}

/** The person, where the actor may record or withdraw an answer of theirs: never their own. */
export async function findPersonToRecord(
  tx: Prisma.TransactionClient,
  actor: Actor,
  personId: string,
): Promise<PaperPerson | null> {
  const person = await findPaperPerson(tx, actor.body, personId);
  const isAllowed = person && may(actor, "acknowledgement.record-paper", { body: person.body, ownerId: person.id });
  return isAllowed ? person : null;
}

/** One recording and whose it is, to withdraw it; null for those who may not, and for oneself. */
export async function getPaperRecording(
  actor: Actor,
  personId: string,
  typed: string,
): Promise<{ person: PaperPerson; title: string; recording: PaperRecording } | null> {
  const reference = parseReference("ACK", typed);
  const person = reference && (await findPersonToRecord(getDatabase(), actor, personId));
  if (!person) return null;
  const recording = (await listPaperRecordings(getDatabase(), person.id)).find((one) => one.reference === reference);
  if (!recording) return null;
  const policy = (await listOwnPolicies(actor)).find(({ slug }) => slug === recording.policy);
  return { person, title: policy?.versions.at(-1)?.frontMatter.title ?? recording.policy, recording };
}

/** What was recorded from paper for the actor and withdrawn since, the newest first. */
export async function listOwnWithdrawn(actor: Actor): Promise<PaperRecording[]> {
  return (await listPaperRecordings(getDatabase(), actor.personId)).filter(({ withdrawn }) => withdrawn !== null);
}

/** The same one by its reference; null for anybody else's. */
export async function getOwnWithdrawn(actor: Actor, typed: string): Promise<PaperRecording | null> {
  const reference = parseReference("ACK", typed);
  return (await listOwnWithdrawn(actor)).find((one) => one.reference === reference) ?? null;
}
