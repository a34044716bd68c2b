/**
 * Facts are content: what a situation is made of, with answers, their strictness and their wording (docs/glossary.md,
 * "Fact").
 */
import { z } from "zod";

// Start with a letter: JavaScript would reorder keys that consist of digits alone.
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const NAME_RULE = "begin with a small letter; use small letters, digits and hyphens";
/** Names that addresses use for other things, and those that every object has. */
const RESERVED = [
  "policy",
  "version",
  "verdict",
  "ask",
  "asked",
  "change",
  "clause",
  "from",
  "kept",
  "kind",
  "on",
  "constructor",
  "rows",
  "columns",
  "was",
  "since",
  "photo",
  "group",
];
/** In an address of the matrix: every answer counts. */
const ANY_ANSWER = "any";

const answerSchema = z
  .union([
    z.string().min(1),
    z.strictObject({
      label: z.string().min(1),
      hint: z.string().min(1).nullable().optional(),
      when: z.string().min(1).nullable().optional(),
      as: z.string().optional(),
    }),
  ])
  .transform((answer) => {
    const given = typeof answer === "string" ? { label: answer } : answer;
    return {
      label: given.label,
      hint: ("hint" in given && given.hint) || null,
      /** A clause that reads well after "if": "it is not sensitive". */
      when: ("when" in given && given.when) || null,
      /** The answer this one is treated as, when strictness is compared. */
      as: ("as" in given && given.as) || null,
    };
  });

const factSchema = z
  .strictObject({
    ask: z.string().min(1),
    short: z.string().min(1).optional(),
    help: z.string().min(1).nullable().optional(),
    ordered: z.boolean().default(false),
    after: z.array(z.string().min(1)).min(1).optional(),
    answers: z.record(
      z
        .string()
        .regex(NAME, NAME_RULE)
        .refine(
          (name) => name !== ANY_ANSWER,
          `"${ANY_ANSWER}" stands for every answer in addresses; choose another name`,
        ),
      answerSchema,
    ),
  })
  .superRefine((fact, context) => {
    if (Object.keys(fact.answers).length < 2)
      context.addIssue({ code: "custom", path: ["answers"], message: "give at least two answers" });
    for (const [answer, { as }] of Object.entries(fact.answers))
      if (as !== null && !Object.hasOwn(fact.answers, as))
        context.addIssue({ code: "custom", path: ["answers", answer, "as"], message: `there is no answer "${as}"` });
    const circle = circleIn(fact.answers);
    if (circle)
      context.addIssue({
        code: "custom",
        path: ["answers", circle[0], "as"],
        message: `${[...circle, circle[0]].join(" as ")} goes in a circle. Take one "as" out: the strictest answer needs none.`,
      });
  })
  .transform((fact) => ({
    ask: fact.ask,
    short: fact.short ?? fact.ask,
    help: fact.help ?? null,
    /** True if the answers are in order, strictest first. */
    ordered: fact.ordered,
    /** Facts that are asked before it, as long as they can change the outcome. */
    ...(fact.after && { after: fact.after }),
    answers: fact.answers,
  }));

/** Answers that are treated as each other, in a circle; null if there are none. */
function circleIn(answers: Readonly<Record<string, { as: string | null }>>): [string, ...string[]] | null {
  for (const first of Object.keys(answers)) {
    const way: [string, ...string[]] = [first];
    for (let next = answers[first]?.as; next && Object.hasOwn(answers, next); next = answers[next]?.as) {
      if (next === first) return way;
      if (way.includes(next)) break;
      way.push(next);
    }
  }
  return null;
}

export const factSetSchema = z.record(
  z
    .string()
    .regex(NAME, NAME_RULE)
    .refine((name) => !RESERVED.includes(name), "this name is taken by the portal's addresses; choose another"),
  factSchema,
);

export type Fact = z.infer<typeof factSchema>;
/** Facts by name, answers in the order in which they are offered. */
export type FactSet = Readonly<Record<string, Fact>>;

/**
 * The facts of a version, with the order of asking that the shared ones have: it changes no answer, so it holds for
 * versions that were published without it.
 */
export const inSharedOrder = (own: FactSet, shared: FactSet): FactSet =>
  Object.fromEntries(
    Object.entries(own).map(([name, fact]) => {
      const after = fact.after ?? (Object.hasOwn(shared, name) ? shared[name]?.after : undefined);
      return [name, after ? { ...fact, after } : fact];
    }),
  );

/** Facts that are asked after one that does not exist; one sentence each. */
export const orderProblems = (facts: FactSet): string[] =>
  Object.entries(facts).flatMap(([name, { after = [] }]) =>
    after
      .filter((other) => other === name || !Object.hasOwn(facts, other))
      .map((other) => `${name}.after: there is no other question "${other}".`),
  );

/** The name of a fact or an answer as a person would write it, for messages: `content (sensitive, unsure)`. */
export const describeFact = (fact: Fact): string => Object.keys(fact.answers).join(", ");
