import { z } from "zod";
import type { Actor } from "#domain/access/permission/permission.ts";
import {
  type ApiAnswer,
  type Evaluation,
  evaluationSchema,
  found,
  obligationResourceSchema,
  reasonSchema,
  refuse,
  situationSchema,
} from "#domain/answers/api/evaluation-schema.ts";
import {
  factNameSchema,
  hashSchema,
  questionSchema,
  slugSchema,
  versionNumberSchema,
} from "#domain/answers/api/policy-schema.ts";
import { calendarDay, isDay } from "#domain/base/calendar/calendar.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { evaluateSituations } from "#server/answers/api/queries.ts";
import { clock } from "#server/base/clock.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { versionInput } from "./policy-tools.ts";
import { defineTool, ofPolicy, pageAddress } from "./tool.ts";

const situationInput = z.strictObject({
  ...versionInput,
  facts: situationSchema.shape.facts,
  on: z
    .string()
    .refine(isDay, "Give a day that exists, such as 2027-03-31.")
    .optional()
    .meta({ description: "The day to decide for, YYYY-MM-DD; leave it out for today." }),
});
type Situation = z.infer<typeof situationInput>;
type Question = z.infer<typeof questionSchema>;

const noteSchema = z.string().meta({ description: "What to tell the person with it." });
const NOTE =
  "The page is the answer; this is a copy of it for the situation as it was told. Open the page before you act.";
const OPEN_NOTE = "This is no verdict yet. Ask the person this question in its own words, and guess nothing.";

/** What the policy says of one situation, as /api/v1 does, and the page that says it to people. */
async function ask(actor: Actor, situation: Situation): Promise<ApiAnswer<{ evaluation: Evaluation; page: string }>> {
  const { policy: slug, version, on, facts } = situation;
  const answer = await evaluateSituations(actor, { slug, version, on }, { facts });
  if (!answer.ok) return ofPolicy(actor, situation, answer);
  const evaluation = answer.resource;
  if ("results" in evaluation) throw new Error("One situation has several results.");
  const current = version === undefined ? version : (await getPolicy(actor, slug, on))?.version.version;
  if (version !== current) return found({ evaluation, page: pageAddress.of(`/policies/${slug}/versions/${version}`) });
  const day = on === undefined || on === calendarDay(clock.now()) ? "" : `&on=${on}`;
  return found({ evaluation, page: pageAddress.of(`/check?${writeQuery(slug, facts)}${day}`) });
}

function questionInWords({ ask: words, help, fact, answers }: Question): string {
  const each = answers.map(({ answer, label, hint }) => `- ${answer}: ${label}${hint === null ? "" : `. ${hint}`}`);
  return [`Next question (${fact}): ${words}`, help, ...each].filter((line) => line !== null).join("\n");
}

function evaluationInWords(evaluation: Evaluation): string {
  if (!evaluation.settled) {
    const [next] = evaluation.needs;
    return next ? `There is no verdict yet.\n${questionInWords(next)}` : "There is no verdict yet.";
  }
  const { policy, version, hash, verdict, says, unless, reasons, obligations, instead, contacts } = evaluation;
  const list = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`${title}:`, ...lines]);
  return [
    `Verdict: ${verdict}${unless === null ? "" : `, ${unless}`}.`,
    ...(says === null ? [] : [says]),
    ...list(
      "Because",
      reasons.map(({ clause, text }) => `- ${clause}: ${text}`),
    ),
    ...list(
      "What must then be done",
      obligations.map(({ clause, text }) => `- ${text} (clause ${clause})`),
    ),
    ...list(
      "What to do instead",
      instead.map((text) => `- ${text}`),
    ),
    ...list(
      "Whom to ask",
      contacts.map(({ name, address }) => `- ${name}${address === null ? "" : `, ${address}`}`),
    ),
    `By ${policy}, version ${version}, content hash ${hash}.`,
  ].join("\n");
}

const questionTool = defineTool({
  name: "next_question",
  title: "Next question",
  description:
    "Says which question to ask the person next, with its answers, given the facts that are known. Call it until nothing is open, then call evaluate. Start with an empty object of facts.",
  needs: "evaluate",
  input: situationInput,
  output: z.strictObject({
    policy: slugSchema,
    version: versionNumberSchema,
    hash: hashSchema,
    settled: z.boolean().meta({ description: "True where nothing is open: call evaluate." }),
    question: questionSchema.nullable(),
    open: z.array(factNameSchema).meta({ description: "Every fact that can still change the result." }),
    page: pageAddress.schema,
    note: noteSchema,
  }),
  async run(actor, situation) {
    const answer = await ask(actor, situation);
    if (!answer.ok) return answer;
    const { evaluation, page } = answer.resource;
    const { policy, version, hash, settled } = evaluation;
    const needs = evaluation.settled ? [] : evaluation.needs;
    const note = settled ? "Nothing is open: call evaluate with the same facts." : OPEN_NOTE;
    const open = needs.map(({ fact }) => fact);
    return found({ policy, version, hash, settled, question: needs[0] ?? null, open, page, note });
  },
  words: ({ question, note }) => (question === null ? note : `${questionInWords(question)}\n${note}`),
});

