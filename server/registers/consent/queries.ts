import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { consentState, maySeeConsent } from "#domain/registers/consent/photo-consent.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findConsent, listConsents, listValidOf, type ConsentRecord } from "./repository.ts";

export interface ConsentView extends ConsentRecord {
  isMine: boolean;
  state: ReturnType<typeof consentState>;
}

/** One consent; null if it does not exist or the actor may not see it, with no difference between the two. */
export async function getConsent(actor: Actor, typed: string): Promise<ConsentView | null> {
  const reference = parseReference("PHO", typed);
  const consent = reference && (await findConsent(getDatabase(), actor.body, reference));
  return consent && maySeeConsent(actor, consent) ? viewOf(actor, consent) : null;
}

/** Those that the actor recorded, the newest first. */
export async function listOwnConsents(actor: Actor): Promise<ConsentView[]> {
  const { body, personId } = actor;
  return (await listConsents(getDatabase(), { body, personId })).map((consent) => viewOf(actor, consent));
}

/** All of the body, the newest first; null for those who may not. */
export async function listAllConsents(actor: Actor): Promise<ConsentView[] | null> {
  if (!can(actor, "photo-consent.read-all", actor)) return null;
  return (await listConsents(getDatabase(), { body: actor.body })).map((consent) => viewOf(actor, consent));
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
