import { type Actor, can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { mapPage, type Asked, type PageCursor, type Register } from "#domain/base/list/page.ts";
import { consentState, maySeeConsent } from "#domain/registers/consent/photo-consent.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage, registerOver } from "#server/base/db/list-page.ts";
import { listCorrections } from "#server/registers/correction/queries.ts";
import * as repository from "./repository.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { newTask, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";

/** One consent; null if it does not exist or the actor may not see it, with no difference between the two. */
export async function getConsent(actor: Actor, typed: string) {
  const reference = parseReference("PHO", typed);
  const consent = reference && (await repository.findConsent(getDatabase(), actor.body, reference));
  if (!consent || !maySeeConsent(actor, consent)) return null;
  return { ...viewOf(actor, consent), corrections: await listCorrections(actor, consent.reference) };
}

/** All that the actor recorded, the newest first. */
export async function listOwnConsents(actor: Actor): Promise<ConsentView[]> {
  const { body, personId } = actor;
  return (await repository.listConsents(getDatabase(), { body, personId })).map((consent) => viewOf(actor, consent));
}

/** A page of those that the actor recorded, the newest first. */
export async function getOwnConsents(actor: Actor, cursor: PageCursor) {
  const { body, personId } = actor;
  const page = await readPage(repository.consentList(getDatabase(), { body, personId }, clock.today()), cursor);
  return mapPage(page, (consent) => viewOf(actor, consent));
}

/** All of the body, by `state`; null for those who may not. */
export function getConsentRegister(actor: Actor, asked: Asked): Register<ConsentView> | null {
  if (!can(actor, "photo-consent.read-all", actor)) return null;
  const list = repository.consentList(getDatabase(), { body: actor.body }, clock.today(), asked);
  return registerOver(list, (consents) => consents.map((consent) => viewOf(actor, consent)));
}

/** A valid consent, as the wizard offers it. */
export type OfferedConsent = Awaited<ReturnType<typeof listOfferedConsents>>[number];

/** Valid consents recorded by the actor, which the wizard offers. */
export const listOfferedConsents = async (actor: Actor) => repository.listValidOf(getDatabase(), actor, clock.today());

export type ConsentView = ReturnType<typeof viewOf>;

function viewOf({ personId }: Actor, consent: repository.ConsentRecord) {
  return { ...consent, isMine: consent.personId === personId, state: consentState(consent, clock.today()) };
}

/**
 * Photo consents that have ended, until somebody says that the picture is no longer used: tasks of who recorded them, or
 * of governance officers where that person has left. By person.
 */
export async function listConsentTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const ids = actors.map(({ personId }) => personId);
  const [ended, ...ofLeavers] = await Promise.all([
    repository.listEnded(getDatabase(), first.body, ids, clock.today()),
    ...actors.map(leaverTasks),
  ]);
  const own = grouped(ended, ({ personId }) => personId);
  return new Map(ids.map((id, at) => [id, [...(own.get(id) ?? []).map(toTask), ...(ofLeavers[at] ?? [])]]));
}

async function leaverTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "photo-consent.read-all", actor)) return [];
  const consents = await repository.listEndedOfLeavers(getDatabase(), actor.body, clock.today(), MOST_TASKS + 1);
  return consents.map(toTask);
}

const toTask = ({ reference, until }: { reference: string; until: string }): Task =>
  newTask("end-photo-use", reference, {
    href: `/photos/${reference}`,
    title: `Stop using the picture of ${reference}, or get a new consent`,
    reason: `The consent ended on ${dateInWords(until)}.`,
    due: until,
  });
