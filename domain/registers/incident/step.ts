/** The steps of a report, one per page, facts first (S3.48-S3.52, model 9.1-9.4). */
import { HOLD_ANSWERS } from "#domain/registers/hold/hold.ts";
import type { DeletionState } from "./deletion.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import {
  chooseMany,
  textField,
  chooseOne,
  momentField,
  momentOf,
  valueOf,
  type IncidentField,
  type Values,
} from "./field.ts";
import type { IncidentKind } from "./kind.ts";

export const DELETE_STEPS = ["message", "media", "backups"] as const;
export type DeleteStep = (typeof DELETE_STEPS)[number];

/** The first step of each kind. */
const FIRST_STEPS = ["what", "sender", "conduct", "scam", "device", "added"] as const;
export const INCIDENT_STEP_NAMES = [...FIRST_STEPS, "where", "audience", "when", "hold", ...DELETE_STEPS] as const;
export type IncidentStepName = (typeof INCIDENT_STEP_NAMES)[number];

/** The steps of each kind, in order; the first one creates the report. */
export const STEPS_OF = {
  shared: ["what", "where", "audience", "when", "hold", ...DELETE_STEPS],
  offensive: ["sender", "when"],
  misconduct: ["conduct", "when"],
  scam: ["scam", "when"],
  device: ["device", "when"],
  added: ["added", "when"],
} as const satisfies Record<IncidentKind, readonly IncidentStepName[]>;

export const stepsOf = (kind: IncidentKind): readonly IncidentStepName[] => STEPS_OF[kind];

/** The steps of one report: somebody who reports what another person did has nothing to delete. */
export function stepsFor(kind: IncidentKind, answered: Answered): readonly IncidentStepName[] {
  const isForOther = answered.what?.["forOther"] !== undefined;
  return isForOther ? stepsOf(kind).filter((step) => step !== "hold" && !isDeleteStep(step)) : stepsOf(kind);
}

export const isDeleteStep = (step: IncidentStepName): step is DeleteStep => DELETE_STEPS.some((one) => one === step);

/** Step texts for a report about what another person did. */
const forOther: IncidentField = chooseMany("forOther", "Are you reporting for somebody else?", "Reported by", {
  options: { yes: "I saw it happen, or heard about it: it was not me" },
});

/** People it may be about, out of those who would be notified. */
const notToTell: IncidentField = chooseMany("notToTell", "Is it about one of these people?", "Not told", {
  help: "We then do not tell them, and they do not see the report. Leave it empty if it is not.",
  options: { manager: "My line manager", officer: "A governance officer" },
});

const yesNoUnsure = { yes: "Yes", no: "No", unsure: "I am not sure" };
const chat: IncidentField = textField("chat", "Which chat, group or app?", "Chat or group", {
  lines: 1,
  help: "Its name is enough.",
});

const APPS = {
  whatsapp: "WhatsApp",
  text: "Text message",
  teams: "Microsoft Teams",
  mail: "E-mail",
  other: "Another app or tool",
} as const;

/** An app in words: the answer to where it was shared, or the name of a registered group's app; null for none. */
export const appInWords = (app: string | null) => Object.entries(APPS).find(([answer]) => answer === app)?.[1] ?? app;

