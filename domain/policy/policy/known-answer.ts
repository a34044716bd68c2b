/** Answers about which the portal knows more than their wording: they are content, see content/known-answers.yaml. */
import { z } from "zod";
import type { FactSet } from "#domain/policy/decision/fact.ts";

const sentence = z.string().trim().min(1);
const answer = { fact: z.string().min(1), answer: z.string().min(1) };

export const knownAnswersSchema = z.strictObject({
  /** Offered only while a business continuity activity is declared. */
  continuity: z.strictObject(answer).nullable().default(null),
  /** Everybody in the photo has agreed: the wizard offers the photo consents that a person recorded. */
  photoConsent: z.strictObject(answer).nullable().default(null),
  /** A message that only points to something sent another way. */
  signpost: z
    .strictObject({
      ...answer,
      /** Other answers that apply to such a message: fact → answer. */
      with: z.record(z.string(), z.string()).default({}),
      /** Facts whose answers carry over from the message that it replaces. */
      keep: z.array(z.string()).default([]),
      texts: z.array(sentence).min(1),
      warning: sentence,
    })
    .nullable()
    .default(null),
  /** A channel that the body approved: the check names those of today with it. */
  channel: z.strictObject(answer).nullable().default(null),
  /** Answered from the group register: only somebody in an approved group can give it. */
  group: z
    .strictObject({
      ...answer,
      /** The kind of group to register, for somebody who requests one from a result. */
      kinds: z
        .array(z.strictObject({ ...answer, kind: z.enum(["team", "partner", "emergency", "social"]) }))
        .default([]),
    })
    .nullable()
    .default(null),
});

export type KnownAnswers = z.infer<typeof knownAnswersSchema>;
export type KnownAnswer = { readonly fact: string; readonly answer: string };
export type Signpost = NonNullable<KnownAnswers["signpost"]>;

/** For content without this file. */
export const NO_KNOWN_ANSWERS = knownAnswersSchema.parse({});

/** What these name and the shared questions lack; one sentence each. */
export function knownAnswerProblems(
  { continuity, photoConsent, signpost, channel, group }: KnownAnswers,
  questions: FactSet,
): string[] {
  const answers = [
    ...(continuity ? [continuity] : []),
    ...(photoConsent ? [photoConsent] : []),
    ...(channel ? [channel] : []),
    ...(group ? [group, ...group.kinds] : []),
    ...(signpost ? [signpost, ...Object.entries(signpost.with).map(([fact, answer]) => ({ fact, answer }))] : []),
  ];
  const facts = [...answers.map(({ fact }) => fact), ...(signpost?.keep ?? [])];
  const unknown = [...new Set(facts)].filter((fact) => !Object.hasOwn(questions, fact));
  return [
    ...unknown.map((fact) => `There is no question "${fact}" in questions.yaml.`),
    ...answers.flatMap(({ fact, answer }) => {
      const question = Object.hasOwn(questions, fact) ? questions[fact] : undefined;
      return question && !Object.hasOwn(question.answers, answer)
        ? [`The question "${fact}" has no answer "${answer}".`]
        : [];
    }),
  ];
}
