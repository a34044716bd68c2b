/** A campaign: a request that an audience answer a version of a policy by a date (S3.6). */
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import type { AudiencePart } from "./audience.ts";

export const CAMPAIGN_STATE_WORDS = {
  draft: "Not started",
  running: "Running",
  stopped: "Stopped",
  "not-needed": "Not needed",
} as const;
export type CampaignState = keyof typeof CAMPAIGN_STATE_WORDS;

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
  const { audience, workingDays, remindBefore, readingMinutes, targetPercent } = settings;
  const isWhole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to;
  const isTime = isWhole(workingDays, 1, MOST_WORKING_DAYS);
  const isMuddled =
    remindBefore.length > MOST_REMINDERS || remindBefore.some((days) => !isWhole(days, 1, MOST_WORKING_DAYS));
  const isLate = !isMuddled && isTime && remindBefore.some((days) => days >= workingDays);
  const checks: readonly (readonly [isWrong: boolean, field: string, message: string])[] = [
    [audience.length === 0, "audience", "Choose who to ask: everybody, or at least one part."],
    [audience.length > MOST_AUDIENCE_PARTS, "audience", `Choose at most ${MOST_AUDIENCE_PARTS} parts and people.`],
    [!isTime, "workingDays", `Enter a whole number of working days from 1 to ${MOST_WORKING_DAYS}.`],
    [isMuddled, "remindBefore", `Enter at most ${MOST_REMINDERS} whole numbers of working days, such as 10, 5, 1.`],
    [
      isLate,
      "remindBefore",
      `Remind less than ${workingDays} working days before the last day: people have no longer to answer.`,
    ],
    [
      !isWhole(readingMinutes, 0, MOST_READING_MINUTES),
      "readingMinutes",
      `Enter whole minutes from 0 to ${MOST_READING_MINUTES}.`,
    ],
    [!isWhole(targetPercent, 1, 100), "targetPercent", "Enter a share from 1 to 100."],
  ];
  return checks.flatMap(([isWrong, field, message]) => (isWrong ? [{ field, message }] : []));
}

export type CampaignAct = "change" | "start" | "stop";

/** What can be done with a campaign in each state. @param counts whether an answer to its version still counts */
export function campaignActs(state: CampaignState, counts: boolean): readonly CampaignAct[] {
  if (state === "draft") return counts ? ["change", "start", "stop"] : ["stop"];
  if (state === "running") return counts ? ["change", "stop"] : ["stop"];
  return [];
}
