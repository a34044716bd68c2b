import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { deputyStateOn, mayStandInAs, type DeputisedRole } from "#domain/people/deputy/deputy.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { isThere, listDeputies, type DeputyParty } from "./repository.ts";

/** Somebody decides in place of another now. */
export interface DeputyPlace {
  deputyId: string;
  principal: DeputyParty;
  role: DeputisedRole;
}

/** Who of a body decides in whose place today: both work there and still have their roles. For services that authorise by it. */
export async function listPlaces(tx: Prisma.TransactionClient, body: string): Promise<DeputyPlace[]> {
  const today = calendarDay(clock.now());
  const found = await listDeputies(tx, body, today);
  return found.flatMap(({ deputy, principal, role, ...days }) => {
    const isRunning = deputyStateOn(days, today) === "runs" && isThere(principal, today) && isThere(deputy, today);
    const haveRoles = principal.roles.includes(role) && mayStandInAs(role, deputy.roles);
    return isRunning && haveRoles ? [{ deputyId: deputy.personId, principal, role }] : [];
  });
}

/** A deputyship that runs or is to come, as a page shows it. */
export interface DeputyView {
  id: string;
  principal: string;
  deputy: string;
  role: DeputisedRole;
  from: string;
  until: string;
  state: "runs" | "to-come";
  mayEnd: boolean;
}

export interface DeputiesView {
  /** Who stands in for the actor. */
  mine: DeputyView[];
  /** For whom the actor stands in. */
  asDeputy: DeputyView[];
  /** Everybody else's of the body, for administrators. */
  others: DeputyView[];
  /** The actor's roles in which somebody can stand in for them; for administrators, all. */
  mayNameForOthers: boolean;
}

/** The deputyships that concern the actor; all of the body for administrators. Null for those who neither decide nor administer. */
export async function getDeputies(actor: Actor): Promise<DeputiesView | null> {
  if (!can(actor, "deputy.name", actor)) return null;
  const today = calendarDay(clock.now());
  const seesAll = can(actor, "person.manage", actor);
  const found = await listDeputies(getDatabase(), actor.body, today, seesAll ? undefined : actor.personId);
  const views = found.flatMap((one) => {
    const state = deputyStateOn(one, today);
    const isMine = one.principal.personId === actor.personId;
    const { id, role, from, until } = one;
    const names = { principal: one.principal.name, deputy: one.deputy.name };
    const isAsDeputy = one.deputy.personId === actor.personId;
    return state ? [{ id, ...names, role, from, until, state, mayEnd: isMine || seesAll, isMine, isAsDeputy }] : [];
  });
  return {
    mine: views.filter(({ isMine }) => isMine),
    asDeputy: views.filter(({ isAsDeputy }) => isAsDeputy),
    others: views.filter(({ isMine, isAsDeputy }) => !isMine && !isAsDeputy),
    mayNameForOthers: seesAll,
  };
}
