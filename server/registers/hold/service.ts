import { eventBy } from "#domain/evidence/journal/event.ts";
import type { Outcome, Started } from "#domain/base/form/outcome.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { nameKey } from "#domain/access/identity/name.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import {
  ALL_GROUPS,
  endHoldProblems,
  HOLD_REASONS,
  holdReasonProblems,
  holdWordsOf,
  KEEP_EXPORTABLE,
  lawOnDeleting,
  holdProblems,
  type HoldReason,
  type RequestedHold,
} from "#domain/registers/hold/hold.ts";
import type { Notice, NoticeKind } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Prisma, type Tx } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import type { Followed } from "#server/base/connections.ts";
import { countCorrections, insertCorrection } from "#server/registers/correction/effects.ts";
import { reasonOf, storedReason } from "./deletion-queries.ts";
import * as repository from "./repository.ts";

/** The targets in a form: groups by reference, or all of them; people by e-mail address or full name, one per line. */
export interface SentTargets {
  groups: readonly string[];
  /** Groups by reference or full name, one per line. */
  groupNames?: string;
  people: string;
}

/** What the form sent. */
export interface SentHold extends SentTargets {
  /** Made by the page, so that sending its form twice places one. */
  startKey: string;
  reason: HoldReason | null;
  /** YYYY-MM-DD, or null. */
  occurredOn: string | null;
  /** What is wrong with the day as typed. */
  dayProblem?: string | null;
  keep: string;
  note: string;
  isOnSubject: boolean;
  /** Words and phrases: what is written with one of them is kept, whoever wrote it. */
  words?: readonly string[];
  /** Day on which officers look whether it is still needed, YYYY-MM-DD; null for none. */
  reviewOn?: string | null;
  /** What is wrong with that day as typed. */
  reviewProblem?: string | null;
}

/** Places a hold: once it is stored, nothing it covers may be deleted. The people it concerns are told. */
export async function placeHold(actor: Actor, sent: SentHold): Promise<Started<"placed">> {
  if (!can(actor, "hold.place", actor)) return { code: "not-found" };
  const { body, personId } = actor;
  const found = await findTargets(actor, sent);
  const { startKey, reason, occurredOn, keep, note, isOnSubject } = sent;
  const at = clock.now();
  const words = holdWordsOf(sent.words ?? []);
  const { reviewOn = null } = sent;
  const targets = found.ids.length + found.problems.length;
  const requested = { reason, occurredOn, keep, note, isOnSubject, words, reviewOn, targets };
  const problems = [...problemsOf(requested, sent, at), ...found.problems];
  if (problems.length > 0 || reason === null) return { code: "invalid", problems };
  const law = await lawOf(actor, reason);
  return startEntry("HLD", { personId, startKey }, { code: "placed" }, async (tx, entry) => {
    await repository.lockDeletions(tx, body);
    const { id, reference } = entry;
    const head = { ...entry, body, placedById: personId, reason: storedReason(reason) };
    await repository.insertHold(tx, { ...head, occurredOn, keep, note, isOnSubject, words, reviewOn, placedAt: at });
    await repository.insertTargets(tx, rowsOf(id, found.ids, at));
    const concerned = await repository.listPeopleUnderHold(tx, { id, body, isOnSubject });
    const named = { groups: found.groups, people: found.people, words: words.length, reviewOn };
    const counts = { ...named, isOnSubject, concerned: concerned.length };
    const event = eventBy(actor, at, "hold.placed", reference, {
      data: { reason, ...counts },
      detail: { occurredOn, keep, note, words, targets: found.names },
    });
    const notices = noticesOf(concerned, { body, reference }, "hold-placed", placedWords(keep, law));
    return { evidence: [event], notices };
  });
}

