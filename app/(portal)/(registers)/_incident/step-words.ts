import { isDeleteStep, STEP_FIELDS, type DeleteStep, type IncidentStepName } from "#domain/registers/incident/step.ts";

/** The page's h1: the first question, unless that is one of several fields. */
export function headingOf(step: IncidentStepName): string {
  if (step === "when") return "When was it?";
  if (step === "added") return "Which group was it?";
  if (step === "conduct") return "What do you know about it?";
  if (step === "hold") return "Before you delete anything";
  if (isDeleteStep(step)) return DELETE_HEADINGS[step];
  return STEP_FIELDS[step][0].ask;
}

/** Suitable whether it is deleted or must be kept. */
const DELETE_HEADINGS = {
  message: "The message",
  media: "Photos and files on your phone",
  backups: "Copies in cloud backups",
} as const satisfies Record<DeleteStep, string>;

/** Whether the first field is the question of the page; else the page has a heading of its own. */
export function isHeadingField(step: IncidentStepName): boolean {
  if (step === "hold" || isDeleteStep(step)) return false;
  const { kind } = STEP_FIELDS[step][0];
  return kind === "one" || kind === "many";
}

/** What each step is called in a list of what is left to do. */
export const INCIDENT_STEP_TITLES = {
  what: "Say what kind of information it was",
  sender: "Say who sent it, and what it was about",
  conduct: "Say what happened",
  scam: "Say what was done with the message",
  device: "Say which device it is",
  added: "Say which group it was",
  where: "Say where it was shared",
  audience: "Say who could see it",
  when: "Say when it was",
  hold: "Check whether it must be kept",
  message: "Delete the message",
  media: "Delete the photos and files on your phone",
  backups: "Delete the copies in cloud backups",
} as const satisfies Record<IncidentStepName, string>;

/** How to do it, before a step asks whether it was done. */
export const STEP_HELP: Partial<Record<IncidentStepName, readonly string[]>> = {
  message: [
    "Press and hold the message, choose “Delete”, then “Delete for everyone”. Do the same where you forwarded it.",
    "Ask those who saw it to delete it too. Nobody can promise that it is gone: treat what was sent as public.",
  ],
  media: [
    "Delete the photo or file from the chat and from your gallery or downloads. Then empty “Recently deleted”, or the bin.",
  ],
  backups: [
    "Your phone may copy photos and chats to the cloud, such as iCloud, Google Photos or Google Drive. Delete the copies there, and empty the bin.",
  ],
};
