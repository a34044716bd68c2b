import type { FormValues } from "#domain/base/form/form-values.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import type { RecordDraft } from "#domain/registers/record/record.ts";

/** What a form about a record sent. */
export function readRecord(form: FormValues): RecordDraft {
  return {
    principal: form.text("principal"),
    method: form.text("method"),
    saidTime: form.text("saidTime"),
    about: form.text("about"),
    saidOn: readDate(form, "saidOn", "the day of the message"),
    group: form.text("group"),
    chat: form.text("chat"),
    participants: form.text("participants"),
    content: form.text("content"),
    system: form.text("system"),
    systemReference: form.text("systemReference"),
    retentionClass: form.text("retentionClass"),
    eventOn: readDate(form, "eventOn", "the day it counts from"),
    className: form.text("className"),
    keepUntil: readDate(form, "keepUntil", "the last day"),
  };
}

/** The field names of such a form, for a page that carries them along. */
export const RECORD_FIELDS = [
  "principal",
  "method",
  "saidTime",
  "about",
  "saidOn-day",
  "saidOn-month",
  "saidOn-year",
  "group",
  "chat",
  "participants",
  "content",
  "system",
  "systemReference",
  "retentionClass",
  "eventOn-day",
  "eventOn-month",
  "eventOn-year",
  "className",
  "keepUntil-day",
  "keepUntil-month",
  "keepUntil-year",
] as const;
