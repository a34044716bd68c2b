import type { Actor } from "#domain/access/permission/permission.ts";
import { hasAnswer, withoutAnswer } from "#domain/registers/continuity/offer.ts";
import { ownTable, type OwnTable } from "#domain/policy/exception/coverage.ts";
import type { ChatRegister } from "#domain/registers/group/chat-answer.ts";
import { readPhotoAnswer, type PhotoAnswer } from "#domain/registers/consent/photo-answer.ts";
import type { KnownAnswer, KnownAnswers } from "#domain/policy/policy/known-answer.ts";
import { mayConcern } from "#server/access/identity/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getCurrentActivity, type ActivityInShort } from "#server/registers/continuity/queries.ts";
import { listGranted } from "#server/policy/exception/queries.ts";
import { hasApprovedGroups, listOwnApprovedGroups } from "#server/registers/group/queries.ts";
import { listOfferedConsents, type OfferedConsent } from "#server/registers/consent/queries.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";

/** The answers about which the portal knows more than their wording. */
export async function getKnownAnswers(): Promise<KnownAnswers> {
  return (await loadContent()).knownAnswers;
}

/** A policy's table as it decides for somebody now, and what the portal knows that affects it. */
export interface DecidingTable extends OwnTable {
  /** The answer about a declared activity, if the policy has one. */
  continuity: KnownAnswer | null;
  /** The activity that is declared now, for which that answer is offered; null if it is not offered. */
  activity: ActivityInShort | null;
  /**
   * What the group register knows for the question about the chat; null if that does not apply, because the policy is
   * another body's or does not ask.
   */
  chats: ChatRegister | null;
  /**
   * What the register of photo consents says, if the policy asks about people in a photo; null for another body's
   * policy.
   */
  photo: PhotoAnswer<OfferedConsent> | null;
}

/**
 * For policies of their own body, the portal knows the actor's exceptions and any business continuity activity, and
 * asks about neither; for another day than today it knows of none. For another body's policy it knows nothing about the actor: the question about exceptions stays,
 * and the answer about an activity, which only that body can declare, is not offered.
 * @param query the query string, which names the chosen photo consents
 */
export async function getDecidingTable(
  actor: Actor,
  policy: ReadablePolicy,
  query: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): Promise<DecidingTable> {
  const { version, isMine, isOtherDay } = policy;
  const { table } = version;
  const { continuity: known, photoConsent } = await getKnownAnswers();
  const continuity = known && hasAnswer(table, known) ? known : null;
  if (!isMine) {
    const offered = continuity ? withoutAnswer(table, continuity) : table;
    const own = { table: offered, exceptionFor: () => undefined, adviceBeside: () => [] };
    return { ...own, continuity, activity: null, photo: null, chats: null };
  }
  const people = photoConsent && hasAnswer(table, photoConsent) ? photoConsent : null;
  const [activity, granted, consents, chats] = await Promise.all([
    continuity && !isOtherDay ? getCurrentActivity(actor) : null,
    isOtherDay ? [] : listGranted(actor, version.slug),
    people && mayConcern(actor, "consents") ? listOfferedConsents(actor) : [],
    readRegister(actor, table),
  ]);
  const asked = continuity && !activity ? withoutAnswer(table, continuity) : table;
  const own = ownTable({ table: asked, exceptionRules: version.exceptionRules }, granted);
  const photo = people && hasAnswer(own.table, people) ? readPhotoAnswer(people, consents, query) : null;
  return { ...own, continuity, activity, photo, chats };
}

async function readRegister(actor: Actor, table: OwnTable["table"]): Promise<ChatRegister | null> {
  const { group: known } = await getKnownAnswers();
  if (!known || !hasAnswer(table, known)) return null;
  const [isInUse, groups] = await Promise.all([
    hasApprovedGroups(actor),
    mayConcern(actor, "groups") ? listOwnApprovedGroups(actor) : [],
  ]);
  const { fact, answer } = known;
  return { fact, answer, isInUse, groups };
}