/** Adds groups and people. Only people who are newly concerned are told. */
export async function extendHold(
  actor: Actor,
  reference: string,
  sent: SentTargets,
): Promise<Outcome<"extended" | "too-late">> {
  const hold = await findToChange(actor, reference);
  if (!hold) return { code: "not-found" };
  const found = await findTargets(actor, sent);
  const isEmpty = found.ids.length + found.problems.length === 0;
  const nothing = [{ field: "people", message: "Choose a group, or name a person." }];
  const problems = isEmpty ? nothing : found.problems;
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const law = await lawOf(actor, reasonOf(hold));
  return transact(async (tx): Promise<Change<Outcome<"extended" | "too-late">>> => {
    await repository.lockDeletions(tx, hold.body);
    const standing = await repository.findHold(tx, hold.body, reference);
    if (!standing || standing.endedAt) return { result: { code: "too-late" }, evidence: [] };
    const before = new Set((await repository.listPeopleUnderHold(tx, standing)).map(({ id }) => id));
    const people = found.ids.flatMap((id) => ("personId" in id ? [id.personId] : []));
    const added = await repository.insertTargets(tx, rowsOf(hold.id, found.ids, at));
    if (added + (await repository.deleteReleases(tx, hold.id, people)) === 0)
      return { result: { code: "extended" }, evidence: [] };
    const newlyConcerned = (await repository.listPeopleUnderHold(tx, standing)).filter(({ id }) => !before.has(id));
    const data = { groups: found.groups, people: found.people, concerned: newlyConcerned.length };
    const event = eventBy(actor, at, "hold.extended", standing.reference, { data, detail: { targets: found.names } });
    const notices = noticesOf(newlyConcerned, standing, "hold-placed", placedWords(standing.keep, law));
    return { result: { code: "extended" }, evidence: [event], notices };
  });
}

/** What a correction sends: all fields as they should stand, and why. */
export interface SentHoldCorrection extends Pick<
  SentHold,
  "reason" | "occurredOn" | "dayProblem" | "keep" | "note" | "words" | "reviewOn" | "reviewProblem"
> {
  /** How many corrections the form showed. */
  seen: number;
  why: string;
}

/**
 * Corrects what a hold says; what stood before stays in its history. If what to keep reads otherwise, the people whom it
 * concerns are told again, and asked to confirm it again; if another law applies, they are told.
 */
export async function correctHold(
  actor: Actor,
  reference: string,
  sent: SentHoldCorrection,
): Promise<Outcome<"corrected" | "too-late">> {
  const hold = await findToChange(actor, reference);
  if (!hold) return { code: "not-found" };
  const at = clock.now();
  const { reason, occurredOn, keep, note, reviewOn = null, why, seen } = sent;
  const words = holdWordsOf(sent.words ?? []);
  const { isOnSubject, targets } = hold;
  const isNewDay = reviewOn !== hold.reviewOn; // a day that has come may stay
  const wanted = { reason, occurredOn, keep, note, words, isOnSubject, targets: targets.length };
  const problems = [
    ...problemsOf({ ...wanted, reviewOn: isNewDay ? reviewOn : null }, sent, at),
    ...holdReasonProblems("why", why),
  ];
  if (problems.length > 0 || reason === null) return { code: "invalid", problems };
  const law = await lawOf(actor, reason);
  return transact(async (tx): Promise<Change<Outcome<"corrected" | "too-late">>> => {
    await repository.lockDeletions(tx, hold.body);
    const current = await repository.findHold(tx, hold.body, reference);
    const before = current && whatStood(current);
    const isWritten =
      current?.endedAt === null &&
      before !== null &&
      (await insertCorrection(tx, actor, { subject: reference, seen, at, reason: why, before })) &&
      (await repository.updateHold(tx, hold.id, {
        reason: storedReason(reason),
        occurredOn,
        keep,
        note,
        words,
        reviewOn,
      }));
    if (!isWritten) return { result: { code: "too-late" }, evidence: [] };
    const isOther = keep !== current.keep;
    if (isOther) await repository.deleteConfirmations(tx, hold.id);
    const isOtherLaw = law !== (await lawOf(actor, reasonOf(current)));
    const concerned = isOther || isOtherLaw ? await repository.listPeopleUnderHold(tx, current) : [];
    const data = { reason, reviewOn, words: words.length, concerned: concerned.length };
    const event = eventBy(actor, at, "hold.corrected", current.reference, {
      data,
      detail: { why, occurredOn, keep, note, words },
    });
    const notice = { ...placedWords(keep, law), subject: "Corrected: do not delete these messages" };
    return {
      result: { code: "corrected" },
      evidence: [event],
      notices: noticesOf(concerned, current, "hold-placed", notice),
    };
  });
}

