/** Signatures before publishing: who has to sign a version, where the body asks for it (docs/glossary.md, "Proposal"). */
import { z } from "zod";
import { type Role, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { type FieldProblem, textProblems } from "#domain/base/form/form-values.ts";
import { UP_THE_LINE } from "#domain/people/deputy/stand-in.ts";

/** Who can be asked to sign. */
export const SIGNING_ROLES = ["policy-owner", "governance-officer", "senior-information-risk-owner"] as const;
export type SigningRole = (typeof SIGNING_ROLES)[number];

const MOST_SIGNATURES = 5;

/** What a body's file says under `publishing`: somebody with each of these roles signs, and so many people altogether. */
export const publishingSchema = z
  .strictObject({
    signedBy: z
      .array(z.enum(SIGNING_ROLES))
      .min(1)
      .refine((roles) => new Set(roles).size === roles.length, "name each role once")
      .default(["governance-officer"]),
    signatures: z.int().min(1).max(MOST_SIGNATURES).optional(),
  })
  .refine(({ signedBy, signatures = 0 }) => signatures < 1 || signatures >= signedBy.length, {
    path: ["signatures"],
    message: "write at least as many as signedBy names roles",
  })
  .transform(({ signedBy, signatures = signedBy.length }) => ({ signedBy, signatures }));
export type SigningRules = z.infer<typeof publishingSchema>;

export interface GivenSignature {
  personId: string;
  /** For which of the roles they signed. */
  roles: readonly string[];
}

/** Roles that nobody has signed for yet, and how many more people have to sign. Nothing is missing where no people are. */
export function missingSignatures({ signedBy, signatures }: SigningRules, given: readonly GivenSignature[]) {
  const roles = signedBy.filter((role) => !given.some((one) => one.roles.includes(role)));
  return { roles, people: Math.max(signatures - given.length, roles.length > 0 ? 1 : 0) };
}

/**
 * Who can give the signatures that are missing, by id, and for which roles: those who act in them, or else the nearest
 * up the line. Never an author, and nobody twice.
 * @param people those of the body who are there, with the roles in which they act
 * @returns `isEnough`: false where these cannot complete it, so that somebody else has to be given a role
 */
export function whoSigns(
  rules: SigningRules,
  people: readonly { personId: string; roles: readonly Role[] }[],
  { authors, given }: { authors: readonly string[]; given: readonly GivenSignature[] },
): { signers: ReadonlyMap<string, SigningRole[]>; isEnough: boolean } {
  const missing = missingSignatures(rules, given);
  const isOut = (id: string) => authors.includes(id) || given.some(({ personId }) => personId === id);
  const free = people.filter(({ personId }) => !isOut(personId));
  const signers = new Map<string, SigningRole[]>();
  const add = (role: SigningRole, acting: Role) => {
    for (const { personId, roles } of free) {
      const known = signers.get(personId) ?? [];
      if (roles.includes(acting) && !known.includes(role)) signers.set(personId, [...known, role]);
    }
  };
  const isCovered = (role: SigningRole) => [...signers.values()].some((roles) => roles.includes(role));
  const isAnybodys = missing.people > missing.roles.length;
  const wanted = missing.people === 0 ? [] : isAnybodys ? rules.signedBy : missing.roles;
  for (const role of wanted) for (const acting of [role, ...UP_THE_LINE[role]]) if (!isCovered(role)) add(role, acting);
  for (const role of wanted)
    for (const acting of UP_THE_LINE[role]) if (signers.size < missing.people) add(role, acting);
  return { signers, isEnough: signers.size >= missing.people && missing.roles.every(isCovered) };
}

/** "a governance officer and a senior information risk owner, 3 people altogether". */
export function signingInWords({ signedBy, signatures }: SigningRules): string {
  const roles = signedBy.map((role) => `a ${ROLE_NAMES[role].toLowerCase()}`).join(" and ");
  return signatures > signedBy.length ? `${roles}, ${signatures} people altogether` : roles;
}

export const PROPOSAL_STATE_WORDS = {
  waiting: "Waits",
  returned: "Sent back",
  withdrawn: "Withdrawn",
  voided: "No longer valid",
  published: "Published",
} as const;

/** Longest note and reason, in characters. */
export const LONGEST_NOTE = 2000;

const MISSING = { note: "Say what the version changes, and why.", reason: "Say what has to change." } as const;

/** What has to be corrected in what the author or an approver wrote. */
export const proposalProblems = (field: keyof typeof MISSING, text: string): FieldProblem[] =>
  textProblems(field, text, MISSING[field], LONGEST_NOTE);
