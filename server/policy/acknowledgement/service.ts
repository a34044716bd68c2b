import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import {
  answerOutcome,
  DECLINE_GROUNDS,
  mayAnswerDecline,
  type AcknowledgementAnswer,
  type VersionKey,
  type GivenAnswer,
  type DeclineTheme,
  acknowledgementProblems,
  replyProblems,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { acceptableFrom, type OpenReading } from "#domain/policy/understanding/reading.ts";
import { tellOwner, type Notice } from "#domain/evidence/notice/notice.ts";
import { calendarDay, timeOfDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { type FieldProblem, textProblems } from "#domain/base/form/form-values.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { getOwnPolicy, type ServedVersion } from "#server/policy/policy/queries.ts";
import { openReading } from "#server/policy/understanding/effects.ts";
import {
  findAcknowledgement,
  insertAcknowledgement,
  listAnswersOn,
  listDeclineAnswerers,
  writeReply,
  withdrawRecording,
  type PaperPerson,
} from "./repository.ts";
import {
  LONGEST_PAPER_REASON,
  paperDayInWords,
  paperFrom,
  paperOutcome,
  paperProblems,
  type PaperOutcome,
  type SentPaper,
} from "#domain/policy/acknowledgement/paper-answer.ts";
import { startDay } from "#domain/policy/policy/policy.ts";
import { findPersonToRecord, getPaperRecording } from "./queries.ts";

export type AcknowledgeResult =
  | { code: "recorded"; reference: string }
  /** An answer that already counts, the same or another: nothing was changed. */
  | { code: "already"; reference: string; answer: AcknowledgementAnswer }
  /** A newer version is current by now; nothing was recorded. */
  | { code: "superseded" }
  /** It cannot be accepted yet: reading takes longer, or situations wait for an answer. Nothing was recorded. */
  | { code: "refused"; message: string; field?: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** No such policy, not the actor's own body's, or not one that can be answered now. */
  | { code: "not-found" };

/** What the form sent, unchecked; `version` and `hash` are those of its page. */
export interface SentAnswer extends VersionKey {
  slug: string;
  /** "accepted", or a ground to decline; "declined" without one. */
  answer: string;
  reason: string;
}

/** Records the actor's answer on the version that they were shown, once, however often it is sent. */
export async function acknowledgePolicy(actor: Actor, sent: SentAnswer): Promise<AcknowledgeResult> {
  const policy = await getOwnPolicy(actor, sent.slug);
  if (!policy?.current || !can(actor, "acknowledgement.give", { body: policy.body.slug })) return { code: "not-found" };
  const problems = acknowledgementProblems(sent);
  const ground = DECLINE_GROUNDS.find((one) => one === sent.answer) ?? null;
  const answer = sent.answer === "accepted" ? "accepted" : "declined";
  const { current, counting } = policy;
  const isShown = current.version === sent.version && current.hash === sent.hash;
  if (problems.length > 0) return isShown ? { code: "invalid", problems } : { code: "superseded" };

  const at = clock.now();
  const reason = answer === "declined" ? sent.reason : null;
  const reading = answer === "accepted" ? await openReading(actor, current) : null;
  const understoodAt = reading?.passedAt ?? null;
  return untilUnique("Acknowledgement", async (): Promise<AcknowledgeResult> => {
    // Before the transaction: the unique key catches a simultaneous answer.
    const given = await listAnswersOn(getDatabase(), actor.personId, policy.slug);
    const outcome = answerOutcome(given, counting, sent, answer);
    if (outcome.kind === "superseded") return { code: "superseded" };
    if (outcome.kind === "already") {
      const { reference, answer: standing } = outcome.given;
      return { code: "already", reference, answer: standing };
    }
    const tooEarly = reading && notYet(reading, at);
    if (tooEarly) return { code: "refused", message: tooEarly, field: "answer" };
    const reference = makeReference("ACK");
    const on = { policy: policy.slug, version: current.version, hash: current.hash };
    const { attempt } = outcome;
    const statement = current.frontMatter.acknowledgement;
    const { body, personId } = actor;
    const head = { id: randomUUID(), reference, body, personId };
    const event = answer === "accepted" ? "policy.acknowledged" : "policy.declined";
    const data = { attempt, ...(understoodAt && { understandingChecked: true }), ...(ground && { ground }) };
    const detail = reason === null ? undefined : { reason };
    return transact(async (tx): Promise<Change<AcknowledgeResult>> => {
      const given = { attempt, answer, ground, reason, statement, givenAt: at, understoodAt } as const;
      await insertAcknowledgement(tx, { ...head, ...on, ...given });
      return {
        result: { code: "recorded", reference },
        evidence: [{ body, event, at, actor: personId, subject: reference, on, data, detail }],
      };
    });
  });
}

/** Why a version cannot be accepted yet, and from when it can; null if it can. */
function notYet({ demand, openedAt, asking }: OpenReading, now: Date): string | null {
  const from = acceptableFrom(openedAt, demand);
  if (from && now < from)
    return `Take a little longer to read it. You can accept from ${timeOfDay(from)}. What you wrote is kept.`;
  return asking ? "Answer the situations first. You can then accept." : null;
}

export type ReplyResult =
  | { code: "replied" }
  /** Somebody else replied first; nothing was changed. */
  | { code: "too-late" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

/** Writes the policy owner's only reply to a decline; from then on the person is asked again. */
export async function answerDecline(
  actor: Actor,
  reference: string,
  { reply, theme }: { reply: string; theme: DeclineTheme | null },
): Promise<ReplyResult> {
  const at = clock.now();
  const holders = await listDeclineAnswerers(getDatabase(), actor.body, calendarDay(at));
  const decline = await findAcknowledgement(getDatabase(), reference);
  if (!decline || !mayAnswerDecline(actor, decline, holders)) return { code: "not-found" };
  const problems = replyProblems({ reply, theme });
  if (theme === null || problems.length > 0) return { code: "invalid", problems };
  return transact(async (tx): Promise<Change<ReplyResult>> => {
    const isWritten = await writeReply(tx, reference, { reply, theme, repliedById: actor.personId, repliedAt: at });
    if (!isWritten) {
      const standing = await findAcknowledgement(tx, reference);
      const isSame = standing?.repliedBy?.id === actor.personId && standing.reply === reply && standing.theme === theme;
      return { result: { code: isSame ? "replied" : "too-late" }, evidence: [] };
    }
    const { body, policy, version, hash } = decline;
    const on = { policy, version, hash };
    const event = "policy.decline-answered" as const;
    return {
      result: { code: "replied" },
      evidence: [{ body, event, at, actor: actor.personId, subject: reference, on, detail: { reply, theme } }],
      notices: tellOwner(actor, decline.personId, {
        subject: `Your decline ${reference} was answered`,
        words: "Read the answer. You are asked again whether you accept the policy.",
        href: `/policies/${policy}/acknowledge`,
      }),
    };
  });
}

/** What the form sent, unchecked: `version` and `hash` are those that its page showed as the current one. */
export interface SentRecording extends SentPaper, VersionKey {
  slug: string;
  /** The number of the version that the paper names. */
  on: string;
}

export type RecordPaperResult =
  | { code: "recorded"; reference: string }
  /** Another answer stands, or a newer version has been published meanwhile: nothing was recorded. */
  | { code: "refused"; message: string; field?: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** No such person or policy, somebody who has left, nobody of the actor's own body, or the actor themselves. */
  | { code: "not-found" };

/**
 * Records an answer that somebody gave on paper, once, however many send it: what it is, of which day, where the paper is
 * kept and why it was on paper. The person is told. Situations are not asked on paper.
 */
export async function recordPaperAnswer(
  actor: Actor,
  personId: string,
  sent: SentRecording,
): Promise<RecordPaperResult> {
  const policy = await getOwnPolicy(actor, sent.slug);
  const person = await findPersonToRecord(getDatabase(), actor, personId);
  if (!policy?.current || !person || person.hasLeft) return { code: "not-found" };
  const { current, counting } = policy;
  if (current.version !== sent.version || current.hash !== sent.hash)
    return { code: "refused", message: supersededBy(current.version), field: "on" };
  const named = counting.find(({ version }) => version === sent.on);
  const at = clock.now();
  const problems = problemsOf(sent, named, person, calendarDay(at));
  if (!named || problems.length > 0) return { code: "invalid", problems };
  const answer = sent.answer === "accepted" ? "accepted" : "declined";
  return untilUnique("Acknowledgement", async (): Promise<RecordPaperResult> => {
    // Before the transaction: the unique key catches a simultaneous answer.
    const given = await listAnswersOn(getDatabase(), person.id, policy.slug);
    const outcome = paperOutcome(given, counting, named, { answer, day: sent.day });
    if (outcome.kind !== "record") return standingInstead(actor, sent, outcome);
    const row = newRow(actor, person, named, { sent, at, ...outcome });
    return transact(async (tx): Promise<Change<RecordPaperResult>> => {
      await insertAcknowledgement(tx, row);
      return {
        result: { code: "recorded", reference: row.reference },
        evidence: [recordedEvent(row, at, sent)],
        notices: [recordedNotice(actor, row, named)],
      };
    });
  });
}

const supersededBy = (version: string) =>
  `Version ${version} has been published since you opened this page. Nothing was recorded. What you typed is kept: see which version the paper names, then record it.`;

function problemsOf(
  sent: SentRecording,
  named: ServedVersion | undefined,
  { startsOn, returnedOn }: PaperPerson,
  today: string,
): FieldProblem[] {
  const days = named && { startDay: startDay(named), servedDay: calendarDay(named.servedAt) };
  const from = days ? paperFrom(days, [startsOn, returnedOn]) : "";
  const missing = named ? [] : [{ field: "on", message: "Choose which version the paper names." }];
  return [...missing, ...paperProblems(sent, { from, today })];
}

/** Why nothing is recorded; or the recording itself, where the same was sent again. */
async function standingInstead(
  actor: Actor,
  sent: SentRecording,
  outcome: Exclude<PaperOutcome, { kind: "record" }>,
): Promise<RecordPaperResult> {
  if (outcome.kind === "superseded") return { code: "refused", message: supersededBy(sent.version), field: "on" };
  const { given } = outcome;
  const row = await findAcknowledgement(getDatabase(), given.reference);
  const isSame =
    row?.recordedBy?.id === actor.personId &&
    row.version === sent.on &&
    calendarDay(row.givenAt) === sent.day &&
    row.paperPlace === sent.place &&
    row.paperReason === sent.why;
  if (outcome.kind === "already" && isSame) return { code: "recorded", reference: given.reference };
  const known = `They ${given.answer} version ${given.version} on ${momentOf(given)}.`;
  if (outcome.kind === "already") return { code: "refused", message: `${known} That stands, so nothing was recorded.` };
  const replied = given.repliedAt ? ` They had a reply on ${dateInWords(calendarDay(given.repliedAt))}.` : "";
  const message = `${known}${replied} An answer from before that cannot take its place, so nothing was recorded.`;
  return { code: "refused", message, field: "day" };
}

const momentOf = ({ givenAt, recordedAt }: GivenAnswer): string =>
  recordedAt ? paperDayInWords(givenAt) : `${dateInWords(calendarDay(givenAt))}, in the portal`;

type PaperRow = ReturnType<typeof newRow>;

function newRow(
  actor: Actor,
  { id: personId, body }: PaperPerson,
  { slug: policy, version, hash, frontMatter }: ServedVersion,
  { sent, at, attempt, givenAt }: { sent: SentRecording; at: Date; attempt: number; givenAt: Date },
) {
  const ground = DECLINE_GROUNDS.find((one) => one === sent.answer) ?? null;
  return {
    id: randomUUID(),
    reference: makeReference("ACK"),
    body,
    personId,
    policy,
    version,
    hash,
    attempt,
    answer: ground === null ? ("accepted" as const) : ("declined" as const),
    ground,
    reason: ground === null ? null : sent.reason,
    statement: frontMatter.acknowledgement,
    givenAt,
    recordedById: actor.personId,
    recordedAt: at,
    paperPlace: sent.place,
    paperReason: sent.why,
  };
}

function recordedEvent(row: PaperRow, at: Date, { day }: SentRecording) {
  const { body, reference, personId, policy, version, hash, attempt, answer, ground, reason } = row;
  return {
    body,
    event: "policy.answer-recorded" as const,
    at,
    actor: row.recordedById,
    subject: reference,
    on: { policy, version, hash },
    data: { person: personId, answer, attempt, day, ...(ground && { ground }) },
    detail: { place: row.paperPlace, why: row.paperReason, ...(reason !== null && { reason }) },
  };
}

function recordedNotice(actor: Actor, row: PaperRow, { frontMatter }: ServedVersion): Notice {
  const { body, personId, reference, answer, version, givenAt } = row;
  return {
    body,
    to: personId,
    kind: "paper-answer",
    subject: `${actor.name} recorded your answer to “${frontMatter.title}”`,
    paragraphs: [
      `${actor.name} recorded that you ${answer} version ${version} on ${paperDayInWords(givenAt)}.`,
      "Tell them if that is wrong: they can withdraw it.",
    ],
    href: `/acknowledgements/${reference}`,
  };
}

export type WithdrawPaperResult =
  { code: "done" } | { code: "invalid"; problems: readonly FieldProblem[] } | { code: "not-found" };

/**
 * Takes a wrong recording out of the answers, with the reason: the person stands as if it had not been recorded, and is
 * told. It stays on record as withdrawn. No effect the second time.
 */
export async function withdrawPaperAnswer(
  actor: Actor,
  personId: string,
  { reference: typed, because }: { reference: string; because: string },
): Promise<WithdrawPaperResult> {
  const found = await getPaperRecording(actor, personId, typed);
  if (!found) return { code: "not-found" };
  const problems = textProblems("because", because, "Say what was wrong with the recording.", LONGEST_PAPER_REASON);
  if (problems.length > 0) return { code: "invalid", problems };
  const { person, recording, title } = found;
  const { reference, policy, version, answer, givenAt } = recording;
  return transact(async (tx): Promise<Change<WithdrawPaperResult>> => {
    const at = clock.now();
    const row = await findAcknowledgement(tx, reference);
    const isWithdrawn = await withdrawRecording(tx, reference, { at, byId: actor.personId, because });
    if (!row || !isWithdrawn) return { result: { code: "done" }, evidence: [] };
    const event = { body: person.body, event: "policy.answer-withdrawn" as const, at, actor: actor.personId };
    const on = { policy, version, hash: row.hash };
    const notice: Notice = {
      body: person.body,
      to: person.id,
      kind: "paper-answer",
      subject: `${actor.name} withdrew what was recorded as your answer to “${title}”`,
      paragraphs: [
        `It said that you ${answer} version ${version} on ${paperDayInWords(givenAt)}. It does not count any more.`,
        "See your acknowledgements for whether you are asked to answer.",
      ],
      href: `/acknowledgements/${reference}`,
    };
    return {
      result: { code: "done" },
      evidence: [{ ...event, subject: reference, on, data: { person: person.id, answer }, detail: { because } }],
      notices: [notice],
    };
  });
}
