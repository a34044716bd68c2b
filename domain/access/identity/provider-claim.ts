/** What an identity provider says of somebody who signs in, read for what the portal needs. */
import { type Role, ROLES } from "#domain/access/permission/permission.ts";
import { nameProblem, normaliseName, prefixOf, quoted, textProblem } from "./name.ts";
import { smallLetters } from "./small-letters.ts";

export interface ClaimNames {
  emailClaim: string;
  /** The issuer's addresses come from the employer's own directory: each counts as verified where the provider does not say. */
  trustsEmail: boolean;
  groupsClaim: string;
  /** Name of a group at the provider → name of a role. Empty: the directory alone says who has which role. */
  groupRoles: ReadonlyMap<string, string>;
  /** Name of a group at the provider → slug of a body. Empty: the directory alone says who belongs where. */
  groupBodies: ReadonlyMap<string, string>;
}

export type Claims = Readonly<Record<string, unknown>>;

/** The two places where a provider says something of somebody. Only the ID token is signed. */
export interface ProviderAnswer {
  idToken: Claims;
  /** Empty where the provider offers none. */
  userInfo: Claims;
}

/** An account at a provider: the one pair of names that never passes to somebody else (OpenID Connect Core 1.0, 5.7). */
export interface ProviderSubject {
  issuer: string;
  subject: string;
}

export interface ProviderIdentity {
  /** As the directory keeps it; null where there is none, or one that no address can be. */
  email: string | null;
  /** Whether the provider vouches for it that the address is theirs. */
  isEmailVerified: boolean;
  /** Null where the provider gives none, or one that no name can be. */
  name: string | null;
  /** From the groups; null where groups say nothing of roles. */
  roles: Role[] | UnreadGroups | null;
  /** Slugs, from the groups; null where groups say nothing of bodies. */
  bodies: string[] | UnreadGroups | null;
}

/**
 * Why groups are not known: no claim lists them, or there are so many that the provider left them out and says so. An empty
 * list is known.
 */
export type UnreadGroups = "missing" | "overage";

/** A value that the ID token's `acr` or `amr` has to have; of several, one is enough. */
export interface RequiredValue {
  claim: "acr" | "amr";
  value: string;
}

/** The roles that `groupRoles` names and the portal does not have. */
export const unknownRoles = ({ groupRoles }: Pick<ClaimNames, "groupRoles">): string[] =>
  [...groupRoles.values()].filter((name) => !ROLES.some((role) => role === name));

/** Reads who somebody is, from the ID token and the provider's user information. */
export function readClaims({ idToken, userInfo }: ProviderAnswer, names: ClaimNames): ProviderIdentity {
  const claims = { ...idToken, ...userInfo };
  // The address and whether it is verified have to be said at the same place, or they may be about two addresses.
  const source = userInfo[names.emailClaim] === undefined ? idToken : userInfo;
  const email = source[names.emailClaim];
  const isAddress = typeof email === "string" && emailProblem(email) === null;
  const name = typeof claims["name"] === "string" ? normaliseName(claims["name"]) : "";
  const groups = readGroups({ idToken, userInfo }, names.groupsClaim);
  const meant = (pairs: ReadonlyMap<string, string>) => {
    if (pairs.size === 0) return null;
    return typeof groups === "string" ? groups : groups.flatMap((group) => pairs.get(group) ?? []);
  };
  const named = meant(names.groupRoles);
  const bodies = meant(names.groupBodies);
  return {
    email: isAddress ? normaliseEmail(email) : null,
    isEmailVerified: isVerified(source, names),
    name: name === "" || nameProblem(name) !== null ? null : name,
    roles: Array.isArray(named) ? ROLES.filter((role) => role === "employee" || named.includes(role)) : named,
    bodies: Array.isArray(bodies) ? [...new Set(bodies)] : bodies,
  };
}

/**
 * The groups of somebody, from the first place that lists them. A place that says that it lists too few (`_claim_names`,
 * OpenID Connect Core 1.0, 5.6.2; Microsoft's `hasgroups`) does not count, whatever it lists.
 */
