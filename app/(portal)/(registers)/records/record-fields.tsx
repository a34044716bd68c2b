import { PageSection } from "#app/_ui/layout.tsx";
import { date, openChoice, select, text, type ShowField } from "#app/_portal/form/field.tsx";
import { CLASS_UNSURE, RECORD_METHODS } from "#domain/registers/record/record.ts";
import { keepRule } from "#domain/policy/policy/retention-class.ts";
import type { Setting, StoredRecord } from "#server/registers/record/queries.ts";

/** The fields of a record. */
export const RECORD_FIELDS = {
  about: text("What is it about?", { hint: "A few words to find it by: “Closing the hall on Friday”." }),
  saidOn: date("When was it said?", "the day of the message", "For example, 27 3 2026"),
  saidTime: text("At what time?", { hint: "For example, 09:30. Leave it empty if you do not know.", width: "short" }),
  group: select("In which group?"),
  chat: text("In which chat?", { hint: "“WhatsApp, between me and the caretaker”. No phone numbers." }),
  participants: text("Who took part?", {
    hint: "Names or roles. Requests for information are searched by these names.",
    lines: 2,
  }),
  content: text("What was said or decided?", {
    hint: "A summary, or the text. Leave out anything the record does not need.",
    lines: 7,
  }),
  method: select("How did you copy it?"),
  principal: text("On whose behalf? (optional)", {
    hint: "If you capture it for somebody you work for: their name or work e-mail address. They are told, and can read it.",
    width: "half",
  }),
  system: text("Which system did you copy it into?", {
    hint: "An approved one: the case system, a shared drive, e-mail.",
    width: "half",
  }),
  systemReference: text("How can it be found there?", {
    hint: "A case number, a folder, or the subject of an e-mail.",
    width: "half",
  }),
  retentionClass: openChoice("Which class of the schedule fits?"),
  eventOn: date("Day that the class counts from, if it has passed", "the day it counts from"),
  className: text("Retention class", {
    hint: "If you do not know, write that: whoever decides about it sees it.",
    width: "half",
  }),
  keepUntil: date(
    "Last day on which it is kept, if you know it",
    "the last day",
    "Disposal is proposed after it. For example, 27 3 2032",
  ),
};

/** What the fields show of a record that is corrected. */
export function storedFields({ group, classId, principal: _, ...record }: Omit<StoredRecord, "revisions">) {
  return { ...record, group: group?.reference, retentionClass: classId ?? CLASS_UNSURE };
}

type Props = { setting: Setting; field: ShowField<typeof RECORD_FIELDS>; isNew?: boolean };

/** The fields in three short sections. */
export function RecordFields({ setting: { body, groups }, field, isNew = false }: Props) {
  const named = groups.map(({ reference, name }) => [reference, `${name} (${reference})`] as const);
  return (
    <>
      <PageSection title="The message">
        {field("about")}
        {field("saidOn")}
        {field("saidTime")}
        {groups.length > 0 && field("group", { options: { "": "Another chat", ...Object.fromEntries(named) } })}
        {field("chat", groups.length > 0 ? { label: "Another chat, in words" } : {})}
        {field("participants")}
        {field("content")}
        {field("method", { options: { "": "Choose", ...RECORD_METHODS } })}
        {isNew && field("principal")}
      </PageSection>
      <PageSection title="Where it is kept">
        {field("system")}
        {field("systemReference")}
      </PageSection>
      <PageSection title="How long it is kept">
        <ClassFields body={body} field={field} />
      </PageSection>
    </>
  );
}

function ClassFields({ body, field }: Pick<Props, "field"> & Pick<Setting, "body">) {
  const { retentionSchedule: schedule } = body;
  if (schedule.length === 0)
    return (
      <>
        <p>{body.name} has not entered its retention schedule here. Name the class in your own schedule.</p>
        {field("className")}
        {field("keepUntil")}
      </>
    );
  const counted = schedule.flatMap(({ after }) => after ?? []);
  const classes = schedule.map(({ id, name, ...rule }) => [id, { label: name, hint: `${keepRule(rule)}.` }] as const);
  const unsure = { label: "I am not sure", hint: "It is chosen for you, and you are told." };
  return (
    <>
      {field("retentionClass", { options: { ...Object.fromEntries(classes), [CLASS_UNSURE]: unsure } })}
      {schedule.some(({ after }) => after !== null) &&
        field("eventOn", { hint: `Only for: ${counted.join("; ")}. Leave it empty until then.` })}
    </>
  );
}
