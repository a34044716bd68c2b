/** Answers of which the portal knows more than their words: they are content, see content/known-answers.yaml. */
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
      /** What such a message is besides: fact → answer. */
      with: z.record(z.string(), z.string()).default({}),
      /** Facts that stay as they were answered for the message that it stands in for. */
      keep: z.array(z.string()).default([]),
      /** To copy. */
      texts: z.array(sentence).min(1),
      warning: sentence,
    })
    .nullable()
    .default(null),
  /** Answered from the group register: only an approved group that somebody is in gives it. */
  group: z
    .strictObject({
      ...answer,
      /** With which kind a group is registered that somebody asks for from a result. */
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

/** For content without the file. */
export const NO_KNOWN_ANSWERS: KnownAnswers = { continuity: null, photoConsent: null, signpost: null, group: null };

/** What the shared questions do not have of what these name; a sentence each. */
export function knownAnswerProblems(
  { continuity, photoConsent, signpost, group }: KnownAnswers,
  questions: FactSet,
): string[] {
  const answers = [
    ...(continuity ? [continuity] : []),
    ...(photoConsent ? [photoConsent] : []),
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
