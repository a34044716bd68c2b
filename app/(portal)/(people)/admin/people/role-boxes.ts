import { boxes, text } from "#app/_portal/form/field.tsx";
import { ROLE_NAMES, type Role } from "#domain/access/permission/role.ts";

const option = (role: Role, hint: string) => ({ label: ROLE_NAMES[role], hint });

/** The roles that somebody can have besides employee. */
export const roleBoxes = boxes(
  "Roles",
  {
    "line-manager": option("line-manager", "Decides on exceptions of their people, and sees who has acknowledged."),
    "governance-officer": option(
      "governance-officer",
      "Decides on exceptions and groups, handles accidents, places holds, reads the evidence.",
    ),
    "policy-owner": option("policy-owner", "Answers questions about policies, and keeps an eye on their reviews."),
    auditor: option("auditor", "Reads registers and evidence, and changes nothing."),
    "senior-information-risk-owner": option(
      "senior-information-risk-owner",
      "Decides where the remaining risk is high.",
    ),
    administrator: option("administrator", "Keeps this directory, tokens for programs, timed work and mail."),
  } satisfies Record<Exclude<Role, "employee">, unknown>,
  "Everybody is an employee. Choose what else they are.",
);

/** Who gets the roles that somebody who goes is the last to have. */
export const successor = text("Who takes over?", {
  hint: "Name or work e-mail address. Only needed if nobody else has their role and something is open for it.",
  width: "half",
});
