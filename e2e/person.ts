/** Who signs in, in the words of the sign-in page. */
export interface Person {
  role:
    | "Employee"
    | "Line manager"
    | "Governance officer"
    | "Policy owner"
    | "Auditor"
    | "Senior information risk owner"
    | "Administrator"
    | "Leaver";
  body: string;
  /** One of several with that role in that body; by default the first. */
  name?: string;
}

type InBody = { body: string };

export function employeeOf({ body }: InBody): Person {
  return { role: "Employee", body };
}

/** Somebody to whom no test grants an exception: their answers are those of the policy. */
export function withoutException({ body }: InBody): Person {
  return { role: "Auditor", body };
}

export function inRole(role: Person["role"], { body }: InBody): Person {
  return { role, body };
}