/** The fields and texts of a step. */
export const STEP_FIELDS = {
  what: [
    chooseMany("data", "What kind of information was it?", "Kind of information", {
      help: "Choose all that apply. Do not type or paste what it said: we do not need a copy.",
      missing: "Choose what kind of information it was. Choose “I am not sure” if you do not know.",
      options: {
        contact: "Names, addresses, numbers or dates of birth",
        child: "About a child",
        health: "Health or care",
        money: "Money, benefits or bank details",
        special: "Race, religion, politics, sexuality or union",
        crime: "Crime, or a suspicion of it",
        staff: "About a colleague, such as sickness or discipline",
        photo: "A photo, video or recording of somebody",
        password: "A password, a code or other access",
        business: "Confidential, but about nobody",
        unsure: "Something else, or I am not sure",
      },
    }),
    forOther,
  ],
  sender: [
    chooseOne("sender", "Who sent it?", "Sent by", {
      missing: "Choose who sent it.",
      options: { staff: "Somebody who works here", outside: "Somebody outside", unsure: "I do not know" },
    }),
    textField("about", "What was it about, and in which chat?", "What it was about", {
      lines: 3,
      help: "A few words. Do not copy the message.",
      missing: "Say in a few words what it was about, and in which chat.",
    }),
    notToTell,
  ],
  conduct: [
    textField("about", "What happened?", "What happened", {
      lines: 4,
      help: "What you know, in a few words: who, what, where. Do not copy messages.",
      missing: "Say in a few words what happened.",
    }),
    notToTell,
  ],
  scam: [
    chooseOne("harm", "What did you do with it?", "What was done", {
      missing: "Choose what was done with the message.",
      options: {
        nothing: "Nothing: I only received it",
        opened: "I opened a link or a file",
        answered: "I answered it, or gave information",
        paid: "I paid something",
      },
    }),
    { ...chat, ask: "In which app, and from whom?", short: "App and sender" },
    forOther,
  ],
  device: [
    chooseOne("device", "Whose device is it?", "Device", {
      missing: "Choose whose device it is.",
      options: { work: "A work device", personal: "My own device" },
    }),
    chooseOne("locked", "Does it need a code, a fingerprint or a face to unlock?", "Locked", {
      missing: "Choose whether it is locked.",
      options: yesNoUnsure,
    }),
    textField("about", "What happened to it?", "What happened", {
      lines: 2,
      help: "Lost or stolen, where, and what work messages are on it. You may leave it empty.",
    }),
    forOther,
  ],
  added: [
    { ...chat, missing: "Name the group and the app.", ask: "Which group, in which app?", short: "Group and app" },
    chooseOne("wish", "Are you still in it?", "Still in it", {
      missing: "Choose whether you are still in the group.",
      options: { left: "No, I have left", leave: "Yes, but I want to be taken out", stay: "Yes, and I want to stay" },
    }),
  ],
  where: [
    chooseOne("app", "Where was it shared?", "App", { missing: "Choose the app or tool.", options: { ...APPS } }),
    { ...chat, ask: "Which chat, group or person?", help: "A name is enough. Do not copy the message." },
  ],
  audience: [
    chooseOne("size", "How many people could see it?", "Could be seen by", {
      missing: "Choose how many could see it.",
      options: { one: "One person", few: "A few, up to ten", many: "More than ten", unsure: "I do not know" },
    }),
    chooseOne("reach", "Where do they work?", "They are", {
      missing: "Choose where they work.",
      options: {
        inside: "All work here",
        outside: "Some or all are outside",
        public: "Anybody could see it",
        unsure: "I do not know",
      },
    }),
  ],
  when: [
    momentField("noticed", "When did you notice it?", "Noticed", {
      empty: "now",
      help: "Leave it empty if it was just now. A time alone means today.",
    }),
    momentField("happened", "When did it happen?", "Happened", {
      empty: "nothing",
      help: "Roughly is enough. Leave it empty if it was at the same time, or if you do not know.",
    }),
  ],
  hold: [
    chooseOne("hold", "Has anybody asked for these messages?", "Asked for", {
      missing: "Choose whether somebody has asked for these messages.",
      options: { none: "No, not that I know of", known: "Yes", unsure: "I am not sure" } satisfies Record<
        (typeof HOLD_ANSWERS)[number],
        string
      >,
    }),
  ],
  message: deletion("message", "the message"),
  media: deletion("media", "the photos and files on your phone"),
  backups: deletion("backups", "the copies in cloud backups"),
} as const satisfies Record<IncidentStepName, readonly IncidentField[]>;

