/** A captured record: a message of business value that was copied into a corporate system (docs/glossary.md, "Captured record"; S1.8, S2.20 to S2.22; FOIA s.3(2)(b)). */
import { type Actor, may } from "#domain/access/permission/permission.ts";
import {
  dayOf,
  dayProblems,
  type FieldProblem,
  problemIf,
  textProblems,
  type TypedDate,
} from "#domain/base/form/form-values.ts";
import { retainedUntil, type RetentionClass } from "#domain/policy/policy/retention-class.ts";

/** Longest texts, in characters. */
export const LONGEST_RECORD_LINE = 200;
export const LONGEST_CONTENT = 20_000;
export const LONGEST_RECORD_REASON = 2000;

/** What a search of records can ask for (S3.57, S4.13, S5.26). */
export const RECORD_STANDINGS = { kept: "Kept", due: "Disposal is due", disposed: "Disposed of" } as const;

/** Chosen by somebody who does not know the class, which an officer then chooses. */
export const CLASS_UNSURE = "unsure";

/** The steps in the history of a record, in words. */
export const RECORD_STEPS = {
  captured: "Captured",
  corrected: "Corrected",
  "chat-copy-deleted": "Copy in the chat deleted",
  "kept-longer": "Kept longer",
  disposed: "Disposed of",
} as const satisfies Record<string, string>;
export type RecordStep = keyof typeof RECORD_STEPS;

/** How a message was copied. */
export const RECORD_METHODS = {
  copied: "Text copied by hand",
  screenshot: "Screenshot",
  export: "Export of the chat",
  forwarded: "Forwarded to a corporate system",
  dictated: "Dictated or told",
};

/** The fields of the form for a record. */
export interface RecordDraft {
  /** On whose behalf: a name or work e-mail address; "" for one's own. */
  principal: string;
  /** A key of RECORD_METHODS. */
  method: string;
  /** Time of the message, HH:MM; "" if not known. */
  saidTime: string;
  about: string;
  saidOn: TypedDate;
  /** Reference of a registered group; "" for another chat. */
  group: string;
  chat: string;
  participants: string;
  content: string;
  system: string;
  systemReference: string;
  /** If the body has a schedule: one of its classes, or CLASS_UNSURE. */
  retentionClass: string;
  eventOn: TypedDate;
  /** If it has none: the class in free text, and its last day if known. */
  className: string;
  keepUntil: TypedDate;
}

interface Setting {
  schedule: readonly RetentionClass[];
  /** References of the groups that may be chosen. */
  groups: readonly string[];
  /** Calendar day, YYYY-MM-DD. */
  today: string;
}

/** What has to be corrected in a draft; empty if it can be stored. */
export function recordProblems(draft: RecordDraft, { schedule, groups, today }: Setting): FieldProblem[] {
  const isKnownGroup = draft.group === "" || groups.includes(draft.group);
  return [
    ...textProblems("about", draft.about, "Say what the message is about.", LONGEST_RECORD_LINE),
    ...pastDay("saidOn", draft.saidOn, "Enter the day of the message.", today, "The day of the message"),
    ...problemIf(!isKnownGroup, "group", "Choose one of your groups, or another chat."),
    ...textProblems("chat", draft.chat, draft.group === "" ? "Say which chat it was." : null, LONGEST_RECORD_LINE),
    ...textProblems("participants", draft.participants, "Say who took part.", LONGEST_RECORD_REASON),
    ...(draft.principal !== "" && draft.saidTime === ""
      ? [{ field: "saidTime", message: "Say at what time. Whoever you capture it for may be asked." }]
      : []),
    ...(!(draft.saidTime === "" || /^([01]\d|2[0-3]):[0-5]\d$/.test(draft.saidTime))
      ? [{ field: "saidTime", message: "Write the time as 09:30, or leave it empty." }]
      : []),
    ...(!(Object.hasOwn(RECORD_METHODS, draft.method) || (draft.method === "" && draft.principal === ""))
      ? [{ field: "method", message: "Say how you copied it." }]
      : []),
    ...textProblems("content", draft.content, "Write a summary, or copy the text.", LONGEST_CONTENT),
    ...textProblems("system", draft.system, "Say which system you copied it into.", LONGEST_RECORD_LINE),
    ...textProblems("systemReference", draft.systemReference, "Say how it can be found there.", LONGEST_RECORD_LINE),
    ...(schedule.length > 0 ? classProblems(draft, schedule, today) : ownClassProblems(draft)),
  ];
}

