import type { Asked } from "#domain/base/list/page.ts";
import { plainLetters } from "#domain/base/text/plain-letters.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { cache } from "react";
import {
  mayAnswerDecline,
  type GivenAnswer,
  type VersionKey,
  acknowledgementStateOf,
  readDeclineTheme,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { correctionWords } from "#domain/policy/policy/front-matter.ts";
import { newestFirst } from "#domain/policy/policy/policy.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { loadContent } from "#server/base/content/store.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { getCover, makeCertificateFile } from "#server/evidence/head/queries.ts";
import { getOwnAnswerEvidence } from "#server/evidence/journal/queries.ts";
import { listOwnPolicies, titles, withCurrent } from "#server/policy/policy/queries.ts";
import {
  listAskedPolicies,
  listPeopleToAsk,
  stateOfPersonToday,
  type AskedPolicy,
  type PersonToAsk,
} from "./asking-queries.ts";
import {
  findAcknowledgement,
  listAcknowledgementsOf,
  ownAcknowledgementList,
  listAnswersOfPeople,
  listDeclineAnswerers,
  type AcknowledgementRecord,
  listAnswersOn,
  findPaperPerson,
  listPaperRecordings,
  type PaperPerson,
  type PaperRecording,
} from "./repository.ts";
import { type Actor, may } from "#domain/access/permission/permission.ts";

/** Where the actor stands with a policy of their own body. */
export type OwnStanding = NonNullable<ReturnType<typeof toStanding>>;
/** As much of it as tasks need. */
export type BareStanding = NonNullable<ReturnType<typeof bareStanding>>;
/** One of the actor's own answers, with everything that was written. */
export type GivenEntry = ReturnType<typeof toEntry>;

/** Where the actor stands with each policy of their body that can be answered now. Queried once per request. */
export const listOwnStandings = cache(async (actor: Actor): Promise<OwnStanding[]> => {
  const database = getDatabase();
  const [policies, given, people] = await Promise.all([
    listAskedPolicies(actor),
    listAcknowledgementsOf(database, actor.personId),
    listPeopleToAsk(database, [actor.personId]),
  ]);
  const person = people.get(actor.personId);
  return person ? policies.flatMap((policy) => toStanding(policy, given, person) ?? []) : [];
});

/** The same for many people of one body, without the texts, by person: two queries however many they are. */
export async function listStandingsOf(actors: readonly Actor[]): Promise<Map<string, BareStanding[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const ids = actors.map(({ personId }) => personId);
  const policies = await listAskedPolicies(first);
  const hashes = policies.flatMap(({ counting }) => counting.map(({ hash }) => hash));
  const [answers, people] = await Promise.all([
    listAnswersOfPeople(getDatabase(), ids, hashes),
    listPeopleToAsk(getDatabase(), ids),
  ]);
  return new Map(
    ids.map((personId) => {
      const given = grouped(answers.get(personId) ?? [], ({ policy }) => policy);
      const person = people.get(personId);
      const standings = policies.flatMap(
        (policy) => (person && bareStanding(policy, given.get(policy.slug) ?? [], person)) ?? [],
      );
      return [personId, standings];
    }),
  );
}

/** The same for one policy; null for another body's, or if there is nothing to answer. */
export const getOwnStanding = async (actor: Actor, slug: string): Promise<OwnStanding | null> =>
  (await listOwnStandings(actor)).find((standing) => standing.slug === slug) ?? null;

function toStanding(policy: AskedPolicy, all: readonly AcknowledgementRecord[], person: PersonToAsk) {
  const { slug, body, versions } = policy;
  const given = all.filter((one) => one.policy === slug);
  const bare = bareStanding(policy, given, person);
  if (!bare) return null;
  const earlier = bare.standing.kind === "outstanding" ? bare.standing.earlier : null;
  const reply = given.find(({ reference }) => reference === earlier?.reference)?.reply ?? null;
  // `reply`: the policy owner's to the decline in `standing`.
  return { ...bare, body, reply, lastAnswered: newestAnswered(versions, given) };
}

/** The version to be answered, and what `stateOfPerson` says. @param given somebody's answers on this policy */
function bareStanding(policy: AskedPolicy, given: readonly GivenAnswer[], person: PersonToAsk) {
  const { slug, current } = policy;
  return current && { slug, version: current, ...stateOfPersonToday(policy, person, given) };
}

/** The newest version of a policy that the actor answered and that is still on record; null if none. */
export async function getLastAnswered(actor: Actor, slug: string) {
  const given = await listAcknowledgementsOf(getDatabase(), actor.personId, slug);
  const policy = (await loadContent()).policies.find((one) => one.slug === slug);
  return newestAnswered(policy?.versions ?? [], given);
}

function newestAnswered(versions: readonly VersionKey[], given: readonly AcknowledgementRecord[]) {
  for (const { version, hash } of newestFirst(versions)) {
    const on = given.filter((one) => one.version === version && one.hash === hash);
    const latest = on.reduce<AcknowledgementRecord | null>((a, b) => (a && a.attempt > b.attempt ? a : b), null);
    if (latest) return { version, answer: latest.answer };
  }
  return null;
}

/** Everything that the actor ever answered, newest first. */
export async function listOwnAcknowledgements(actor: Actor): Promise<GivenEntry[]> {
  const given = await listAcknowledgementsOf(getDatabase(), actor.personId);
  const titleOf = await titles();
  return given.map((record) => toEntry(record, titleOf));
}

/** The same as a register, in pages, as the reader asked for it. A search finds references and titles of policies. */
export async function getOwnAcknowledgementRegister(actor: Actor, asked: Asked) {
  const titleOf = await titles();
  const sought = plainLetters(asked.q ?? "");
  const { policies } = await loadContent();
  const called = policies.filter(({ slug, versions }) =>
    versions.some(({ version }) => plainLetters(titleOf(slug, version)).includes(sought)),
  );
  const list = ownAcknowledgementList(
    getDatabase(),
    actor.personId,
    asked,
    called.map(({ slug }) => slug),
  );
  return registerOver(list, (rows) => rows.map((record) => toEntry(record, titleOf)));
}

/** One answer with everything that proves it. */
export type Certificate = NonNullable<Awaited<ReturnType<typeof getCertificate>>>;

/** The certificate of the actor's own answer; null for anybody else's, the same as for one that does not exist. */
export async function getCertificate(actor: Actor, typed: string) {
  const reference = parseReference("ACK", typed);
  const given = reference && (await findAcknowledgement(getDatabase(), reference));
  if (!given || given.personId !== actor.personId) return null;
  const { policy, hash } = given;
  const [{ bodies, policies }, titleOf] = await Promise.all([loadContent(), titles()]);
  const body = bodies.find(({ slug }) => slug === given.body);
  const text = policies.find(({ slug }) => slug === policy)?.versions.find((one) => one.hash === hash);
  const evidence = await getOwnAnswerEvidence(actor, reference);
  return {
    ...toEntry(given, titleOf),
    bodyName: body?.name ?? given.body,
    isDraft: text?.frontMatter.status === "draft",
    /** That it was our correction of a source's version; null for any other, or where the text is no longer there. */
    correction: text ? correctionWords(text.frontMatter) : null,
    contacts: body?.contacts ?? [],
    /** Who recorded it from paper; null for one that was given in the portal. */
    recordedBy: given.recordedBy?.name ?? null,
    /** The row of the journal that records it. */
    evidence,
    /** The published head that covers the row, or the day of the one that will. */
    cover: evidence && (await getCover(actor.body, evidence.position)),
  };
}

/** The same as a file that verify.mjs checks by itself; "waits" until a published head covers it. */
export async function getCertificateFile(actor: Actor, typed: string) {
  const certificate = await getCertificate(actor, typed);
  if (!certificate?.evidence) return null;
  const { reference, title, version, evidence } = certificate;
  return makeCertificateFile(actor.body, evidence.position, { reference, title: `${title}, version ${version}` });
}

/** A decline for whoever answers it; null for everybody else, and for one's own. */
export async function getDecline(actor: Actor, typed: string) {
  const reference = parseReference("ACK", typed);
  const holders = await listDeclineAnswerers(getDatabase(), actor.body, clock.today());
  const decline = reference && (await findAcknowledgement(getDatabase(), reference));
  if (!decline || !mayAnswerDecline(actor, decline, holders)) return null;
  const { policy, version, givenAt, recordedAt, ground, reason, statement, person } = decline;
  const { reply, theme, repliedAt, repliedBy } = decline;
  const isMine = repliedBy?.id === actor.personId;
  return {
    reference,
    policy,
    title: (await titles())(policy, version),
    version,
    givenAt,
    isOnPaper: recordedAt !== null,
    statement,
    person,
    ground,
    reason: reason ?? "",
    reply: repliedAt && {
      text: reply ?? "",
      theme: readDeclineTheme(theme),
      at: repliedAt,
      by: repliedBy?.name ?? "",
      isMine,
    },
  };
}

function toEntry(record: AcknowledgementRecord, titleOf: (policy: string, version: string) => string) {
  const { reference, policy, version, hash, answer, givenAt, statement, reply, repliedAt } = record;
  const { understoodAt, ground, reason, recordedAt, paperPlace, paperReason } = record;
  /** Null for one that was given in the portal. */
  const paper = recordedAt && { recordedAt, place: paperPlace ?? "", why: paperReason ?? "" };
  const given = { reference, policy, title: titleOf(policy, version), version, hash, answer, givenAt, statement };
  return { ...given, understoodAt, paper, ground, reason, reply, repliedAt };
}

export type { PaperRecording } from "./repository.ts";

/** Somebody for whom an answer on paper can be recorded, unless they have left, and the policy. */
export type PaperPage = NonNullable<Awaited<ReturnType<typeof getPaperPage>>>;

/**
 * What a page needs to record an answer that somebody gave on paper; null for those who may not, and for oneself.
 * @param slug of the policy; the first of the body if it is missing or unknown
 */
export async function getPaperPage(actor: Actor, personId: string, slug: string | undefined) {
  const tx = getDatabase();
  const person = await findPersonToRecord(tx, actor, personId);
  if (!person) return null;
  const policies = withCurrent(await listOwnPolicies(actor));
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
    /** The versions that a paper can name: those whose acceptance counts, the current one first. */
    versions: counting,
    standing: acknowledgementStateOf(given, counting),
    /** Of this policy, withdrawn ones too, the newest first. */
    recordings: recordings.filter((one) => one.policy === policy.slug),
  };
}

