import { type Actor, can, ownRoles, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { deputyStateOn, mayStandInAs } from "#domain/people/deputy/deputy.ts";
import { DUTY_ROLES, inTurn, UP_THE_LINE, type DutyRole } from "#domain/people/deputy/stand-in.ts";
import { lineManagerOf } from "#server/base/db/line-manager.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { isThere, listDeputies, listStandings } from "./repository.ts";

export type DeputyPlace = Awaited<ReturnType<typeof listPlaces>>[number];

/** Who of a body decides in whose place today: both work there and still have their roles. For services that authorise by it. */
export async function listPlaces(tx: Tx, body: string) {
  const today = clock.today();
  const found = await listDeputies(tx, body, today);
  return found.flatMap(({ deputy, principal, role, ...days }) => {
    const isRunning = deputyStateOn(days, today) === "runs" && isThere(principal, today) && isThere(deputy, today);
    const haveRoles = principal.roles.includes(role) && mayStandInAs(role, deputy.roles);
    return isRunning && haveRoles ? [{ deputyId: deputy.personId, deputyName: deputy.name, principal, role }] : [];
  });
}

interface Managed {
  manager: Manager | null;
  team: { manager: Manager | null } | null;
}
interface Manager {
  id: string;
  name: string;
  status: "active" | "left";
  handedOverOn: string | null;
}

/**
 * Who acts as people's line manager today: the manager, unless away for longer than the body's limit, and who deputises
 * for them as one. Read once for many people; nobody where none of them is there.
 */
export async function readActingManagers(tx: Tx, body: string) {
  const places = (await listPlaces(tx, body)).filter(({ role }) => role === "line-manager");
  return (person: Managed): { id: string; name: string }[] => {
    const manager = lineManagerOf(person);
    if (manager?.status !== "active") return [];
    const deputies = places.filter(({ principal }) => principal.personId === manager.id);
    return [
      ...(manager.handedOverOn === null ? [{ id: manager.id, name: manager.name }] : []),
      ...deputies.map(({ deputyId, deputyName }) => ({ id: deputyId, name: deputyName })),
    ];
  };
}

/**
 * The roles of a body whose duties may reach nobody: that nobody has who is there, or one person alone, above whom
 * there is nobody for what that person may not decide. `holders`: those who have it and are there, and those who act in it.
 */
export async function listThinRoles(tx: Tx, body: string) {
  const there = await listThere(tx, body);
  return DUTY_ROLES.filter((role) => role !== "administrator").flatMap((role) => {
    const own = there.filter(({ roles }) => roles.includes(role));
    const isAlone = own.length === 1 && UP_THE_LINE[role].length > 0;
    const hasLine = there.some(({ roles }) => UP_THE_LINE[role].some((one) => roles.includes(one)));
    if (own.length > 0 && !(isAlone && !hasLine)) return [];
    const holders = there.filter(({ roles, standsInAs }) => [...roles, ...standsInAs].includes(role));
    return [{ role, holders: holders.map(({ personId }) => personId), isVacant: own.length === 0 }];
  });
}

async function listThere(tx: Tx, body: string) {
  const today = clock.today();
  const people = await listStandings(tx, body, DUTY_ROLES, []);
  return people.filter((one) => isThere(one, today) && one.handedOverOn === null);
}

/** Who of a body is there and has duties by a role, with the roles in which they act. For services and queries that authorise by it. */
export async function listActing(tx: Tx, body: string) {
  const there = await listThere(tx, body);
  return there.map(({ personId, name, roles, standsInAs }) => ({ personId, name, roles: [...roles, ...standsInAs] }));
}

/**
 * Whose own things it falls to the actor to decide in a role that they do not have: the one person who has it, where the
 * actor is the next up the line. For services and queries that authorise by it.
 */
export async function findSoleHolder(tx: Tx, actor: Actor, role: DutyRole): Promise<string | null> {
  const own = ownRoles(actor);
  if (actor.roles.includes(role) || !UP_THE_LINE[role].some((one) => own.includes(one))) return null;
  const there = await listThere(tx, actor.body);
  const [sole, ...others] = there.filter(({ roles, standsInAs }) => [...roles, ...standsInAs].includes(role));
  if (!sole || others.length > 0) return null;
  const next = inTurn(
    role,
    there.filter((one) => one !== sole),
  );
  return next?.people.some(({ personId }) => personId === actor.personId) ? sole.personId : null;
}

/**
 * Who acts in a role on what the actor asks for now, in words: the role, or the one up the line; null where nobody does,
 * so that administrators are asked to give the role to somebody.
 */
export async function whoActs(actor: Actor, role: DutyRole): Promise<string | null> {
  const others = (await listThere(getDatabase(), actor.body)).filter(({ personId }) => personId !== actor.personId);
  const next = inTurn(role, others);
  return next && `the ${ROLE_NAMES[next.role].toLowerCase()}`;
}

/** The actor as to one thing: with a role in which they act because it is its only holder's own. */
export async function asInTurn(tx: Tx, actor: Actor, role: DutyRole, ownerId: string): Promise<Actor> {
  if ((await findSoleHolder(tx, actor, role)) !== ownerId) return actor;
  return { ...actor, roles: [...actor.roles, role], standsInAs: [...(actor.standsInAs ?? []), role] };
}

/**
 * The roles with duties that somebody alone has: whoever takes them away has to say who has them next.
 * @returns none where they have left, or are away for long: others have their duties already
 */
export async function listLastHeld(tx: Tx, body: string, personId: string): Promise<DutyRole[]> {
  const there = await listThere(tx, body);
  const held = there.find((one) => one.personId === personId)?.roles ?? [];
  const others = there.filter((one) => one.personId !== personId).flatMap(({ roles }) => roles);
  return DUTY_ROLES.filter((role) => role !== "administrator" && held.includes(role) && !others.includes(role));
}

export type DeputyView = NonNullable<Awaited<ReturnType<typeof getDeputies>>>["mine"][number];

/** The deputyships that concern the actor; all of the body for administrators. Null for those who neither decide nor administer. */
export async function getDeputies(actor: Actor) {
  if (!can(actor, "deputy.name", actor)) return null;
  const today = clock.today();
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
    mine: views.filter(({ isMine }) => isMine), // who stands in for the actor
    asDeputy: views.filter(({ isAsDeputy }) => isAsDeputy),
    others: views.filter(({ isMine, isAsDeputy }) => !isMine && !isAsDeputy),
    mayNameForOthers: seesAll,
  };
}
