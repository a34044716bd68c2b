import { only } from "#domain/base/list/only.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import {
  type KnownCircumstances,
  type ReceiptContent,
  receiptContentSchema,
  shownResult,
} from "#domain/answers/receipt/content.ts";
import { readerOf } from "#domain/answers/receipt/receipt.ts";
import {
  answersOf,
  differsUnder,
  knownTo,
  runOriginalRules,
  runToday,
  type Today,
} from "#domain/answers/receipt/rerun.ts";
import { addDays, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { type Asked, mapPage, type PageCursor } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { LOOK_WITHIN_DAYS, type Task } from "#domain/gather/task/task.ts";
import { type ShownCount, SMALLEST_SHOWN } from "#domain/policy/acknowledgement/suppression.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { type Verdict, VERDICTS } from "#domain/policy/decision/verdict.ts";
import { firstDayOf, versionOn } from "#domain/policy/policy/on-day.ts";
import { type PolicyVersion, startDay } from "#domain/policy/policy/policy.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import { type DecidingTable, getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage, registerOver } from "#server/base/db/list-page.ts";
import { getCover, makeCertificateFile } from "#server/evidence/head/queries.ts";
import { getOwnReceiptEvidence } from "#server/evidence/journal/queries.ts";
import {
  getPolicy,
  listOwnCurrent,
  listOwnPolicies,
  type OwnPolicy,
  type ReadablePolicy,
  type ServedVersion,
} from "#server/policy/policy/queries.ts";
import {
  countByPolicy,
  countByVerdict,
  type CurrentRules,
  findByLink,
  findReceipt,
  listContents,
  listReceipts,
  listUnseen,
  receiptList,
  type ReceiptRecord,
  sharedList,
  type UnseenReceipt,
} from "./repository.ts";
import { fingerprintOfResult, hashOfReceiptLink, isIntact } from "./secret.ts";

/** A result as the wizard shows it now, with what a form needs to keep exactly this one; null until there is one. */
export function resultToKeep(
  published: ReadablePolicy,
  deciding: DecidingTable & Pick<KnownCircumstances, "group">,
  answers: Answers,
): { content: ReceiptContent; fingerprint: string } | null {
  const { version, body, isMine } = published;
  const of = { published: version, bodyName: body.name, isOwn: isMine };
  const shown = shownResult(of, deciding, knownTo(deciding.table, answers), published.day);
  if (shown.kind === "question") return null;
  return { content: shown.content, fingerprint: fingerprintOfResult(version, shown.content) };
}

/** A receipt in a list: with the headline that was shown, null if it cannot be read, and whether it is answered differently now. */
export type ReceiptLine = ReturnType<typeof lineOf>;

export type ReceiptRegister = Awaited<ReturnType<typeof getOwnReceipts>>;

/** The actor's own receipts, as they were asked for, and the policies for which there are any. */
export async function getOwnReceipts(actor: Actor, asked: Asked = {}) {
  const tx = getDatabase();
  const { body, personId } = actor;
  const { policy = "" } = asked;
  const [counts, own, { policies }] = await Promise.all([
    countByPolicy(tx, body, personId),
    listOwnPolicies(actor),
    loadContent(),
  ]);
  const list = receiptList(tx, { body, personId }, asked, counts.has(policy) ? policy : undefined);
  const titleOf = (slug: string) =>
    policies.find((one) => one.slug === slug)?.versions.at(-1)?.frontMatter.title ?? slug;
  return {
    ...registerOver(list, (records) => records.map((record) => lineOf(record, own))),
    policies: [...counts.keys()].sort().map((slug) => ({ slug, title: titleOf(slug) })),
  };
}

/**
 * A page of the receipts that people in the actor's teams share with them as their manager, newest first; null for
 * people whose role does not make them managers.
 */
export async function getSharedWithMe(actor: Actor, cursor: PageCursor = null) {
  if (!can(actor, "team.read", actor)) return null;
  const page = await readPage(sharedList(getDatabase(), actor.body, actor.personId), cursor);
  return mapPage(page, (record) => ({ ...lineOf(record, []), by: record.person.name }));
}

function lineOf(record: ReceiptRecord, own: readonly OwnPolicy[]) {
  const content = readContent(record);
  const current = own.find(({ slug }) => slug === record.policy)?.current;
  return {
    ...only(record, "reference", "policy", "version", "keptAt"),
    verdict: readVerdict(record.verdict),
    verdictWord: content?.verdictWord,
    title: content?.title ?? record.policy,
    sentence: content?.sentence ?? null,
    answers: content?.answers.flatMap(({ label, source }) => (source.kind === "exception" ? [] : [label])) ?? [],
    isShared: record.sharedWithManagerAt !== null || record.linkHash !== null,
    isDifferentNow: current ? isDifferent(current, record) : false,
  };
}

/** A receipt as somebody may read it; today's rules and the sharing for the person who kept it alone. */
export type ReceiptView = Awaited<ReturnType<typeof viewFor>>;

export type Sharing = NonNullable<ReceiptView["sharing"]>;

/** What today's rules say about a kept result. */
export type TodayView =
  /** No version of the policy applies. */
  | { kind: "none" }
  | {
      kind: "run";
      policy: ReadablePolicy;
      today: Today;
      /** The result as it would be shown now; null if more answers are needed. */
      content: ReceiptContent | null;
      /** What still has to be asked, in words. */
      questions: string[];
      /** The answers that can be carried over, as the wizard takes them. */
      answers: Answers;
      /** Facts that were answered, but no longer have that answer. */
      dropped: string[];
    };

/** A receipt by its reference; null if it does not exist or the actor may not read it, without saying which. */
export async function getReceipt(actor: Actor, typed: string): Promise<ReceiptView | null> {
  const reference = parseReference("DEC", typed);
  const record = reference && (await findReceipt(getDatabase(), actor.body, reference));
  if (!record) return null;
  const reader = readerOf(actor, { ...record, managerId: record.person.lineManager?.id ?? null });
  return reader && viewFor(actor, record, reader);
}

/** The row of the evidence that records one's own receipt, and the head that covers it, or the day of the one that will. */
async function getReceiptCover(actor: Actor, reference: string) {
  const evidence = await getOwnReceiptEvidence(actor, reference);
  return evidence && { ...evidence, ...(await getCover(actor.body, evidence.position)) };
}

/** One's own receipt as a file that verify.mjs checks by itself; "waits" until a published head covers it. */
export async function getReceiptFile(actor: Actor, typed: string) {
  const reference = parseReference("DEC", typed);
  const record = reference && (await findReceipt(getDatabase(), actor.body, reference));
  const evidence = record && record.personId === actor.personId ? await getOwnReceiptEvidence(actor, reference) : null;
  if (!record || !evidence) return null;
  const title = `${readContent(record)?.title ?? record.policy}, version ${record.version}`;
  return makeCertificateFile(actor.body, evidence.position, { reference: record.reference, title });
}

/** A receipt by its link, for people of its body; null for everybody else, and if the link was revoked. */
export async function getReceiptByLink(actor: Actor, token: string): Promise<ReceiptView | null> {
  if (!/^[\w-]{20,100}$/.test(token)) return null;
  const record = await findByLink(getDatabase(), actor.body, hashOfReceiptLink(token));
  return record && viewFor(actor, record, record.personId === actor.personId ? "owner" : "link");
}

async function viewFor(actor: Actor, record: ReceiptRecord, reader: "owner" | "manager" | "link") {
  const content = readContent(record);
  const { policy, hash, keptAt, person } = record;
  const manager = person.lineManager;
  const original = await findVersion(policy, hash, content?.day ?? calendarDay(keptAt));
  return {
    reader,
    ...only(record, "reference", "policy", "version", "hash", "keptAt", "words", "seal"),
    content,
    cover: reader === "owner" ? await getReceiptCover(actor, record.reference) : null,
    keptBy: person.name,
    verdict: readVerdict(record.verdict),
    ofItsDay: runOriginalRules(content, isIntact(record), original),
    today: reader === "owner" && content ? await viewToday(actor, policy, content) : null,
    sharing:
      reader === "owner"
        ? {
            manager: manager && manager.id !== actor.personId ? manager.name : null,
            isWithManager: record.sharedWithManagerAt !== null,
            linkMadeAt: record.linkHash === null ? null : record.linkMadeAt,
          }
        : null,
  };
}

async function viewToday(actor: Actor, slug: string, content: ReceiptContent): Promise<TodayView> {
  const policy = await getPolicy(actor, slug);
  if (!policy) return { kind: "none" };
  const deciding = await getDecidingTable(actor, policy);
  const given = answersOf(content);
  const answers = knownTo(deciding.table, given);
  const today = runToday(content, policy.version, deciding.table, answers);
  const isAsked = (fact: string) => deciding.table.facts.some(({ name }) => name === fact);
  return {
    kind: "run",
    policy,
    today,
    answers,
    content: resultToKeep(policy, deciding, answers)?.content ?? null,
    questions: today.kind === "more" ? today.facts.map((fact) => questionFor(policy.version, fact).ask) : [],
    dropped: Object.keys(given).filter((fact) => isAsked(fact) && answers[fact] === undefined),
  };
}

/** The version with this content hash, as it decides on a day; null if the content no longer has it. */
async function findVersion(policy: string, hash: string, day: string): Promise<PolicyVersion | null> {
  const { policies } = await loadContent();
  const found = policies.find(({ slug }) => slug === policy)?.versions.find((version) => version.hash === hash);
  return found ? versionOn(found, day) : null;
}

/** Receipts that the current version of their policy answers differently. */
interface ChangedResults {
  current: ServedVersion;
  receipts: { id: string; reference: string }[];
}

/** The actor's receipts that the current version answers differently, and that they have not looked at since. */
export async function listChangedResults(actor: Actor): Promise<ChangedResults[]> {
  return (await listChangedResultsOf([actor])).get(actor.personId) ?? [];
}

/** The same for many people of one body, by person; those without any are left out. */
async function listChangedResultsOf(actors: readonly Actor[]): Promise<Map<string, ChangedResults[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const tx = getDatabase();
  const current = (await listOwnCurrent(first)).map(currentRules);
  const which = { body: first.body, personIds: actors.map(({ personId }) => personId), current };
  const [own, unseen] = await Promise.all([listOwnPolicies(first), listUnseen(tx, which)]);
  const currentOf = new Map(own.flatMap(({ slug, current }) => (current ? [[slug, current] as const] : [])));
  const fresh = unseen.filter(({ policy, seal }) => {
    const current = currentOf.get(policy);
    return current && !compared.has(comparisonOf(current, seal));
  });
  for (let from = 0; from < fresh.length; from += COMPARED_AT_ONCE) {
    const ids = fresh.slice(from, from + COMPARED_AT_ONCE).map(({ id }) => id);
    for (const receipt of await listContents(tx, ids)) {
      const current = currentOf.get(receipt.policy);
      if (current) isDifferent(current, receipt);
    }
  }
  const byPerson = grouped(unseen, ({ personId }) => personId);
  return new Map([...byPerson].map(([personId, receipts]) => [personId, changedAmong(own, receipts)]));
}

function changedAmong(own: readonly OwnPolicy[], unseen: readonly UnseenReceipt[]): ChangedResults[] {
  return own.flatMap(({ current }) => {
    if (!current) return [];
    const receipts = unseen.filter(
      ({ policy, seal }) => policy === current.slug && compared.get(comparisonOf(current, seal)),
    );
    return receipts.length > 0 ? [{ current, receipts }] : [];
  });
}

/** Comparing them takes the processor: others get their turn between two lots. */
const COMPARED_AT_ONCE = 50;

/** Every page asks, so each receipt is compared with a version once per process. */
const compared = new Map<string, boolean>();
const MOST_COMPARED = 100_000;

function comparisonOf(current: ServedVersion, seal: string): string {
  return `${readingKeyOf(current)} ${seal}`;
}

/** The version in the period that it is looked at in: readings and comparisons are of that, not of the version alone. */
export function readingKeyOf(version: PolicyVersion): string {
  const from = firstDayOf(version);
  return from === null ? version.hash : `${version.hash} from ${from}`;
}

function currentRules(version: PolicyVersion): CurrentRules {
  const from = firstDayOf(version);
  const since = from === null ? null : startOfDay(from);
  return { policy: version.slug, hash: version.hash, readingKey: readingKeyOf(version), since };
}

/** Whether today's rules answer a receipt differently; unreadable receipts are reported elsewhere. */
function isDifferent(current: ServedVersion, receipt: Pick<ReceiptRecord, "hash" | "seal" | "content" | "keptAt">) {
  const { since } = currentRules(current);
  if (receipt.hash === current.hash && (since === null || receipt.keptAt >= since)) return false;
  const key = comparisonOf(current, receipt.seal);
  const known = compared.get(key);
  if (known !== undefined) return known;
  const content = readContent(receipt);
  const differs = content !== null && differsUnder(current, content);
  const [oldest] = compared.keys();
  if (compared.size >= MOST_COMPARED && oldest !== undefined) compared.delete(oldest);
  compared.set(key, differs);
  return differs;
}

/** How many receipts the actor has. */
export async function countOwnReceipts({ body, personId }: Actor): Promise<number> {
  const counts = await countByPolicy(getDatabase(), body, personId);
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** All of the actor's receipts as stored, for the export of their own data; the content as JSON. */
export async function exportReceipts(actor: Actor) {
  const records = await listReceipts(getDatabase(), { body: actor.body, personId: actor.personId });
  return records.map(({ reference, policy, version, hash, verdict, keptAt, words, ...record }) => ({
    reference,
    policy,
    version,
    hash,
    verdict,
    keptAt,
    words,
    shown: readContent(record),
    sharedWithManagerAt: record.sharedWithManagerAt,
    linkMadeAt: record.linkMadeAt,
    /** What the seal is computed from, besides the above: see domain/answers/receipt/content.ts. */
    sealed: { body: record.body, personId: record.personId, salt: record.salt, content: record.content },
    seal: record.seal,
  }));
}

function readContent({ content }: Pick<ReceiptRecord, "content">): ReceiptContent | null {
  try {
    const read = receiptContentSchema.safeParse(JSON.parse(content));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** The column's constraint allows nothing else. */
function readVerdict(stored: string): Verdict {
  const verdict = VERDICTS.find((one) => one === stored);
  if (!verdict) throw new Error(`A stored verdict is not known: ${stored}.`);
  return verdict;
}

/** How many results were kept on one policy, by verdict; small numbers look the same as none. */
export type ReceiptCounts = NonNullable<Awaited<ReturnType<typeof listReceiptCounts>>>[number];

/**
 * How many results the people of the body have kept on each of its policies; null for those who may not know. Never
 * whose. There are no totals: nobody sees how many there are overall, so a small number cannot be worked out from
 * others.
 * @param slugs of the policies wanted; all if omitted
 */
export async function listReceiptCounts(actor: Actor, slugs?: readonly string[]) {
  if (!can(actor, "governance.read", actor)) return null;
  const policies = (await listOwnPolicies(actor)).filter(
    ({ current, slug }) => current !== null && (slugs === undefined || slugs.includes(slug)),
  );
  const counts = await countByVerdict(
    getDatabase(),
    actor.body,
    policies.map(({ slug }) => slug),
  );
  return policies.map(({ slug, current }) => ({
    slug,
    title: current?.frontMatter.title ?? slug,
    words: current?.words,
    verdicts: VERDICTS.map((verdict) => {
      const count = counts.find((one) => one.policy === slug && one.verdict === verdict)?.count ?? 0;
      const shown: ShownCount = count >= SMALLEST_SHOWN ? { kind: "shown", count } : { kind: "few" };
      return { verdict, count: shown };
    }),
  }));
}

/** Results that the actor kept and that a version now in force answers differently, as one task for each policy. */
export async function listReceiptTasks(actor: Actor): Promise<Task[]> {
  return (await listChangedResults(actor)).map(toLookAt);
}

/** The same for many people of one body, by person. */
export async function listReceiptTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const changed = await listChangedResultsOf(actors);
  return new Map([...changed].map(([personId, results]) => [personId, results.map(toLookAt)]));
}

function toLookAt({ current, receipts }: ChangedResults): Task {
  const { slug, version, frontMatter, servedAt } = current;
  const count = receipts.length;
  const [only] = receipts;
  const since = [startDay(current), calendarDay(servedAt)].sort().at(-1) ?? calendarDay(servedAt);
  return {
    kind: "look-at-results",
    key: `look-at-results ${slug} ${version}`,
    title:
      count === 1
        ? "Look at a result you kept: the answer is different now"
        : `Look at ${count} results you kept: the answers are different now`,
    reason: `Version ${version} of “${frontMatter.title}” applies now.`,
    due: addDays(since, LOOK_WITHIN_DAYS),
    href: count === 1 && only ? `/decisions/${only.reference}#again` : `/decisions?policy=${slug}`,
    act: {
      action: "/decisions/seen/send",
      label: count === 1 ? "I have looked at it" : "I have looked at them",
      hidden: { policy: slug },
    },
  };
}
