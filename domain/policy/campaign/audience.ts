/** Whom a campaign, or a policy that is for a part of its body, asks for an answer. */
import { PERSON_KIND_NAMES, PERSON_KINDS, type Placement } from "#domain/access/identity/person.ts";
import { ROLE_NAMES, ROLES } from "#domain/access/permission/permission.ts";

export const AUDIENCE_KINDS = ["body", "employer", "team", "role", "kind", "person"] as const;
export type AudienceKind = (typeof AUDIENCE_KINDS)[number];

/**
 * One part of an audience; together they ask everybody who is in any of them. The value is the name of the employer,
 * the role or the kind, or the id of the team or the person; "" for the whole body.
 */
export interface AudiencePart {
  kind: AudienceKind;
  value: string;
}

/**
 * Since when somebody is in an audience: the earliest of the parts that they are in now.
 * @returns a day, YYYY-MM-DD; "" for since they joined; null for not at all
 */
export function inAudienceSince(parts: readonly AudiencePart[], member: Placement): string | null {
  const [first = null] = parts.flatMap((part) => inPartSince(part, member) ?? []).sort();
  return first;
}

function inPartSince({ kind, value }: AudiencePart, member: Placement): string | null {
  switch (kind) {
    case "body":
      return "";
    case "employer":
      return member.employer === value ? (member.employerSince ?? "") : null;
    case "team":
      return member.teamId === value ? (member.teamSince ?? "") : null;
    case "role": {
      const role = member.roles.find((one) => one === value);
      return role ? (member.rolesSince[role] ?? "") : null;
    }
    case "kind":
      return member.kind === value ? (member.kindSince ?? "") : null;
    case "person":
      return member.id === value ? "" : null;
  }
}

/** A part in words. @param named names of teams and people by id */
export function audienceInWords({ kind, value }: AudiencePart, named: ReadonlyMap<string, string>): string {
  switch (kind) {
    case "body":
      return "Everybody";
    case "employer":
      return `Everybody with ${value}`;
    case "team":
      return `Team ${named.get(value) ?? "that no longer exists"}`;
    case "role":
      return `Role: ${ROLE_NAMES[ROLES.find((one) => one === value) ?? "employee"]}`;
    case "kind":
      return `Kind: ${PERSON_KIND_NAMES[PERSON_KINDS.find((one) => one === value) ?? "employee"]}`;
    case "person":
      return named.get(value) ?? "Somebody who no longer exists";
  }
}
