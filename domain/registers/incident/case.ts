/** The officer's case: its parts, what each asks, and when it may be closed (model 9.5, 9.6; content/outside-rules.yaml, 72 hours). */
import { keysOf } from "#domain/base/list/page.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { deadlineOf } from "./clock.ts";
import type { DeletionState } from "./deletion.ts";
import { chooseOne, momentField, momentOf, textField, valueOf, type IncidentField, type Values } from "./field.ts";
import type { DeleteStep } from "./step.ts";

export const PART_TITLES = {
  clock: "The 72-hour clock",
  ruling: "May it be deleted?",
  assessment: "Assessment",
  decision: "Decision to report or not",
  regulator: "The report to the regulator",
  people: "Telling the people concerned",
  lessons: "Lessons",
  closing: "Closing",
  reopening: "Reopening",
} as const;
export type CasePart = keyof typeof PART_TITLES;
export const CASE_PARTS = keysOf(PART_TITLES);

const LIKELIHOODS = { low: "Unlikely", medium: "Possible", high: "Likely" };
const SEVERITIES = { low: "Minor", medium: "Serious", high: "Severe" };

export const PART_FIELDS = {
  clock: [
    chooseOne("personal", "May it be about personal data?", "May be personal data", {
      help: "If so, 72 hours count from when the body knew.",
      missing: "Choose whether it may be about personal data.",
      options: { yes: "Yes, the hours count", no: "No, there is no clock" },
    }),
    momentField("aware", "When did the body know?", "Known since", {
      empty: "nothing",
      help: "Leave it empty for the moment at which the reporter noticed it.",
    }),
    textField("reason", "Why?", "Reason", { missing: "Say why the hours count, or why not." }),
  ],
  ruling: [
    chooseOne("ruling", "May the reporter delete what was shared?", "May be deleted", {
      help: "Check the holds, and what you need as proof, first.",
      missing: "Choose whether it may be deleted.",
      options: { delete: "Yes, nothing must be kept", keep: "No, it must be kept" },
    }),
    textField("reason", "Why?", "Reason", { missing: "Say why it may be deleted, or why not." }),
  ],
  assessment: [
    textField("data", "Which data?", "Data", {
      missing: "Say which data it is about.",
      help: "Categories are enough.",
    }),
    textField("people", "Whose data is it? How many people, and what kind?", "People", {
      missing: "Say whose data, and how many people.",
      lines: 2,
    }),
    textField("records", "How many records?", "Records", { missing: "Say how many records, roughly.", lines: 1 }),
    chooseOne("likelihood", "How likely is harm to them?", "Likelihood of harm", {
      missing: "Choose how likely harm is.",
      options: LIKELIHOODS,
    }),
    chooseOne("severity", "How bad would it be?", "Severity of harm", {
      missing: "Choose how bad it would be.",
      options: SEVERITIES,
    }),
    textField("consequences", "What could happen to them?", "Likely consequences", {
      missing: "Say what could happen to the people concerned.",
    }),
    textField("measures", "What was done, or will be, to limit it?", "Measures", {
      missing: "Say what was done to limit it.",
    }),
  ],
  decision: [
    chooseOne("report", "Is it reported to the regulator?", "Report to the regulator", {
      missing: "Choose whether it is reported.",
      options: { yes: "Yes, it is reported", no: "No, it is not" },
    }),
    textField("reason", "Why, or why not?", "Reason", {
      missing: "Say why it is reported, or why not. The reason is kept either way.",
    }),
  ],
  regulator: [
    momentField("reported", "When was it reported?", "Reported", {
      empty: "nothing",
      missing: "Say when it was reported.",
      help: "A time alone means today.",
    }),
    chooseOne("way", "How?", "How", {
      missing: "Choose how it was reported.",
      options: { online: "Online form", phone: "By phone", mail: "By e-mail" },
    }),
    textField("authorityReference", "The authority's reference", "Authority's reference", {
      missing: "Write the authority's reference. Write “not given yet” until it comes.",
      lines: 1,
    }),
    textField("delay", "Later than 72 hours? Why?", "Reason for the delay", {
      lines: 2,
      help: "Needed only where it was late.",
    }),
  ],
  people: [
    chooseOne("told", "Are the people concerned told?", "People told", {
      missing: "Choose whether they are told.",
      options: { yes: "Yes, they were told", later: "Not yet", no: "No, they are not told" },
    }),
    textField("how", "When and how were they told, or why not?", "When and how, or why not", {
      missing: "Say when and how they were told, or why not.",
    }),
  ],
  lessons: [
    textField("lessons", "What will we change so that it does not happen again?", "Lessons", {
      missing: "Say what changes, or that nothing does, and why.",
    }),
  ],
  closing: [
    textField("summary", "How did it end?", "How it ended", { missing: "Say in a sentence or two how it ended." }),
  ],
  reopening: [textField("reason", "Why is it opened again?", "Reason", { missing: "Say why it is opened again." })],
} as const satisfies Record<CasePart, readonly IncidentField[]>;