const evaluateTool = defineTool({
  name: "evaluate",
  title: "Evaluate a situation",
  description:
    "Says what the policy says of a situation: the verdict, the clauses behind it, what must then be done, what to do instead, and the page. With facts missing it gives the next question and no verdict. Facts that do not exist are refused by name.",
  needs: "evaluate",
  input: situationInput,
  output: z.strictObject({ evaluation: evaluationSchema, page: pageAddress.schema, note: noteSchema }),
  async run(actor, situation) {
    const answer = await ask(actor, situation);
    if (!answer.ok) return answer;
    return found({ ...answer.resource, note: answer.resource.evaluation.settled ? NOTE : OPEN_NOTE });
  },
  words: ({ evaluation, page, note }) => `${evaluationInWords(evaluation)}\n${page}\n${note}`,
});

const sideSchema = z.strictObject({
  reasons: z.array(reasonSchema),
  obligations: z.array(obligationResourceSchema),
});

/** What stands behind one verdict and not behind another, by its words: numbers of clauses differ between policies. */
function onlyIn(one: Evaluation, other: Evaluation): z.infer<typeof sideSchema> {
  if (!one.settled) return { reasons: [], obligations: [] };
  const without = <Item extends { text: string }>(items: readonly Item[], others: readonly Item[]) =>
    items.filter(({ text }) => others.every((item) => item.text !== text));
  return {
    reasons: without(one.reasons, other.settled ? other.reasons : []),
    obligations: without(one.obligations, other.settled ? other.obligations : []),
  };
}

function differenceInWords(first: Evaluation, second: Evaluation): string {
  if (!first.settled || !second.settled) return "They cannot be compared yet: something has to be known first.";
  const [one, other] = [first, second].map(({ policy, version }) => `${policy} ${version}`);
  if (first.verdict !== second.verdict)
    return `First: ${first.verdict} (${one}). Second: ${second.verdict} (${other}).`;
  return `Both: ${first.verdict} (${one}${one === other ? "" : ` and ${other}`}).`;
}

const differenceTool = defineTool({
  name: "explain_difference",
  title: "Explain a difference",
  description:
    "Compares two situations, or one situation under two versions or two policies: both answers, the facts that differ, and the clauses and duties that only one of them rests on. Guess nothing: give only facts that are known.",
  needs: "evaluate",
  input: z.strictObject({ first: situationInput, second: situationInput }),
  output: z.strictObject({
    difference: z.string().meta({ description: "The two verdicts in a sentence." }),
    facts: z
      .array(z.strictObject({ fact: factNameSchema, first: z.string().nullable(), second: z.string().nullable() }))
      .meta({ description: "Facts whose answers differ; null where one was not given." }),
    first: evaluationSchema,
    second: evaluationSchema,
    onlyFirst: sideSchema,
    onlySecond: sideSchema,
    pages: z.array(z.string()).meta({ description: "The page of each." }),
    note: noteSchema,
  }),
  async run(actor, asked) {
    const answers = await Promise.all([ask(actor, asked.first), ask(actor, asked.second)]);
    const [one, other] = answers;
    if (!one.ok || !other.ok) return refuse(refusalsOf(answers));
    const [first, second] = [one.resource.evaluation, other.resource.evaluation];
    const names = [...new Set([...Object.keys(asked.first.facts), ...Object.keys(asked.second.facts)])];
    const [mine, theirs] = [asked.first.facts, asked.second.facts];
    return found({
      difference: differenceInWords(first, second),
      facts: names
        .filter((fact) => mine[fact] !== theirs[fact])
        .map((fact) => ({ fact, first: mine[fact] ?? null, second: theirs[fact] ?? null })),
      first,
      second,
      onlyFirst: onlyIn(first, second),
      onlySecond: onlyIn(second, first),
      pages: [one.resource.page, other.resource.page],
      note: first.settled && second.settled ? NOTE : OPEN_NOTE,
    });
  },
  words: ({ difference, facts, first, second, pages, note }) =>
    [
      difference,
      ...facts.map((one) => `${one.fact}: ${one.first ?? "not given"} / ${one.second ?? "not given"}`),
      `First: ${evaluationInWords(first)}\n${pages[0]}`,
      `Second: ${evaluationInWords(second)}\n${pages[1]}`,
      note,
    ].join("\n\n"),
});

/** Why the two of a comparison were refused, each with its place in what was sent. */
function refusalsOf(answers: readonly ApiAnswer<unknown>[]) {
  return answers.flatMap((answer, at) => {
    if (answer.ok) return [];
    const side = at === 0 ? "/first" : "/second";
    const { errors = [], detail = "There is no answer." } = answer;
    if (errors.length === 0) return [{ detail, pointer: side }];
    return errors.map((error) => ({ detail: error.detail, pointer: `${side}${error.pointer ?? ""}` }));
  });
}

export const EVALUATION_TOOLS = [questionTool, evaluateTool, differenceTool];
