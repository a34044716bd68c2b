/** The roles of a person in a body (docs/design.md, "People and permissions"). */
import { z } from "zod";

export const ROLES = [
  "employee",
  "line-manager",
  "governance-officer",
  "policy-owner",
  "auditor",
  "senior-information-risk-owner",
  "administrator",
] as const;

export type Role = (typeof ROLES)[number];

/** Roles as they are stored; fails on a name that is not in the list, rather than dropping it. */
export const rolesSchema = z.array(z.enum(ROLES));

export const ROLE_NAMES = {
  employee: "Employee",
  "line-manager": "Line manager",
  "governance-officer": "Governance officer",
  "policy-owner": "Policy owner",
  auditor: "Auditor",
  "senior-information-risk-owner": "Senior information risk owner",
  administrator: "Administrator",
} as const satisfies Record<Role, string>;
