/**
 * What a request for an exception contains, and when each part is complete (S3.11: strong justification, a risk
 * assessment).
 */
import { z } from "zod";
import { addMonths, dateInWords, endOfDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { keysOf } from "#domain/base/list/page.ts";
import {
  MITIGATION_OWNERS,
  SCORES,
  type MitigationOwner,
  type RiskScores,
  type Score,
} from "#domain/base/risk/risk.ts";
import { SCOPES, type ExceptionRules, type Scope } from "./exception-rules.ts";
import { type FieldProblem, lengthOf, textProblems } from "#domain/base/form/form-values.ts";

/** Longest text of one field, in characters as people count them. */
export const LONGEST_REQUEST_TEXT = 4000;
export const LONGEST_REQUEST_LINE = 300;
/** Nobody can judge a risk that begins further ahead. */
const LATEST_START_MONTHS = 12;
export const MOST_RISKS = 20;
export const MOST_MITIGATIONS = 8;

const scoreSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

export const mitigationSchema = z.object({
  text: z.string(),
  owner: z.enum(["requester", "line-manager", "governance-officer", "policy-owner"]),
  /** For a mitigation that is a task: its due day, YYYY-MM-DD. */
  dueOn: z.string().nullable(),
});

/** A risk and what is done about it. What else a row has is left out on reading. */
export const riskSchema = z.object({
  /** Id of the policy's risk clause, or null if described in the requester's own words. */
  clause: z.string().nullable(),
  description: z.string(),
  likelihoodBefore: scoreSchema,
  impactBefore: scoreSchema,
  likelihoodAfter: scoreSchema,
  impactAfter: scoreSchema,
  mitigations: z.array(mitigationSchema),
});

const contentSchema = z.object({
  clauses: z.array(z.string()),
  situation: z.record(z.string(), z.string()),
  justification: z.string(),
  whyNoChannel: z.string(),
  dataInvolved: z.string(),
  scope: z.enum(SCOPES).nullable(),
  teamId: z.string().nullable(),
  groupId: z.string().nullable().default(null),
  /** Days, YYYY-MM-DD; without a start, it begins with the decision. */
  wantedFrom: z.string().nullable(),
  wantedUntil: z.string().nullable(),
  risks: z.array(riskSchema),
});

/** The request as sent, kept with the step that sent it; versioned, because the form will change. */
export const snapshotSchema = z.object({
  schema: z.literal(1),
  policy: z.string(),
  version: z.string(),
  hash: z.string(),
  content: contentSchema,
});
export type RequestSnapshot = z.infer<typeof snapshotSchema>;
export type Mitigation = Readonly<z.infer<typeof mitigationSchema>>;
export type Risk = Omit<z.infer<typeof riskSchema>, "mitigations"> & { mitigations: readonly Mitigation[] };
/** The parts of a request that the requester fills in. */
export type RequestContent = Omit<RequestSnapshot["content"], "clauses" | "situation" | "risks"> & {
  clauses: readonly string[];
  situation: Answers;
  risks: readonly Risk[];
};

/** What the policy and the directory let a request be. */
export interface RequestLimits {
  /** Calendar day, YYYY-MM-DD. */
  today: string;
  rules: Pick<ExceptionRules, "lifts" | "never" | "longest" | "extend" | "for">;
  /** Those of the owners of mitigations who are there. */
  owners: readonly MitigationOwner[];
}

/** The three parts of the task list. */
export const REQUEST_SECTIONS = ["why", "who", "risks"] as const;
export type RequestSection = (typeof REQUEST_SECTIONS)[number];
export const SECTION_WORDS = {
  why: "What you want to do, and why",
  who: "For whom, and for how long",
  risks: "Risk assessment",
} as const satisfies Record<RequestSection, string>;

/**
 * What is still missing in a part; empty when it is complete. The same rule applies to the task list and to sending.
 */
export function problemsIn(section: RequestSection, content: RequestContent, limits: RequestLimits): FieldProblem[] {
  switch (section) {
    case "why":
      return whyProblems(content, limits.rules);
    case "who":
      return [
        ...scopeProblems(content, limits.rules),
        ...periodProblems(content.wantedFrom, content.wantedUntil, limits),
      ];
    case "risks":
      if (content.risks.length === 0) return [{ field: "risks", message: "Add at least one risk." }];
      return content.risks.flatMap((risk, index) =>
        riskProblems(risk, { ...limits, until: content.wantedUntil }).map(({ message }) => ({
          field: "risks",
          message: `Risk ${index + 1}: ${message}`,
        })),
      );
  }
}

/** What is asked in words about what and why. */
export const WHY_TEXTS = {
  justification: "Say what you want to do, and why.",
  whyNoChannel: "Say why no approved channel will do.",
  dataInvolved: "Say what information is involved.",
} as const;

function whyProblems(content: RequestContent, rules: RequestLimits["rules"]): FieldProblem[] {
  const missing = keysOf(WHY_TEXTS).filter((field) => !content[field].trim());
  return [
    ...content.clauses.flatMap((id) => clauseProblem(id, rules) ?? []),
    ...(content.clauses.length === 0 ? [{ field: "clauses", message: "Choose at least one clause." }] : []),
    ...missing.map((field) => ({ field, message: WHY_TEXTS[field] })),
  ];
}

/** What is wrong with these texts as they are saved. @param isLater true if they may still be missing */
export const whyTextProblems = (given: Pick<RequestContent, keyof typeof WHY_TEXTS>, isLater: boolean) =>
  keysOf(WHY_TEXTS).flatMap((field) =>
    textProblems(field, given[field], isLater ? null : WHY_TEXTS[field], LONGEST_REQUEST_TEXT),
  );

/** Why no exception can lift a clause; null if one can. */
export function whyNotLifted(id: string, { lifts, never }: Pick<ExceptionRules, "lifts" | "never">): string | null {
  if (lifts.includes(id)) return null;
  const because = never[id];
  if (because === undefined) return `Clause ${id} is not one that an exception can lift.`;
  return `No exception can lift clause ${id}: clause ${because} says so.`;
}

/** What is wrong with a clause in a request. */
export function clauseProblem(id: string, rules: Pick<ExceptionRules, "lifts" | "never">): FieldProblem | null {
  const why = whyNotLifted(id, rules);
  return why === null ? null : { field: "clauses", message: `${why} Leave it out.` };
}

/** What is missing about who it is for. */
export function scopeProblems(
  { scope, teamId, groupId }: Pick<RequestContent, "scope" | "teamId" | "groupId">,
  rules: Pick<ExceptionRules, "for">,
): FieldProblem[] {
  const problem = (message: string) => [{ field: "scope", message }];
  if (scope === null) return problem("Say who it is for.");
  if (!rules.for.who.includes(scope))
    return problem(`The policy has no exceptions for ${SCOPE_WORDS[scope]}. Choose who else it is for.`);
  if (scope === "team" && teamId === null) return problem("Choose the team it is for.");
  return scope === "group" && groupId === null ? problem("Choose the chat group it is for.") : [];
}

const SCOPE_WORDS = { person: "one person", team: "teams", group: "chat groups" } as const satisfies Record<
  Scope,
  string
>;

/**
 * What is wrong with a period: no end, an end before its start or today, a start in the past or more than twelve months
 * ahead, or more between them than the policy permits.
 */
export function periodProblems(
  from: string | null,
  until: string | null,
  { today, rules: { longest } }: Pick<RequestLimits, "today"> & { rules: Pick<ExceptionRules, "longest"> },
): FieldProblem[] {
  const atStart = (message: string) => [{ field: "wantedFrom", message }];
  const atEnd = (message: string) => [{ field: "wantedUntil", message }];
  if (until === null) return atEnd("Give the day on which it ends.");
  if (from !== null && from < today)
    return atStart("The first day must be today or later. Leave it empty to start at once.");
  const latestStart = dateInWords(addMonths(today, LATEST_START_MONTHS));
  if (from !== null && from > addMonths(today, LATEST_START_MONTHS))
    return atStart(`The first day must be ${latestStart} or earlier: nobody can judge a risk so far ahead.`);
  const start = from ?? today;
  if (until < start)
    return atEnd(from ? "The last day must not be before the first day." : "The last day must be today or later.");
  const latest = addMonths(start, longest.months);
  if (until <= latest) return [];
  const most = `an exception lasts ${monthsInWords(longest.months)} at most`;
  return atEnd(`The last day must be ${dateInWords(latest)} or earlier: ${most}.`);
}

/**
 * The moments between which an approved exception is in force: from the first day, or the decision if that is later, to
 * the end of the last day in London.
 */
export function periodOf(from: string | null, until: string, decidedAt: Date): { startsAt: Date; endsAt: Date } {
  const requested = from === null ? decidedAt : startOfDay(from);
  return { startsAt: requested > decidedAt ? requested : decidedAt, endsAt: endOfDay(until) };
}

/** "1 month", "12 months". */
export const monthsInWords = (months: number): string => (months === 1 ? "1 month" : `${months} months`);

/**
 * What is missing or wrong in one risk and its mitigations. A mitigation is carried out by somebody who is there, while
 * the exception lasts.
 * @param until the last day that is asked for, YYYY-MM-DD; null if that is not known yet
 * @param isLater true if it may still be incomplete: missing texts are then not a problem
 */
export function riskProblems(
  risk: Risk,
  { today, owners, until }: Pick<RequestLimits, "today" | "owners"> & { until: string | null },
  isLater = false,
): FieldProblem[] {
  const unless = (message: string) => (isLater ? null : message);
  return [
    ...textProblems("description", risk.description, unless("Describe the risk."), LONGEST_REQUEST_TEXT),
    ...(isLater ? [] : scoreProblems(risk, risk.mitigations)),
    ...(risk.mitigations.length > MOST_MITIGATIONS
      ? [{ field: "mitigation-1-text", message: `Name ${MOST_MITIGATIONS} mitigations at most.` }]
      : []),
    ...risk.mitigations.flatMap(({ text, owner, dueOn }, index) => [
      ...textProblems(
        `mitigation-${index + 1}-text`,
        text,
        unless("Say what is done to reduce it."),
        LONGEST_REQUEST_LINE,
      ),
      ...(isLater || owners.includes(owner) ? [] : [missingOwner(`mitigation-${index + 1}-owner`, owner)]),
      ...(dueOn !== null && !isLater ? dueProblems(`mitigation-${index + 1}-due`, dueOn, today, until) : []),
    ]),
  ];
}

function missingOwner(field: string, owner: MitigationOwner): FieldProblem {
  return { field, message: `Choose who is responsible: there is nobody who is "${MITIGATION_OWNERS[owner]}" now.` };
}

/** A task is due today or later, and while the exception lasts. */
export function dueProblems(field: string, dueOn: string, today: string, until: string | null): FieldProblem[] {
  if (dueOn < today) return [{ field, message: "The day it is due must be today or later." }];
  if (until === null || dueOn <= until) return [];
  return [{ field, message: `The day it is due must be ${dateInWords(until)} or earlier: the exception ends then.` }];
}

/** What is wrong with the scores of a risk: a mitigation cannot make it worse, and without one nothing improves. */
export function scoreProblems(scores: RiskScores, mitigations: readonly Mitigation[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (scores.likelihoodAfter > scores.likelihoodBefore)
    problems.push({ field: "likelihoodAfter", message: "After mitigation it must not be more likely than before." });
  if (scores.impactAfter > scores.impactBefore)
    problems.push({ field: "impactAfter", message: "After mitigation the impact must not be larger than before." });
  const isLower = scores.likelihoodAfter < scores.likelihoodBefore || scores.impactAfter < scores.impactBefore;
  if (isLower && mitigations.length === 0)
    problems.push({ field: "mitigation-1-text", message: "Name the mitigation that reduces it." });
  return problems;
}

export const isScore = (value: number): value is Score => (SCORES as readonly number[]).includes(value);

/**
 * Why an exception cannot be extended once more; null if it can.
 * @param extension how many times it would have been extended then; 0 for one that extends none
 */
export function extensionProblem(extension: number, { extend }: Pick<ExceptionRules, "extend">): string | null {
  if (extension <= extend.most) return null;
  if (extend.most === 0) return "An exception from this policy cannot be extended. Ask again.";
  return `An exception from this policy can be extended ${extend.most === 1 ? "once" : `${extend.most} times`}, no more. Ask again, or ask the policy owner whether the policy should change.`;
}

/** A decider's comments when asking for changes, by section. */
export const commentsSchema = z.object({
  schema: z.literal(1),
  comments: z.partialRecord(z.enum(REQUEST_SECTIONS), z.string()),
});
export type SectionComments = Partial<Record<RequestSection, string>>;

/** A part of a request that a decider reads on its own; a risk by its number, from 1. */
export type ReadPart = keyof Omit<RequestContent, "situation" | "teamId" | "groupId" | "risks"> | `risk ${number}`;

/** The risks that a request named as it was sent before, in their words, and names no more. */
export function removedRisks(before: RequestSnapshot["content"], { risks }: Pick<RequestContent, "risks">): string[] {
  if (risks.length >= before.risks.length) return [];
  const words = before.risks.map(({ description }) => description);
  const still = risks.map(({ description }) => description);
  const gone = words.filter((description) => !still.includes(description));
  return gone.length > 0 ? gone : words.slice(risks.length);
}

/** What differs between a request as it was sent before and as it is now. */
export function changedParts(before: RequestSnapshot["content"], now: RequestContent): Set<ReadPart> {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const fields = ["clauses", "justification", "whyNoChannel", "dataInvolved", "wantedFrom", "wantedUntil"] as const;
  const changed = new Set<ReadPart>(fields.filter((field) => !isSame(before[field], now[field])));
  const whom = ({ scope, teamId, groupId }: RequestSnapshot["content"] | RequestContent) => [scope, teamId, groupId];
  if (!isSame(whom(before), whom(now))) changed.add("scope");
  now.risks.forEach((risk, at) => {
    if (!isSame(before.risks[at], riskSchema.parse(risk))) changed.add(`risk ${at + 1}`);
  });
  return changed;
}

// What an approval asks of whoever uses the exception: all the time, or once by a day.

export interface ApprovalCondition {
  text: string;
  /** The day by which it has to be met, YYYY-MM-DD; null where it holds all the time. */
  dueOn: string | null;
}

const MOST_CONDITIONS = 10;
/** How many of them can have a day. */
export const MOST_DATED_CONDITIONS = 3;

/**
 * What is wrong with the conditions of an approval: those that hold all the time (`conditions`), and those to be met by
 * a day (`condition-1-text`, `condition-1-due`), which lies while the exception lasts.
 * @param until the last day that is given, YYYY-MM-DD; null if that is not known
 */
export function conditionProblems(
  conditions: readonly ApprovalCondition[],
  { today, until }: { today: string; until: string | null },
): FieldProblem[] {
  const lasting = conditions.filter(({ dueOn }) => dueOn === null);
  const tooLongOne = lasting.findIndex(({ text }) => lengthOf(text) > LONGEST_REQUEST_LINE);
  const shorten = `Shorten condition ${tooLongOne + 1} to ${LONGEST_REQUEST_LINE} characters.`;
  return [
    ...(lasting.length > MOST_CONDITIONS
      ? [{ field: "conditions", message: `Give ${MOST_CONDITIONS} conditions at most, one on each line.` }]
      : []),
    ...(tooLongOne < 0 ? [] : [{ field: "conditions", message: shorten }]),
    ...conditions
      .filter(({ dueOn }) => dueOn !== null)
      .flatMap(({ text, dueOn }, at) => [
        ...textProblems(`condition-${at + 1}-text`, text, "Say what has to be done by then.", LONGEST_REQUEST_LINE),
        ...(dueOn === null ? [] : dueProblems(`condition-${at + 1}-due`, dueOn, today, until)),
      ]),
  ];
}

/** "By 3 March 2027: Tell the team." */
export const conditionInWords = ({ text, dueOn }: ApprovalCondition): string =>
  dueOn === null ? text : `By ${dateInWords(dueOn)}: ${text}`;

/** Whether a condition was not met in time. @param today calendar day in London, YYYY-MM-DD */
export const isMissed = ({ dueOn, doneAt }: { dueOn: string | null; doneAt: Date | null }, today: string): boolean =>
  dueOn !== null && doneAt === null && dueOn < today;

// The progress of each part of a request, for its task list (S3.11; the parts are those of request.ts).

export const PROGRESS_WORDS = {
  "not-started": "Not started",
  "not-complete": "Not complete",
  complete: "Complete",
  "look-again": "Look again",
} as const;
export type Progress = keyof typeof PROGRESS_WORDS;

/**
 * The progress of a part. `look-again`: everything is filled in, but something is wrong with it now, or somebody asked
 * for a change to it.
 * @param isFlagged a decider commented on this part, or the policy that it draws on has changed
 */
export function progressOf(
  section: RequestSection,
  content: RequestContent,
  limits: RequestLimits,
  isFlagged: boolean,
): Progress {
  const given = whatIsGiven(section, content);
  if (!given.some(Boolean)) return "not-started";
  if (!given.every(Boolean)) return "not-complete";
  return isFlagged || problemsIn(section, content, limits).length > 0 ? "look-again" : "complete";
}

/**
 * Which of the things that a part needs are filled in, right or wrong. Clauses are prefilled, so on their own they do
 * not count as a start.
 */
function whatIsGiven(section: RequestSection, content: RequestContent): boolean[] {
  const { clauses, justification, whyNoChannel, dataInvolved, scope, teamId, groupId, wantedUntil, risks } = content;
  switch (section) {
    case "why": {
      const texts = [justification, whyNoChannel, dataInvolved].map((text) => text.trim() !== "");
      return texts.some(Boolean) ? [clauses.length > 0, ...texts] : texts;
    }
    case "who":
      return [{ person: true, team: teamId !== null, group: groupId !== null }[scope ?? "team"], wantedUntil !== null];
    case "risks":
      return [
        risks.length > 0,
        ...risks.flatMap(({ description, mitigations }) => [
          description.trim() !== "",
          ...mitigations.map(({ text }) => text.trim() !== ""),
        ]),
      ];
  }
}
