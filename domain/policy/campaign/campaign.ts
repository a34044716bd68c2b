/** A campaign: a request that an audience answer a version of a policy by a date (S3.6). */
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { AudiencePart } from "./audience.ts";

export const CAMPAIGN_STATES = ["draft", "running", "stopped", "not-needed"] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const CAMPAIGN_STATE_WORDS = {
  draft: "Not started",
  running: "Running",
  stopped: "Stopped",
  "not-needed": "Not needed",
} as const satisfies Record<CampaignState, string>;

/** What its maker decides. */
export interface CampaignSettings {
  audience: readonly AudiencePart[];
  /** To answer, from the day on which somebody is asked. */
  workingDays: number;
  /** So many working days before the last one somebody is reminded, the most first; on the last day always. */
  remindBefore: readonly number[];
  checksUnderstanding: boolean;
  /** Minutes that reading has to take; 0 for none. */
  readingMinutes: number;
  /** Of the people asked, in per cent, that counts as done. */
  targetPercent: number;
}

/** Our own figures, where nobody says otherwise. */
export const DEFAULT_CAMPAIGN: CampaignSettings = {
  audience: [{ kind: "body", value: "" }],
  workingDays: 20,
  remindBefore: [10, 5, 1],
  checksUnderstanding: false,
  readingMinutes: 0,
  targetPercent: 90,
};

export const MOST_WORKING_DAYS = 250;
export const MOST_REMINDERS = 5;
export const MOST_READING_MINUTES = 60;
/** Named people, teams and the rest. */
export const MOST_AUDIENCE_PARTS = 500;

/** A campaign as it decides who is asked, and by when. */
export interface CampaignTerms extends CampaignSettings {
  reference: string;
  policy: string;
  /** The version it was made for. */
  version: string;
  hash: string;
  state: "running" | "stopped";
  /** The day on which it was started, YYYY-MM-DD. */
  startDay: string;
}

/** What is wrong with the settings, by field of the form. */
export function campaignProblems(settings: CampaignSettings): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const { audience, workingDays, remindBefore, readingMinutes, targetPercent } = settings;
  const whole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to;
  if (audience.length === 0)
    problems.push({ field: "audience", message: "Choose who to ask: everybody, or at least one part." });
  if (audience.length > MOST_AUDIENCE_PARTS)
    problems.push({ field: "audience", message: `Choose at most ${MOST_AUDIENCE_PARTS} parts and people.` });
  if (!whole(workingDays, 1, MOST_WORKING_DAYS))
    problems.push({
      field: "workingDays",
      message: `Enter a whole number of working days from 1 to ${MOST_WORKING_DAYS}.`,
    });
  if (remindBefore.length > MOST_REMINDERS || remindBefore.some((days) => !whole(days, 1, MOST_WORKING_DAYS)))
    problems.push({
      field: "remindBefore",
      message: `Enter at most ${MOST_REMINDERS} whole numbers of working days, such as 10, 5, 1.`,
    });
  else if (whole(workingDays, 1, MOST_WORKING_DAYS) && remindBefore.some((days) => days >= workingDays))
    problems.push({
      field: "remindBefore",
      message: `Remind less than ${workingDays} working days before the last day: people have no longer to answer.`,
    });
  if (!whole(readingMinutes, 0, MOST_READING_MINUTES))
    problems.push({ field: "readingMinutes", message: `Enter whole minutes from 0 to ${MOST_READING_MINUTES}.` });
  if (!whole(targetPercent, 1, 100)) problems.push({ field: "targetPercent", message: "Enter a share from 1 to 100." });
  return problems;
}

export type CampaignAct = "change" | "start" | "stop" | "not-needed";

/** What can be done with a campaign in each state. @param counts whether an answer to its version still counts */
export function campaignActs(state: CampaignState, counts: boolean): readonly CampaignAct[] {
  if (state === "draft") return counts ? ["change", "start", "not-needed"] : [];
  if (state === "running") return counts ? ["change", "stop"] : ["stop"];
  return [];
}
