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
  /** One of several with that role in that body; the first unless named. */
  name?: string;
}

export function employeeOf({ body }: { body: string }): Person {
  return { role: "Employee", body };
}
