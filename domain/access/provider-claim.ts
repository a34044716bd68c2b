/** What an identity provider says of somebody who signs in, read for what the portal needs (issue 7, item 1). */
import { emailProblem, normaliseEmail } from "../directory/email.ts";
import { nameProblem, tidyName } from "../directory/name.ts";
import { ROLES, type Role } from "./role.ts";

export interface ClaimNames {
  emailClaim: string;
  groupsClaim: string;
  /** Name of a group at the provider → name of a role. Empty: the directory alone says who has which role. */
  groupRoles: ReadonlyMap<string, string>;
  /** Name of a group at the provider → slug of a body. Empty: the directory alone says who belongs where. */
  groupBodies: ReadonlyMap<string, string>;
}

export interface ProviderIdentity {
  /** As the directory keeps it. */
  email: string;
  /** Null where the provider gives none, or one that no name can be. */
  name: string | null;
  /** From the groups; null where groups say nothing of roles. */
  roles: Role[] | null;
  /** Slugs, from the groups; null where groups say nothing of bodies. */
  bodies: string[] | null;
}

/** The roles that `groupRoles` names and the portal does not have. */
export function unknownRoles({ groupRoles }: Pick<ClaimNames, "groupRoles">): string[] {
  return [...groupRoles.values()].filter((name) => !ROLES.some((role) => role === name));
}

/**
 * Reads the claims of an ID token, or of the provider's user information.
 * @returns null where there is no e-mail address, or none that can be one, or the provider says that it is not the person's
 */
export function readClaims(claims: Readonly<Record<string, unknown>>, names: ClaimNames): ProviderIdentity | null {
  const email = claims[names.emailClaim];
  if (typeof email !== "string" || emailProblem(email) !== null || claims["email_verified"] === false) return null;
  const name = typeof claims["name"] === "string" ? tidyName(claims["name"]) : "";
  const given = claims[names.groupsClaim];
  const groups = (Array.isArray(given) ? given : [given]).filter((group) => typeof group === "string");
  const meant = (pairs: ReadonlyMap<string, string>) => groups.flatMap((group) => pairs.get(group) ?? []);
  const named = meant(names.groupRoles);
  return {
    email: normaliseEmail(email),
    name: name === "" || nameProblem(name) !== null ? null : name,
    roles: names.groupRoles.size > 0 ? ROLES.filter((role) => role === "employee" || named.includes(role)) : null,
    bodies: names.groupBodies.size > 0 ? [...new Set(meant(names.groupBodies))] : null,
  };
}