/** The person, where the actor may record or withdraw an answer of theirs: never their own. */
export async function findPersonToRecord(tx: Tx, actor: Actor, personId: string): Promise<PaperPerson | null> {
  const person = await findPaperPerson(tx, actor.body, personId);
  const isAllowed = person && may(actor, "acknowledgement.record-paper", { body: person.body, ownerId: person.id });
  return isAllowed ? person : null;
}

/** One recording and whose it is, to withdraw it; null for those who may not, and for oneself. */
export async function getPaperRecording(actor: Actor, personId: string, typed: string) {
  const reference = parseReference("ACK", typed);
  const person = reference && (await findPersonToRecord(getDatabase(), actor, personId));
  if (!person) return null;
  const recording = (await listPaperRecordings(getDatabase(), person.id)).find((one) => one.reference === reference);
  if (!recording) return null;
  const policy = (await listOwnPolicies(actor)).find(({ slug }) => slug === recording.policy);
  return { person, title: policy?.versions.at(-1)?.frontMatter.title ?? recording.policy, recording };
}

/** What was recorded from paper for the actor and withdrawn since, the newest first. */
export const listOwnWithdrawn = async (actor: Actor): Promise<PaperRecording[]> =>
  (await listPaperRecordings(getDatabase(), actor.personId)).filter(({ withdrawn }) => withdrawn !== null);

/** The same one by its reference; null for anybody else's. */
export async function getOwnWithdrawn(actor: Actor, typed: string): Promise<PaperRecording | null> {
  const reference = parseReference("ACK", typed);
  return (await listOwnWithdrawn(actor)).find((one) => one.reference === reference) ?? null;
}
