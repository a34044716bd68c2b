import type { Refill } from "#app/_portal/form-values.ts";
import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { ROLE_NAMES, ROLES, type Role } from "#domain/access/permission/role.ts";
import { ROLE_HINTS } from "./role-hints.ts";

type RoleBoxesProps = { refill: Refill; stored: readonly Role[] };

/** The roles that somebody can have beside being an employee, as check boxes. */
export function RoleBoxes({ refill, stored }: RoleBoxesProps) {
  return (
    <CheckboxQuestion
      name="roles"
      heading={false}
      question="Roles"
      help="Everybody is an employee. Choose what else they are."
      error={refill.errorOf("roles")}
      options={ROLES.filter((role) => role !== "employee").map((role) => ({
        value: role,
        label: ROLE_NAMES[role],
        hint: ROLE_HINTS[role],
        checked: refill.isChosen("roles", role, stored.includes(role)),
      }))}
    />
  );
}