function readGroups({ idToken, userInfo }: ProviderAnswer, claim: string): string[] | UnreadGroups {
  const isLeftOut = (claims: Claims) =>
    Object.hasOwn({ ...(claims["_claim_names"] ?? {}) }, claim) ||
    (claim === "groups" && [true, "true", 1, "1"].some((yes) => claims["hasgroups"] === yes));
  for (const claims of [userInfo, idToken]) {
    const given: unknown = typeof claims[claim] === "string" ? [claims[claim]] : claims[claim];
    if (!Array.isArray(given) || isLeftOut(claims)) continue;
    const groups = given.filter((group) => typeof group === "string");
    if (groups.length > 0 || given.length === 0) return groups;
  }
  return [userInfo, idToken].some(isLeftOut) ? "overage" : "missing";
}

/**
 * `email_verified` is the standard's claim; Microsoft Entra ID has `xms_edov` in its place, also as a number. Both are about
 * the claim `email`, not about another that holds an address. A provider that says no is believed, whatever is trusted.
 */
function isVerified(claims: Claims, { emailClaim, trustsEmail }: ClaimNames): boolean {
  const said = emailClaim === "email" ? (claims["email_verified"] ?? claims["xms_edov"]) : undefined;
  if (said === undefined || said === null) return trustsEmail;
  return [true, 1, "true", "1"].some((yes) => said === yes);
}

/** @returns null where the ID token names nobody */
export function readSubject({ iss: issuer, sub: subject }: Claims): ProviderSubject | null {
  if (typeof issuer !== "string" || typeof subject !== "string") return null;
  return issuer !== "" && subject !== "" ? { issuer, subject } : null;
}

/** Two machines' clocks are seldom the same. */
const CLOCKS_MAY_DIFFER_MS = 5 * 60_000;

/**
 * When somebody last proved to the provider who they are: `auth_time`, in seconds. A moment that is just ahead of us is now.
 * @returns null where the ID token does not say, or says what cannot be
 */
export function readAuthTime(idToken: Claims, now: Date): Date | null {
  const seconds = idToken["auth_time"];
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || seconds < 0) return null;
  const at = seconds * 1000;
  if (at > now.getTime() + CLOCKS_MAY_DIFFER_MS) return null;
  return new Date(Math.min(at, now.getTime()));
}

/** Whether somebody signed in as strongly as it is asked for: one of the values is enough, and none asks for nothing. */
export function isStrongEnough(idToken: Claims, required: readonly RequiredValue[]): boolean {
  const values = (claim: unknown) => (Array.isArray(claim) ? (claim as unknown[]) : [claim]);
  return required.length === 0 || required.some(({ claim, value }) => values(idToken[claim]).includes(value));
}

/** E-mail addresses: the one form in which they are kept and compared, and what is none. */
const MOST_EMAIL = 254; // RFC 5321, section 4.5.3.1.3, without its angle brackets

/** Letters of any script, and the signs of RFC 5322, section 3.2.3. */
const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
const LABEL = "[\\p{L}\\p{M}\\p{N}_-]+";
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})*$`, "u");

/**
 * The form in which an address is kept, and in which any other is compared with it by `=`. Blanks around it are no part of
 * it; capital letters are made small. Two different addresses never have the same form: it takes nothing out, and does not
 * replace letters by those that look like them.
 */
export const normaliseEmail = (text: string): string => smallLetters(text.trim());

/**
 * What is wrong with an address, as a sentence that says what to do; null where nothing is. One rule for the pages, lists,
 * SCIM, the identity provider and the commands.
 */
export function emailProblem(text: string): string | null {
  const email = text.trim();
  const prefix = prefixOf(email);
  if (prefix !== null) return `It begins with “${prefix}”. Take that out.`;
  const problem = textProblem(email);
  if (problem !== null) return problem;
  if (/[\u200c\u200d]/.test(email)) return "It contains a character that cannot be seen. Type it again.";
  if (email.normalize("NFKC") !== email)
    return `${quoted(email)} contains a letter that only looks like another. Type it again.`;
  return email.length <= MOST_EMAIL && ADDRESS.test(email) ? null : `${quoted(email)} is not an e-mail address.`;
}