/**
 * Gives a hold the kind of the request that placed it, once that is corrected, in the transaction of the correction:
 * the law that it quotes follows, what stood before stays in its history, and the people whom it concerns are told.
 */
export async function followRequestKind(
  tx: Tx,
  actor: Actor,
  reference: string,
  { reason, why, at }: { reason: HoldReason; why: string; at: Date },
): Promise<Followed> {
  await repository.lockDeletions(tx, actor.body);
  const hold = await repository.findHold(tx, actor.body, reference);
  if (!hold || hold.endedAt !== null || reasonOf(hold) === reason) return { evidence: [], notices: [] };
  const seen = await countCorrections(tx, reference);
  const { occurredOn, keep, note, words, reviewOn } = hold;
  await insertCorrection(tx, actor, { subject: reference, seen, at, reason: why, before: whatStood(hold) });
  await repository.updateHold(tx, hold.id, {
    reason: storedReason(reason),
    occurredOn,
    keep,
    note,
    words,
    reviewOn,
  });
  const concerned = await repository.listPeopleUnderHold(tx, hold);
  const data = { reason, reviewOn, words: words.length, concerned: concerned.length };
  const notice = {
    ...placedWords(keep, await lawOf(actor, reason)),
    subject: "Corrected: do not delete these messages",
  };
  return {
    evidence: [eventBy(actor, at, "hold.corrected", reference, { data, detail: { why } })],
    notices: noticesOf(concerned, hold, "hold-placed", notice),
  };
}

function whatStood({ reason, occurredOn, keep, note, words, reviewOn }: repository.HoldRecord): Prisma.InputJsonObject {
  return { reason: HOLD_REASONS[reasonOf({ reason })], occurredOn, keep, note, words: words.join("\n"), reviewOn };
}

/**
 * Releases one person from a hold, with a reason: it concerns them no longer, and they are told. Its groups stay under
 * it. No effect the second time.
 */
export async function releaseFromHold(
  actor: Actor,
  reference: string,
  { person: typed, why }: { person: string; why: string },
): Promise<Outcome<"released">> {
  const hold = await findToChange(actor, reference);
  if (!hold || hold.endedAt !== null) return { code: "not-found" };
  const found = await findTargets(actor, { groups: [], people: typed });
  const [target] = found.ids;
  const person = target && "personId" in target && found.ids.length === 1 ? target.personId : null;
  const missing = found.problems[0]?.message ?? "Name one person.";
  const problems = [
    ...(person === null ? [{ field: "person", message: missing }] : []),
    ...holdReasonProblems("releaseWhy", why),
  ];
  if (person === null || problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<Outcome<"released">>> => {
    await repository.lockDeletions(tx, hold.body);
    const all = await repository.listOnPerson(tx, hold.body, person, "all");
    const own = all.find(({ id }) => id === hold.id);
    if (!own) {
      const message = `It does not concern ${found.names[0] ?? "them"}.`;
      return { result: { code: "invalid", problems: [{ field: "person", message }] }, evidence: [] };
    }
    const row = { id: randomUUID(), holdId: hold.id, personId: person, releasedAt: at, releasedById: actor.personId };
    if (!(await repository.insertRelease(tx, { ...row, reason: why })))
      return { result: { code: "released" }, evidence: [] };
    const event = eventBy(actor, at, "hold.person-released", hold.reference, {
      data: { person },
      detail: { person: found.names[0] ?? "", why },
    });
    const notices = noticesOf([{ id: person }], hold, "hold-ended", ENDED);
    return { result: { code: "released" }, evidence: [event], notices: notices };
  });
}

/** What is wrong with a hold as it was sent; a day that could not be read stands for what else is wrong with it. */
function problemsOf(
  requested: RequestedHold,
  { dayProblem = null, reviewProblem = null }: Pick<SentHold, "dayProblem" | "reviewProblem">,
  at: Date,
): FieldProblem[] {
  const typed = Object.entries({ occurredOn: dayProblem, reviewOn: reviewProblem });
  const unread = typed.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]));
  const others = holdProblems(requested, calendarDay(at));
  return [...others.filter(({ field }) => unread.every((one) => one.field !== field)), ...unread];
}

