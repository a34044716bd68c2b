/** The wizard's question about the chat, answered from the group register (S5.7). */
import type { Answers } from "#domain/policy/decision/fault.ts";
import type { References } from "#domain/policy/decision/wizard.ts";
import { parseReference } from "#domain/base/reference/reference.ts";

/** Under which name an address carries the group. */
export const GROUP_PARAMETER = "group";

/** What the register knows for the question about the chat. */
export interface ChatRegister {
  fact: string;
  /** The answer that only an approved group gives. */
  answer: string;
  /** Whether it answers: the body has an approved group at all. Until then everybody answers for themselves. */
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
  /** The group that the answer is about; null for another chat, and where the register does not answer. */
  group: NamedGroup | null;
  /**
   * Why an answer of the address was left out: it names a group that the actor is not in, or that is not approved; or it
   * says "an approved group" and not which.
   */
  leftOut: "not-yours" | "unnamed" | null;
}

/**
 * Reads which chat somebody means: an approved group of theirs by its reference, or another chat. Where the register
 * answers, "an approved group" without its name is no answer.
 * @param register null where there is none for it: another body's policy, one that does not ask
 * @param answers as the address gives them
 * @param named what the address gives for the group, and for the question itself: a form of the wizard sends the reference there
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

/** The group, as the address carries it on. */
export function groupReference(group: NamedGroup | null): References {
  return group ? { [GROUP_PARAMETER]: [group.reference] } : {};
}
