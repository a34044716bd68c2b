/** The wizard's question about the chat, answered from the group register (S5.7). */
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { parseReference } from "#domain/base/reference/reference.ts";

/** The parameter for the group in an address. */
export const GROUP_PARAMETER = "group";

/** The register's answer to the question about the chat. */
export interface ChatRegister {
  fact: string;
  /** The answer that needs an approved group. */
  answer: string;
  /**
   * Whether the register is in use: the body has an approved group. Until then people answer the question themselves.
   */
  isInUse: boolean;
  /** The approved groups that the actor is in. */
  groups: readonly NamedGroup[];
}

export interface NamedGroup {
  reference: string;
  name: string;
}

export interface ChatReading {
  answers: Answers;
  /** The group that the answer is about; null for another chat, or if the register is not in use. */
  group: NamedGroup | null;
  /**
   * Why an answer in the address was left out: it names a group that the actor is not in or that is not approved, or
   * says "an approved group" without naming it.
   */
  leftOut: "not-yours" | "unnamed" | null;
}

/**
 * Reads which chat is meant: one of the actor's approved groups by its reference, or another chat. If the register is
 * in use, "an approved group" without a name is not an answer.
 * @param register null if it does not apply: another body's policy, or one that does not ask
 * @param answers as given in the address
 * @param named the parameter for the group, and that of the question itself, where a form of the wizard puts the
 * reference
 */
export function readChat(
  register: ChatRegister | null,
  answers: Answers,
  named: readonly (string | readonly string[] | undefined)[],
): ChatReading {
  if (!register) return { answers, group: null, leftOut: null };
  const { fact, answer, groups, isInUse } = register;
  const given = answers[fact];
  if (given !== undefined && given !== answer) return { answers, group: null, leftOut: null };
  const matching = named
    .flat()
    .flatMap((text) => (text === undefined ? [] : (parseReference("GRP", text) ?? [])))
    .at(-1);
  const group = groups.find(({ reference }) => reference === matching);
  if (group) return { answers: { ...answers, [fact]: answer }, group, leftOut: null };
  if (matching === undefined && (given === undefined || !isInUse)) return { answers, group: null, leftOut: null };
  const rest = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== fact));
  return { answers: rest, group: null, leftOut: matching === undefined ? "unnamed" : "not-yours" };
}

/** The group, as a parameter for the next address. */
export const groupReference = (group: NamedGroup | null) => (group ? { [GROUP_PARAMETER]: [group.reference] } : {});