/** Records that the actor has read what they must not delete. No effect the second time. */
export async function confirmHold(actor: Actor, reference: string): Promise<{ code: "confirmed" | "not-found" }> {
  const hold = await repository.findHold(getDatabase(), actor.body, reference);
  const own = await repository.listOnPerson(getDatabase(), actor.body, actor.personId, "all");
  if (!hold || !own.some(({ id }) => id === hold.id)) return { code: "not-found" };
  const at = clock.now();
  return transact(async (tx): Promise<Change<{ code: "confirmed" | "not-found" }>> => {
    const isNew = await repository.insertConfirmation(tx, hold.id, actor.personId, at);
    const evidence = isNew ? [eventBy(actor, at, "hold.confirmed", hold.reference)] : [];
    return { result: { code: "confirmed" }, evidence };
  });
}

/** "nobody": they were reminded today already, everybody has confirmed, or it was ended. */
type RemindResult = { code: "reminded"; people: number } | { code: "nobody" | "not-found" };

/** Reminds those who have not confirmed, at most once a day. */
export async function remindOfHold(actor: Actor, reference: string): Promise<RemindResult> {
  const hold = await findToChange(actor, reference);
  if (!hold) return { code: "not-found" };
  const at = clock.now();
  return transact(async (tx): Promise<Change<RemindResult>> => {
    const waiting = (await repository.listPeopleUnderHold(tx, hold)).filter(({ confirmedAt }) => confirmedAt === null);
    const isFirst =
      waiting.length > 0 && (await repository.writeReminded(tx, hold.id, at, startOfDay(calendarDay(at))));
    if (!isFirst) return { result: { code: "nobody" }, evidence: [] };
    const event = eventBy(actor, at, "hold.reminded", hold.reference, { data: { people: waiting.length } });
    const words = { subject: "Please confirm: do not delete these messages", paragraphs: [hold.keep, CONFIRM] };
    const notices = noticesOf(waiting, hold, "hold-reminder", words);
    return { result: { code: "reminded", people: waiting.length }, evidence: [event], notices };
  });
}

/** "too-late": somebody else ended it; nothing was changed. */
type EndHoldResult = Outcome<"ended"> | { code: "too-late"; by: string };

/** Ends a hold, with a reason. Deletions that became due meanwhile are asked for again. */
export async function endHold(actor: Actor, reference: string, endReason: string): Promise<EndHoldResult> {
  const hold = await repository.findHold(getDatabase(), actor.body, reference);
  if (!hold || !can(actor, "hold.place", hold)) return { code: "not-found" };
  const problems = endHoldProblems(endReason);
  if (problems.length > 0) return { code: "invalid", problems };
  const now = clock.now();
  const at = now < hold.placedAt ? hold.placedAt : now; // another machine's clock may be ahead
  return transact(async (tx): Promise<Change<EndHoldResult>> => {
    await repository.lockDeletions(tx, hold.body);
    const concerned = await repository.listPeopleUnderHold(tx, hold);
    if (await repository.writeHoldEnd(tx, hold.id, { endReason, endedAt: at, endedById: actor.personId })) {
      const event = eventBy(actor, at, "hold.ended", hold.reference, { detail: { reason: endReason } });
      return { result: { code: "ended" }, evidence: [event], notices: noticesOf(concerned, hold, "hold-ended", ENDED) };
    }
    const standing = await repository.findHold(tx, hold.body, reference);
    const isSame = standing?.endedById === actor.personId && standing.endReason === endReason;
    return {
      result: isSame ? { code: "ended" } : { code: "too-late", by: standing?.endedBy?.name ?? "" },
      evidence: [],
    };
  });
}

async function findToChange(actor: Actor, reference: string): Promise<repository.HoldRecord | null> {
  const hold = await repository.findHold(getDatabase(), actor.body, reference);
  return hold && can(actor, "hold.place", hold) ? hold : null;
}

type TargetId = { groupId: string } | { personId: string };

