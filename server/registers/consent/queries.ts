import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { mapPage, type Asked, type ListPage, type PageCursor, type Register } from "#domain/base/list/page.ts";
import { consentState, maySeeConsent } from "#domain/registers/consent/photo-consent.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage, registerOver } from "#server/base/db/list-page.ts";
import { listCorrections, type CorrectionView } from "#server/registers/correction/queries.ts";
import { consentList, findConsent, listConsents, listValidOf, type ConsentRecord } from "./repository.ts";

export interface ConsentView extends ConsentRecord {
  isMine: boolean;
  state: ReturnType<typeof consentState>;
}

/** One consent; null if it does not exist or the actor may not see it, with no difference between the two. */
export async function getConsent(
  actor: Actor,
  typed: string,
): Promise<(ConsentView & { corrections: CorrectionView[] }) | null> {
  const reference = parseReference("PHO", typed);
  const consent = reference && (await findConsent(getDatabase(), actor.body, reference));
  if (!consent || !maySeeConsent(actor, consent)) return null;
  return { ...viewOf(actor, consent), corrections: await listCorrections(actor, consent.reference) };
}

/** All that the actor recorded, the newest first. */
export async function listOwnConsents(actor: Actor): Promise<ConsentView[]> {
  const { body, personId } = actor;
  return (await listConsents(getDatabase(), { body, personId })).map((consent) => viewOf(actor, consent));
}

/** A page of those that the actor recorded, the newest first. */
export async function getOwnConsents(actor: Actor, cursor: PageCursor): Promise<ListPage<ConsentView>> {
  const { body, personId } = actor;
  const page = await readPage(consentList(getDatabase(), { body, personId }, calendarDay(clock.now())), cursor);
  return mapPage(page, (consent) => viewOf(actor, consent));
}

/** All of the body, by `state`; null for those who may not. */
export function getConsentRegister(actor: Actor, asked: Asked): Register<ConsentView> | null {
  if (!can(actor, "photo-consent.read-all", actor)) return null;
  const list = consentList(getDatabase(), { body: actor.body }, calendarDay(clock.now()), asked);
  return registerOver(list, (consents) => consents.map((consent) => viewOf(actor, consent)));
}

/** A valid consent, as the wizard offers it. */
export type OfferedConsent = Awaited<ReturnType<typeof listValidOf>>[number];

/** Valid consents recorded by the actor, which the wizard offers. */
export async function listOfferedConsents(actor: Actor): Promise<OfferedConsent[]> {
  return listValidOf(getDatabase(), actor, calendarDay(clock.now()));
}

function viewOf({ personId }: Actor, consent: ConsentRecord): ConsentView {
  return { ...consent, isMine: consent.personId === personId, state: consentState(consent, calendarDay(clock.now())) };
}
