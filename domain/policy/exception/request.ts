/**
 * What a request for an exception contains, and when each part is complete (S3.11: strong justification, a risk
 * assessment).
 */
import { z } from "zod";
import { addMonths, dateInWords, endOfDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import { SCORES, type MitigationOwner, type RiskScores, type Score } from "#domain/base/risk/risk.ts";

/** Longest text of one field, in characters as people count them. */
export const LONGEST_REQUEST_TEXT = 4000;
export const LONGEST_REQUEST_LINE = 300;
export const LONGEST_MONTHS = 12;
export const MOST_RISKS = 20;
export const MOST_MITIGATIONS = 8;

export interface Mitigation {
  text: string;
  owner: MitigationOwner;
  /** For a mitigation that is a task: its due day, YYYY-MM-DD. */
  dueOn: string | null;
}

export interface Risk extends RiskScores {
  /** Id of the policy's risk clause, or null if described in the requester's own words. */
  clause: string | null;
  description: string;
  mitigations: readonly Mitigation[];
}

/** The parts of a request that the requester fills in. */
export interface RequestContent {
  clauses: readonly string[];
  situation: Answers;
  justification: string;
  whyNoChannel: string;
  dataInvolved: string;
  scope: "person" | "team" | null;
  teamId: string | null;
  /** Days, YYYY-MM-DD; without a start, it begins with the decision. */
  wantedFrom: string | null;
  wantedUntil: string | null;
  risks: readonly Risk[];
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
export function problemsIn(section: RequestSection, content: RequestContent, today: string): FieldProblem[] {
  switch (section) {
    case "why":
      return whyProblems(content);
    case "who":
      return [...scopeProblems(content), ...periodProblems(content.wantedFrom, content.wantedUntil, today)];
    case "risks":
      if (content.risks.length === 0) return [{ field: "risks", message: "Add at least one risk." }];
      return content.risks.flatMap((risk, index) =>
        riskProblems(risk, today).map(({ message }) => ({ field: "risks", message: `Risk ${index + 1}: ${message}` })),
      );
  }
}

function whyProblems({ clauses, justification, whyNoChannel, dataInvolved }: RequestContent): FieldProblem[] {
  const missing: FieldProblem[] = [];
  if (clauses.length === 0) missing.push({ field: "clauses", message: "Choose at least one clause." });
  if (!justification.trim()) missing.push({ field: "justification", message: "Say what you want to do, and why." });
  if (!whyNoChannel.trim()) missing.push({ field: "whyNoChannel", message: "Say why no approved channel will do." });
  if (!dataInvolved.trim()) missing.push({ field: "dataInvolved", message: "Say what information is involved." });
  return missing;
}

/** What is missing about who it is for. */
export function scopeProblems({ scope, teamId }: Pick<RequestContent, "scope" | "teamId">): FieldProblem[] {
  if (scope === null) return [{ field: "scope", message: "Say whether it is for you or for your team." }];
  return scope === "team" && teamId === null ? [{ field: "scope", message: "Choose the team it is for." }] : [];
}

/**
 * What is wrong with a period: no end, an end before its start or today, a start in the past or
 * more than twelve months ahead, or more than twelve months between them.
 * @param today calendar day, YYYY-MM-DD
 */
export function periodProblems(from: string | null, until: string | null, today: string): FieldProblem[] {
  if (until === null) return [{ field: "wantedUntil", message: "Give the day on which it ends." }];
  if (from !== null && from < today)
    return [{ field: "wantedFrom", message: "The first day must be today or later. Leave it empty to start at once." }];
  const latestStart = addMonths(today, LONGEST_MONTHS);
  if (from !== null && from > latestStart)
    return [
      {
        field: "wantedFrom",
        message: `The first day must be ${dateInWords(latestStart)} or earlier: nobody can judge a risk so far ahead.`,
      },
    ];
  const start = from ?? today;
  if (until < start)
    return [
      {
        field: "wantedUntil",
        message: from ? "The last day must not be before the first day." : "The last day must be today or later.",
      },
    ];
  const latest = addMonths(start, LONGEST_MONTHS);
  if (until > latest)
    return [
      {
        field: "wantedUntil",
        message: `The last day must be ${dateInWords(latest)} or earlier: an exception lasts ${LONGEST_MONTHS} months at most.`,
      },
    ];
  return [];
}

/**
 * The moments between which an approved exception is in force: from the first day, or the decision if that is later, to
 * the end of the last day in London.
 */
export function periodOf(from: string | null, until: string, decidedAt: Date): { startsAt: Date; endsAt: Date } {
  const requested = from === null ? decidedAt : startOfDay(from);
  return { startsAt: requested > decidedAt ? requested : decidedAt, endsAt: endOfDay(until) };
}

/**
 * What is missing or wrong in one risk and its mitigations.
 * @param today calendar day, YYYY-MM-DD
 * @param isLater true if it may still be incomplete: missing texts are then not a problem
 */
export function riskProblems(risk: Risk, today: string, isLater = false): FieldProblem[] {
  const unless = (message: string) => (isLater ? null : message);
  return [
    ...textProblems("description", risk.description, unless("Describe the risk."), LONGEST_REQUEST_TEXT),
    ...(isLater ? [] : scoreProblems(risk, risk.mitigations)),
    ...(risk.mitigations.length > MOST_MITIGATIONS
      ? [{ field: "mitigation-1-text", message: `Name ${MOST_MITIGATIONS} mitigations at most.` }]
      : []),
    ...risk.mitigations.flatMap(({ text, dueOn }, index) => [
      ...textProblems(
        `mitigation-${index + 1}-text`,
        text,
        unless("Say what is done to make it smaller."),
        LONGEST_REQUEST_LINE,
      ),
      ...(dueOn !== null && !isLater ? dueProblems(`mitigation-${index + 1}-due`, dueOn, today) : []),
    ]),
  ];
}

/** A task is due today or later, and before the latest day on which an exception requested today can end. */
function dueProblems(field: string, dueOn: string, today: string): FieldProblem[] {
  const latest = addMonths(today, 2 * LONGEST_MONTHS);
  if (dueOn < today) return [{ field, message: "The day it is due must be today or later." }];
  return dueOn > latest ? [{ field, message: `The day it is due must be ${dateInWords(latest)} or earlier.` }] : [];
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
    problems.push({ field: "mitigation-1-text", message: "Name the mitigation that makes it smaller." });
  return problems;
}

export function isScore(value: number): value is Score {
  return (SCORES as readonly number[]).includes(value);
}

const scoreSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

/** The request as sent, kept with the step that sent it; versioned, because the form will change. */
export const snapshotSchema = z.object({
  schema: z.literal(1),
  policy: z.string(),
  version: z.string(),
  hash: z.string(),
  content: z.object({
    clauses: z.array(z.string()),
    situation: z.record(z.string(), z.string()),
    justification: z.string(),
    whyNoChannel: z.string(),
    dataInvolved: z.string(),
    scope: z.enum(["person", "team"]).nullable(),
    teamId: z.string().nullable(),
    wantedFrom: z.string().nullable(),
    wantedUntil: z.string().nullable(),
    risks: z.array(
      z.object({
        clause: z.string().nullable(),
        description: z.string(),
        likelihoodBefore: scoreSchema,
        impactBefore: scoreSchema,
        likelihoodAfter: scoreSchema,
        impactAfter: scoreSchema,
        mitigations: z.array(
          z.object({
            text: z.string(),
            owner: z.enum(["requester", "line-manager", "governance-officer", "policy-owner"]),
            dueOn: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
});
export type RequestSnapshot = z.infer<typeof snapshotSchema>;

/** A decider's comments when asking for changes, by section. */
export const commentsSchema = z.object({
  schema: z.literal(1),
  comments: z.partialRecord(z.enum(REQUEST_SECTIONS), z.string()),
});
export type SectionComments = Partial<Record<RequestSection, string>>;
