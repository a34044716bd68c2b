/** Sample checks of what people understood of a policy: whom they ask, and what may be said of the answers (S2.30). */
import {
  dayOf,
  dayProblems,
  type FieldProblem,
  problemIf,
  textProblems,
  type TypedDate,
} from "#domain/base/form/form-values.ts";
import { VERDICTS, type Verdict } from "#domain/policy/decision/verdict.ts";

/** Among whom a sample is drawn. */
export const POPULATION_KINDS = ["body", "employer", "team", "kind"] as const;
export type PopulationKind = (typeof POPULATION_KINDS)[number];

/** "body", or a kind and its value. */
export interface Population {
  kind: PopulationKind;
  /** The name of the employer, the id of the team, or a kind of person; "" for the body. */
  value: string;
}

/** Reads "team:ID" as a form sends it; null for anything else. */
export function readPopulation(text: string): Population | null {
  const at = text.indexOf(":");
  const [name, value] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
  const kind = POPULATION_KINDS.find((one) => one === name);
  return kind && (kind === "body") === (value === "") ? { kind, value } : null;
}

export const writePopulation = ({ kind, value }: Population): string => (kind === "body" ? kind : `${kind}:${value}`);

/** The most people that one check asks. */
export const MOST_SAMPLED = 1000;
/** Longest reason for excusing somebody, in characters. */
export const LONGEST_EXCUSE = 500;

/** The fields of the form that starts a check. */
export interface SampleDraft {
  policy: string;
  population: string;
  size: string;
  lastDay: TypedDate;
}

/**
 * What has to be corrected.
 * @param choices what can be chosen: slugs of policies, and populations as `writePopulation` writes them
 * @param today YYYY-MM-DD @param isWorkingDay of the body
 */
export function sampleProblems(
  { policy, population, size, lastDay }: SampleDraft,
  choices: { policies: readonly string[]; populations: readonly string[] },
  today: string,
  isWorkingDay: (day: string) => boolean,
): FieldProblem[] {
  const day = dayOf(lastDay);
  const isLate = day !== null && day <= today;
  const many = `Enter how many people to ask: a whole number from 1 to ${MOST_SAMPLED}.`;
  return [
    ...problemIf(!choices.policies.includes(policy), "policy", "Choose the policy to check."),
    ...problemIf(!choices.populations.includes(population), "population", "Choose which group to choose from."),
    ...problemIf(sampleSize(size) === null, "size", many),
    ...dayProblems("lastDay", lastDay, "Enter the last day to answer."),
    ...problemIf(isLate, "lastDay", "The last day must be after today."),
    ...(day !== null && !isLate && !isWorkingDay(day)
      ? [{ field: "lastDay", message: "Choose a working day: nobody answers on a day off." }]
      : []),
  ];
}

/** How many people to ask, as it was typed; null if that is no such number. */
export function sampleSize(typed: string): number | null {
  const size = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  return size >= 1 && size <= MOST_SAMPLED ? size : null;
}

/** What has to be corrected in excusing somebody. */
export const excuseProblems = (personId: string, reason: string, waiting: readonly string[]): FieldProblem[] => [
  ...problemIf(!waiting.includes(personId), "personId", "Choose somebody who has not answered."),
  ...textProblems("reason", reason, "Say why they are excused.", LONGEST_EXCUSE),
];

/** A share and the limits between which it is for the whole population, with 95 % certainty. */
export interface Rate {
  right: number;
  of: number;
  /** From 0 to 1; null where there is none. */
  interval: { low: number; high: number } | null;
}

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/** Wilson's score interval at 95 %: it never leaves 0 to 1, and holds for few answers too. @returns null without any */
export function wilsonInterval(right: number, of: number): Rate["interval"] {
  if (of <= 0) return null;
  const share = right / of;
  const square = (Z * Z) / of;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export function rateOf(answers: readonly boolean[]): Rate {
  const right = answers.filter(Boolean).length;
  return { right, of: answers.length, interval: wilsonInterval(right, answers.length) };
}

/** Answers to situations of one kind: of those of which the policy says this. */
export const ratesByVerdict = (answers: readonly { verdict: Verdict; isRight: boolean }[]) =>
  VERDICTS.flatMap((verdict) => {
    const own = answers.filter((one) => one.verdict === verdict);
    return own.length > 0 ? [{ verdict, rate: rateOf(own.map(({ isRight }) => isRight)) }] : [];
  });

/** "12 of 20, 60 %; with 95 % certainty between 38.7 % and 78.1 %" */
export function rateInWords({ right, of, interval }: Rate): string {
  if (!interval) return "No answers yet";
  const percent = (share: number) => `${(share * 100).toFixed(1).replace(/\.0$/, "")} %`;
  return `${right} of ${of}, ${percent(right / of)}; with 95 % certainty between ${percent(interval.low)} and ${percent(interval.high)}`;
}

/** Where somebody stands whom a check asked. */
export type SampledState = "answered" | "excused" | "left" | "waiting" | "missed";

export const SAMPLED_STATE_WORDS = {
  answered: "Answered",
  excused: "Excused",
  left: "Left before answering",
  waiting: "Has not answered yet",
  missed: "Did not answer in time",
} as const satisfies Record<SampledState, string>;

/** @param isOver whether the check was closed, or its last day has passed */
export function sampledStateOf(
  { answeredAt, excusedAt, hasLeft }: { answeredAt: Date | null; excusedAt: Date | null; hasLeft: boolean },
  isOver: boolean,
): SampledState {
  if (answeredAt) return "answered";
  if (excusedAt) return "excused";
  if (hasLeft) return "left";
  return isOver ? "missed" : "waiting";
}

/** Of how many an answer could be expected, and how many gave one: who left or was excused does not count. */
export const responseRate = (states: readonly SampledState[]): Rate =>
  rateOf(states.filter((state) => state !== "left" && state !== "excused").map((state) => state === "answered"));