function classProblems({ retentionClass, eventOn }: RecordDraft, schedule: readonly RetentionClass[], today: string) {
  const isKnown = retentionClass === CLASS_UNSURE || schedule.some(({ id }) => id === retentionClass);
  return [
    ...problemIf(!isKnown, "retentionClass", "Choose a class, or say that you are not sure."),
    ...pastDay("eventOn", eventOn, null, today, "The day it counts from"),
  ];
}

function ownClassProblems({ className, keepUntil }: RecordDraft): FieldProblem[] {
  const missing = "Name the class, or write that you do not know.";
  return [
    ...textProblems("className", className, missing, LONGEST_RECORD_LINE),
    ...dayProblems("keepUntil", keepUntil, null),
  ];
}

function pastDay(field: string, date: TypedDate, missing: string | null, today: string, what: string): FieldProblem[] {
  if (date.kind !== "day") return dayProblems(field, date, missing);
  return date.day > today ? [{ field, message: `${what} must be today or earlier.` }] : [];
}

/** What is stored of a record. */
export type RecordText = ReturnType<typeof textOf>;

/** The draft in the form to be stored. @throws if the draft has problems */
export function textOf(draft: RecordDraft, schedule: readonly RetentionClass[]) {
  const saidOn = dayOf(draft.saidOn);
  if (saidOn === null) throw new Error("A record without a day was not refused.");
  const { about, chat, participants, content, system, systemReference } = draft;
  const [saidTime, method] = [draft.saidTime || null, draft.method || null];
  const kind = schedule.find(({ id }) => id === draft.retentionClass);
  const eventOn = kind?.after ? dayOf(draft.eventOn) : null;
  const retention: Record<"classId" | "className" | "keepUntil", string | null> =
    schedule.length === 0
      ? { classId: null, className: draft.className, keepUntil: dayOf(draft.keepUntil) }
      : kind
        ? { classId: kind.id, className: kind.name, keepUntil: retainedUntil(kind, { saidOn, eventOn }) }
        : { classId: null, className: null, keepUntil: null };
  const message = { about, saidOn, saidTime, chat, participants, content, method };
  return { ...message, system, systemReference, eventOn, ...retention };
}

/** The parts of a record that decide who may do what with it. */
export interface Captured {
  body: string;
  /** Who captured it. */
  personId: string;
  /** On whose behalf; null for their own. */
  principalId?: string | null;
  disposedAt: Date | null;
}

type Reader = Pick<Actor, "personId" | "roles" | "body">;

/** Whether somebody may read it: who captured it, on whose behalf, and readers of its body's register. */
export const mayReadRecord = (
  actor: Reader,
  { body, personId, principalId }: Pick<Captured, "body" | "personId" | "principalId">,
): boolean => may(actor, "record.read", { body, ownerId: personId, isInvolved: principalId === actor.personId });

/**
 * Whether somebody may correct it: whoever captured it, and those who may dispose of records; nobody once it is
 * disposed of.
 */
export const mayCorrectRecord = (actor: Reader, { body, personId, disposedAt }: Captured): boolean =>
  disposedAt === null && may(actor, "record.correct", { body, ownerId: personId });

/** What a record says, for whatever looks for people or words in it. */
export function textsOfRecord(record: {
  about: string;
  chat: string;
  participants: string;
  content: string;
  system: string;
  systemReference: string;
}): string[] {
  const { about, chat, participants, content, system, systemReference } = record;
  return [about, chat, participants, content, system, systemReference];
}