async function findTargets({ body }: Actor, { groups, groupNames = "", people }: SentTargets) {
  const tx = getDatabase();
  const words = linesOf(people, /[\n,;]/);
  const [ofGroups, named] = await Promise.all([
    findGroups(tx, body, groups, linesOf(groupNames, "\n")),
    repository.listPeopleNamed(tx, body, words.slice(0, MOST_PEOPLE)),
  ]);
  const chosen = ofGroups.groups;
  const matches = matchesOf(words.slice(0, MOST_PEOPLE), named, ({ email }, word) => email === normaliseEmail(word));
  const ofPeople = matches.flatMap(({ word, found }): FieldProblem[] => {
    if (found.length === 1) return [];
    const why =
      found.length === 0 ? `Nobody in the directory is “${word}”.` : `There are several people called “${word}”.`;
    return [{ field: "people", message: `${why} Write the work e-mail address.` }];
  });
  const problems = [...ofGroups.problems, ...ofPeople];
  if (words.length > MOST_PEOPLE)
    problems.push({ field: "people", message: `Name at most ${MOST_PEOPLE} people at once.` });
  const persons = matches.flatMap(({ found }) => (found.length === 1 ? found : []));
  const unique = [...new Map(persons.map((person) => [person.id, person])).values()];
  const ids: TargetId[] = [...chosen.map(({ id }) => ({ groupId: id })), ...unique.map(({ id }) => ({ personId: id }))];
  const names = [...chosen.map(({ reference, name }) => `${reference} ${name}`), ...unique.map(({ name }) => name)];
  return { ids, names, problems: problems.slice(0, 1), groups: chosen.length, people: unique.length };
}

/** The groups that were chosen by reference, or all of them, and those that were typed. */
async function findGroups(tx: Tx, body: string, chosen: readonly string[], typed: readonly string[]) {
  if (chosen.includes(ALL_GROUPS)) return { groups: await repository.listNameableGroups(tx, body), problems: [] };
  const named = await repository.listGroupsNamed(tx, body, [...chosen, ...typed]);
  const matches = matchesOf(typed, named, ({ reference }, word) => reference === word.toUpperCase());
  const problems = matches.flatMap(({ word, found }): FieldProblem[] => {
    if (found.length === 1) return [];
    const why = found.length === 0 ? `No group is “${word}”.` : `Several groups are called “${word}”.`;
    return [{ field: "groupNames", message: `${why} Write its reference, as GRP-2345-6789.` }];
  });
  const groups = [
    ...named.filter(({ reference }) => chosen.includes(reference)),
    ...matches.flatMap(({ found }) => found),
  ];
  return { groups: [...new Map(groups.map((group) => [group.id, group])).values()], problems };
}

/** What each word means: those that it surely names, or else those of this name. */
const matchesOf = <One extends { name: string }>(
  words: readonly string[],
  all: readonly One[],
  isSurely: (one: One, word: string) => boolean,
) =>
  words.map((word) => {
    const sure = all.filter((one) => isSurely(one, word));
    return { word, found: sure.length > 0 ? sure : all.filter(({ name }) => nameKey(name) === nameKey(word)) };
  });

const linesOf = (text: string, separator: string | RegExp): string[] =>
  [...new Set(text.split(separator).map((line) => line.trim()))].filter((line) => line !== "");

/** The most people one form may name; for more, the hold should be on a subject. */
const MOST_PEOPLE = 200;

const rowsOf = (holdId: string, ids: readonly TargetId[], addedAt: Date): Prisma.HoldTargetCreateManyInput[] =>
  ids.map((target) => ({ id: randomUUID(), holdId, addedAt, ...target }));

async function lawOf(actor: Actor, reason: HoldReason): Promise<string> {
  const body = await getOwnBody(actor);
  return lawOnDeleting({ nation: body?.nation ?? "uk" }, reason);
}

const CONFIRM = "Open it in the portal and confirm that you have read it. It takes one press.";
const ENDED = {
  subject: "You no longer have to keep these messages",
  paragraphs: [
    "A hold that concerned you was ended. The usual rules for keeping and deleting apply again.",
    "Delete nothing that another hold still names. The portal shows those that concern you.",
  ],
};

function placedWords(keep: string, law: string) {
  return { subject: "Do not delete these messages", paragraphs: [keep, law, KEEP_EXPORTABLE, CONFIRM] };
}

const noticesOf = (
  people: readonly Pick<repository.Concerned, "id">[],
  { body, reference }: Pick<repository.HoldRecord, "body" | "reference">,
  kind: NoticeKind,
  words: Pick<Notice, "subject" | "paragraphs">,
): Notice[] => people.map(({ id }) => ({ body, to: id, kind, ...words, href: `/holds/${reference}` }));