function deletion(name: DeleteStep, what: string): readonly IncidentField[] {
  return [
    chooseOne("outcome", `Have you deleted ${what}?`, "Deleted", {
      missing: "Choose what you did.",
      options: {
        done: "Yes, deleted",
        ...(name === "message" ? {} : { nothing: "There is none to delete" }),
        "not-possible": "It is not possible",
        kept: "No, I have kept it",
        already: "I have already deleted it",
      },
    }),
    momentField("at", "When?", "At", {
      empty: "now",
      help: "Leave it empty if it was just now. A time alone means today.",
    }),
    textField("why", "If it is not possible: why?", "Why not", {
      lines: 2,
      help: "For example: I am no longer in the group.",
    }),
  ];
}

/** The options that a delete step offers and accepts: deletion is not offered for what must be kept. */
export function deleteOptions(step: DeleteStep, state: DeletionState): string[] {
  if (state !== "free") return ["kept", ...(step === "message" ? [] : ["nothing"]), "already"];
  return ["done", ...(step === "message" ? [] : ["nothing"]), "not-possible"];
}

/** The fields of a step, with only the answers that can be given now. */
export function fieldsOfStep(step: IncidentStepName, state: DeletionState): readonly IncidentField[] {
  if (!isDeleteStep(step)) return STEP_FIELDS[step];
  const offered = deleteOptions(step, state);
  return STEP_FIELDS[step].flatMap((field): IncidentField[] => {
    if (field.kind === "text") return state === "free" ? [field] : [];
    if (field.kind !== "one") return [field];
    return [
      { ...field, options: Object.fromEntries(Object.entries(field.options).filter(([key]) => offered.includes(key))) },
    ];
  });
}

/** Answers of a report so far, by step. */
export type Answered = Partial<Record<IncidentStepName, Values>>;

/** The remaining steps: not answered, or answered "kept" because of a hold and now free to delete. */
export const openSteps = (kind: IncidentKind, answered: Answered, state: DeletionState): IncidentStepName[] =>
  stepsFor(kind, answered).filter((step) => {
    const values = answered[step];
    if (!values) return true;
    return isDeleteStep(step) && values["outcome"] === "kept" && state === "free";
  });

/** What the reporter still has, as far as they have said: not answered, or kept. Nothing where there is none to delete. */
export const leftToDelete = (kind: IncidentKind, answered: Answered): DeleteStep[] =>
  stepsFor(kind, answered)
    .filter(isDeleteStep)
    .filter((step) => !answered[step] || valueOf(answered[step], "outcome") === "kept");

/** The next remaining step after this one, otherwise the first remaining; null if there is none. */
export function nextStep(kind: IncidentKind, open: readonly IncidentStepName[], after: IncidentStepName) {
  const order = stepsOf(kind);
  return open.find((step) => order.indexOf(step) > order.indexOf(after)) ?? open[0] ?? null;
}

/** What is wrong with the combination of answers in a step. */
export function stepProblems(step: IncidentStepName, values: Values): FieldProblem[] {
  if (isDeleteStep(step) && values["outcome"] === "not-possible" && valueOf(values, "why") === "")
    return [{ field: "why", message: "Say why it is not possible." }];
  const [noticed, happened] = [momentOf(values, "noticed"), momentOf(values, "happened")];
  if (step === "when" && noticed && happened && happened > noticed)
    return [{ field: "happened", message: "It must have happened before you noticed it. Check both times." }];
  return [];
}

/** The field that offers the registered groups somebody is in; null if they are in none. */
export function groupField(groups: readonly { reference: string; name: string }[]): IncidentField | null {
  if (groups.length === 0) return null;
  const names = groups.map(({ reference, name }) => `${name}, ${reference}`);
  return chooseOne("group", "Was it one of your registered groups?", "Registered group", {
    options: { none: "None of them", ...Object.fromEntries(names.map((name) => [name, name])) },
    chosen: "none",
  });
}
