import { type Actor, can } from "#domain/access/permission/permission.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import {
  PHONE_RETURN_REASONS,
  phoneReturnState,
  unansweredHolds,
} from "#domain/registers/phone-return/phone-return.ts";
import { newTask, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import type { Asked, Register } from "#domain/base/list/page.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listHoldsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import { CHECKING_FOR_ALL, readCheckers } from "./checker-rules.ts";
import * as repository from "./repository.ts";

/** A phone return; null if there is none, or the actor has nothing to do with it and may not read the register. */
export async function getPhoneReturn(actor: Actor, typed: string) {
  const reference = parseReference("PHR", typed);
  const tx = getDatabase();
  const found = reference && (await repository.findPhoneReturn(tx, actor.body, reference));
  if (!found) return null;
  const checkers = (await readCheckers(tx, actor.body))(found);
  const isOwn = found.personId === actor.personId;
  const isChecker = checkers.some(({ id }) => id === actor.personId);
  const isInvolved = isOwn || isChecker || [found.startedById, found.checkedById].includes(actor.personId);
  if (!isInvolved && !can(actor, "phone-return.read-register", found)) return null;
  const [holds, steps] = await Promise.all([
    listHoldsOnDeletion({ body: found.body, personId: found.personId }, null),
    repository.listPhoneReturnSteps(tx, found.id),
  ]);
  const state = phoneReturnState(found);
  const isOpen = state === "open" || state === "stated";
  return {
    ...found,
    state,
    isOwn,
    // Holds in force that concern its user, and those of them that still stop the phone from going.
    holds,
    stopping: unansweredHolds(holds, found),
    checkers: checkers.map(({ name }) => name),
    mayState: isOpen && (isOwn || isChecker || found.startedById === actor.personId),
    mayCheck: isOpen && isChecker,
    steps,
  };
}

/** The returns that the actor has to do with, the newest first. */
export const listOwnPhoneReturns = async (actor: Actor): Promise<PhoneReturnEntry[]> =>
  (await repository.listPhoneReturnsOf(getDatabase(), actor.body, actor.personId)).map(withState);

/** The returns of the body; null for those who may not read the register. */
export function getPhoneReturnRegister(actor: Actor, asked: Asked): Register<PhoneReturnEntry> | null {
  if (!can(actor, "phone-return.read-register", actor)) return null;
  return registerOver(repository.phoneReturnList(getDatabase(), actor.body, asked), (rows) => rows.map(withState));
}

export type PhoneReturnEntry = ReturnType<typeof withState>;

const withState = (one: repository.PhoneReturnRecord) => ({ ...one, state: phoneReturnState(one) });

/** The actor's tasks about phones that go: to say what was moved from their own, and to check those of others. By person. */
export async function listPhoneReturnTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const tx = getDatabase();
  const isOfAll = actors.some(({ roles }) => CHECKING_FOR_ALL.some((role) => roles.includes(role)));
  const ids = actors.map(({ personId }) => personId);
  const open = await repository.listOpenFor(tx, first.body, ids, isOfAll);
  if (open.length === 0) return new Map();
  const checkersOf = await readCheckers(tx, first.body);
  const known = open.map((one) => ({ one, checkers: checkersOf(one).map(({ id }) => id) }));
  return new Map(
    ids.map((id) => [
      id,
      known.flatMap(({ one, checkers }) => [
        ...(one.personId === id && !one.statedAt ? [stateTask(one)] : []),
        ...(checkers.includes(id) && (one.statedAt || one.person.status === "left") ? [checkTask(one)] : []),
      ]),
    ]),
  );
}

const stateTask = ({ reference, dueOn, reason }: repository.PhoneReturnRecord): Task =>
  newTask("state-phone-return", reference, {
    due: dueOn,
    href: `/phone-returns/${reference}`,
    title: "Say what you moved from your phone to the record",
    reason: `${PHONE_RETURN_REASONS[reason]}. Reference ${reference}.`,
  });

const checkTask = ({ reference, dueOn, person, reason }: repository.PhoneReturnRecord): Task =>
  newTask("check-phone-return", reference, {
    due: dueOn < clock.today() ? clock.today() : dueOn,
    href: `/phone-returns/${reference}`,
    title: `Check what was moved from the phone of ${person.name} before it goes`,
    titleOutside: "Check what was moved from somebody’s phone before it goes",
    reason: `${PHONE_RETURN_REASONS[reason]}. Reference ${reference}.`,
  });
