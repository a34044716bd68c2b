import type { Role } from "#domain/access/permission/permission.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { readActingManagers } from "#server/people/deputy/queries.ts";
import type { PhoneReturnRecord } from "./repository.ts";

/** Roles whose people check, besides line managers and who stands in for them. */
const CHECKING_ROLES = ["administrator", "governance-officer", "senior-information-risk-owner"] as const;

/** The roles in which somebody may check for others than those they manage. */
export const CHECKING_FOR_ALL: readonly Role[] = [...CHECKING_ROLES, "line-manager"];

/** Reads, once for many returns, who has the roles that check. */
export async function readCheckers(tx: Tx, body: string) {
  const { bodies } = await loadContent();
  const checkedBy = bodies.find(({ slug }) => slug === body)?.phoneReturns.checkedBy ?? "line-manager";
  const [managersOf, ...holders] = await Promise.all([
    readActingManagers(tx, body),
    ...CHECKING_ROLES.map((role) => listPeopleWithRole(tx, body, role)),
  ]);
  const inRole = new Map<Role, { id: string; name: string }[]>(
    CHECKING_ROLES.map((role, at) => [role, holders[at] ?? []]),
  );
  /** By the body's rule, then the governance officers, then the senior owner: the first where anybody is but the user. */
  return ({ person }: Pick<PhoneReturnRecord, "person">): { id: string; name: string }[] => {
    const first = checkedBy === "line-manager" ? managersOf(person) : (inRole.get(checkedBy) ?? []);
    const ways = [first, inRole.get("governance-officer") ?? [], inRole.get("senior-information-risk-owner") ?? []];
    const others = ways.map((way) => way.filter(({ id }) => id !== person.id));
    return (others.find((way) => way.length > 0) ?? []).map(({ id, name }) => ({ id, name }));
  };
}