/** The present answers of each part. */
export type CaseAnswers = Partial<Record<CasePart, Values>>;

/** Whether the risk to people is high, so that they have to be told: both serious and likely enough. */
export function isHighRisk({ assessment }: CaseAnswers): boolean {
  const score = (name: string) => ({ low: 1, medium: 2, high: 3 })[valueOf(assessment, name)] ?? 0;
  return score("likelihood") * score("severity") >= 6;
}

/** Whether it was decided to report it to the regulator, but not recorded yet that it was reported. */
export const isReportOwed = ({ decision, regulator }: CaseAnswers): boolean =>
  valueOf(decision, "report") === "yes" && !regulator;

export interface CaseFacts {
  mayBePersonalData: boolean;
  /** When the body became aware. */
  awareAt: Date;
  isClosed: boolean;
  answers: CaseAnswers;
}

/** What decides whether a case can be closed. */
export interface ClosingFacts extends CaseFacts {
  deletion: DeletionState;
  /** What the reporter has neither deleted nor found to be gone, or kept until now. */
  leftToDelete: readonly DeleteStep[];
}

/** Whether the 72 hours count still: until it is recorded that it was reported, or decided that it need not be. */
export const isClockRunning = ({ mayBePersonalData, isClosed, answers }: Omit<CaseFacts, "awareAt">): boolean =>
  mayBePersonalData && !isClosed && !answers.regulator && valueOf(answers.decision, "report") !== "no";

/** Whether the people concerned are still to be told: it was put off, or the risk is high and nothing is recorded. */
export function isTellingOwed(answers: CaseAnswers): boolean {
  const answer = valueOf(answers.people, "told");
  return answer === "later" || (answer === "" && isHighRisk(answers));
}

/** Whether nobody has said yet what is to become of what the reporter still has. */
export const isDeletionUndecided = ({ deletion, leftToDelete, answers }: ClosingFacts): boolean =>
  leftToDelete.length > 0 && !answers.ruling && ["unasked", "doubt", "waiting"].includes(deletion);

/** Whether the reporter may delete what they still have, and has not done so. */
export function isDeletionOwed({ deletion, leftToDelete, answers }: ClosingFacts): boolean {
  const isAllowed = deletion === "free" || (deletion === "unasked" && valueOf(answers.ruling, "ruling") === "delete");
  return leftToDelete.length > 0 && isAllowed;
}

/** Times are typed to the minute. */
const MINUTE = 60_000;

/** What is wrong with a new answer to a part, given all the others. @param at the present moment */
export function partProblems(part: CasePart, values: Values, { answers, awareAt }: CaseFacts): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (field: string, message: string) => problems.push({ field, message });
  if (part === "regulator") {
    if (valueOf(answers.decision, "report") !== "yes")
      say("", "Record the decision to report it first. It is then reported, and this says when and how.");
    const reported = momentOf(values, "reported");
    if (reported && reported.getTime() + MINUTE <= awareAt.getTime())
      say("reported", `The body knew on ${momentInWords(awareAt)}. It was reported then or later. Check the date.`);
    if (reported && reported > deadlineOf(awareAt) && valueOf(values, "delay") === "")
      say("delay", "It was reported later than 72 hours. Say why.");
  }
  const [aware, wasReported] = [momentOf(values, "aware"), momentOf(answers.regulator, "reported")];
  if (part === "clock" && aware && wasReported && aware.getTime() >= wasReported.getTime() + MINUTE)
    say("aware", `It was reported on ${momentInWords(wasReported)}, so the body knew by then. Check the date.`);
  if (part === "decision" && valueOf(values, "report") === "no" && answers.regulator)
    say("report", "It was reported to the regulator already. Choose “Yes”, or reopen it with them first.");
  return problems;
}

/**
 * What has to be recorded before the case can be closed, in words; empty if it can. What is recorded but still to be
 * done is handed over when it is closed (closing.ts).
 */
export function missingToClose(facts: ClosingFacts): string[] {
  const { mayBePersonalData, answers } = facts;
  const ruling = isDeletionUndecided(facts) ? ["Say whether what was shared may be deleted."] : [];
  if (!mayBePersonalData) return ruling;
  const { decision, people, assessment } = answers;
  return [
    ...ruling,
    ...(assessment ? [] : ["Record the assessment."]),
    ...(decision ? [] : ["Record the decision to report it to the regulator or not, with the reason."]),
    ...(isReportOwed(answers) ? ["Record when and how it was reported."] : []),
    ...(people
      ? []
      : [
          `Record whether the people concerned were told, or why not.${isHighRisk(answers) ? " The risk is high." : ""}`,
        ]),
  ];
}

/** Whether a part can be recorded now: a closed case can only be reopened, and an open one cannot be. */
export const isPartOpen = (part: CasePart, isClosed: boolean): boolean => (part === "reopening") === isClosed;
