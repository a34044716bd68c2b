import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import {
  answerOutcome,
  DECLINE_GROUNDS,
  mayAnswerDecline,
  type AcknowledgementAnswer,
  type VersionKey,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { DeclineTheme } from "#domain/policy/acknowledgement/decline-theme.ts";
import { acknowledgementProblems, replyProblems } from "#domain/policy/acknowledgement/answer-problems.ts";
import { acceptableFrom, type OpenReading } from "#domain/policy/understanding/reading.ts";
import { tellOwner } from "#domain/evidence/notice/notice.ts";
import { calendarDay, timeOfDay } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { openReading } from "#server/policy/understanding/effects.ts";
import {
  findAcknowledgement,
  insertAcknowledgement,
  listAnswersOn,
  listDeclineAnswerers,
  writeReply,
} from "./repository.ts";

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
      await insertAcknowledgement(tx, {
        ...head,
        ...on,
        attempt,
        answer,
        ground,
        reason,
        statement,
        givenAt: at,
        understoodAt,
      });
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
