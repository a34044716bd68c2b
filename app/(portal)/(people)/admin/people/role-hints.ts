import type { Role } from "#domain/access/permission/role.ts";

/** What each role is for, in a line. */
export const ROLE_HINTS: Readonly<Record<Role, string>> = {
  employee: "Uses the portal.",
  "line-manager": "Decides on exceptions of their people, and sees who has acknowledged.",
  "governance-officer": "Decides on exceptions and groups, handles accidents, places holds, reads the evidence.",
  "policy-owner": "Answers questions about policies, and keeps an eye on their reviews.",
  auditor: "Reads registers and evidence, and changes nothing.",
  "senior-information-risk-owner": "Decides where the risk that is left is high.",
  administrator: "Keeps this directory, tokens for programs, timed work and mail.",
};
