import { RELATION_WORDS, type Relation } from "#domain/access/permission/relation.ts";
import type { Role } from "#domain/access/permission/role.ts";
import type { PermissionLine } from "#server/access/permission/queries.ts";

/** On which things somebody may do something, for a cell. */
export function inWords(on: readonly Relation[]): string {
  return on.length === 0 ? "No" : on.map((relation) => RELATION_WORDS[relation]).join("; ");
}

/** The cells of a line, for a table and for a file. */
export function wordsByRole({ on }: PermissionLine): Record<Role, string> {
  return {
    employee: inWords(on.employee),
    "line-manager": inWords(on["line-manager"]),
    "governance-officer": inWords(on["governance-officer"]),
    "policy-owner": inWords(on["policy-owner"]),
    auditor: inWords(on.auditor),
    "senior-information-risk-owner": inWords(on["senior-information-risk-owner"]),
    administrator: inWords(on.administrator),
  };
}
