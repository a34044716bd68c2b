import { dateValues } from "#app/_portal/date-values.ts";
import type { FormState } from "#app/_portal/form-state.ts";
import { DateField } from "#app/_ui/date-field.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Section } from "#app/_ui/section.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { CLASS_UNSURE, RECORD_METHODS } from "#domain/registers/record/record.ts";
import { keepRule } from "#domain/policy/policy/retention-class.ts";
import type { StoredRecord } from "#server/registers/record/queries.ts";
import type { Setting } from "#server/registers/record/queries.ts";

type Props = { setting: Setting; formState: FormState; stored?: Stored | undefined };
type Stored = Pick<
  StoredRecord,
  | "about"
  | "saidOn"
  | "saidTime"
  | "method"
  | "group"
  | "chat"
  | "participants"
  | "content"
  | "system"
  | "systemReference"
  | "classId"
  | "className"
  | "eventOn"
  | "keepUntil"
>;

/** The fields of a record, in three short sections. */
export function RecordFields({ setting: { body, groups }, formState, stored }: Props) {
  const text = textOf(formState);
  return (
    <>
      <Section title="The message">
        <WhenAndWhere groups={groups} formState={formState} stored={stored} />
        <TextField
          {...text("participants", stored?.participants)}
          label="Who took part?"
          hint="Names or roles. Requests for information are searched by these names."
          lines={2}
        />
        <TextField
          {...text("content", stored?.content)}
          label="What was said or decided?"
          hint="A summary, or the text. Leave out anything the record does not need."
          lines={7}
        />
        <SelectField
          name="method"
          label="How did you copy it?"
          options={[
            { value: "", label: "Choose" },
            ...Object.entries(RECORD_METHODS).map(([value, label]) => ({ value, label })),
          ]}
          defaultValue={formState.value("method", stored?.method ?? "")}
          error={formState.errorOf("method")}
        />
        {!stored && (
          <TextField
            {...text("principal")}
            name="principal"
            label="On whose behalf? (optional)"
            hint="If you capture it for somebody you work for: their name or work e-mail address. They are told, and can read it."
            width="half"
          />
        )}
      </Section>
      <Section title="Where it is kept">
        <TextField
          {...text("system", stored?.system)}
          label="Which system did you copy it into?"
          hint="An approved one: the case system, a shared drive, e-mail."
          width="half"
        />
        <TextField
          {...text("systemReference", stored?.systemReference)}
          label="How can it be found there?"
          hint="A case number, a folder, or the subject of an e-mail."
          width="half"
        />
      </Section>
      <Section title="How long it is kept">
        <ClassFields body={body} formState={formState} stored={stored} />
      </Section>
    </>
  );
}

const textOf =
  (formState: Props["formState"]) =>
  (name: keyof Stored | "principal", before = "") => ({
    name,
    defaultValue: formState.value(name, before),
    error: formState.errorOf(name),
  });

function WhenAndWhere({ groups, formState, stored }: Pick<Props, "formState" | "stored"> & Pick<Setting, "groups">) {
  const text = textOf(formState);
  return (
    <>
      <TextField
        {...text("about", stored?.about)}
        label="What is it about?"
        hint="A few words to find it by: “Closing the hall on Friday”."
      />
      <DateField
        name="saidOn"
        legend="When was it said?"
        hint="For example, 27 3 2026"
        values={dateValues(formState, "saidOn", stored?.saidOn)}
        error={formState.errorOf("saidOn")}
      />
      <TextField
        {...text("saidTime", stored?.saidTime ?? "")}
        label="At what time?"
        hint="For example, 09:30. Leave it empty if you do not know."
        width="short"
      />
      {groups.length > 0 && (
        <SelectField
          name="group"
          label="In which group?"
          options={[
            { value: "", label: "Another chat" },
            ...groups.map(({ reference, name }) => ({ value: reference, label: `${name} (${reference})` })),
          ]}
          defaultValue={formState.value("group", stored?.group?.reference)}
          error={formState.errorOf("group")}
        />
      )}
      <TextField
        {...text("chat", stored?.chat)}
        label={groups.length > 0 ? "Another chat, in words" : "In which chat?"}
        hint="“WhatsApp, between me and the caretaker”. No phone numbers."
      />
    </>
  );
}

function ClassFields({ body, formState, stored }: Pick<Props, "formState" | "stored"> & Pick<Setting, "body">) {
  const { retentionSchedule: schedule } = body;
  if (schedule.length === 0)
    return (
      <>
        <p>{body.name} has not entered its retention schedule here. Name the class in your own schedule.</p>
        <TextField
          name="className"
          label="Retention class"
          hint="If you do not know, write that: whoever decides about it sees it."
          width="half"
          defaultValue={formState.value("className", stored?.className ?? "")}
          error={formState.errorOf("className")}
        />
        <DateField
          name="keepUntil"
          legend="Last day on which it is kept, if you know it"
          hint="Disposal is proposed after it. For example, 27 3 2032"
          values={dateValues(formState, "keepUntil", stored?.keepUntil)}
          error={formState.errorOf("keepUntil")}
        />
      </>
    );
  const before = stored && (stored.classId ?? CLASS_UNSURE);
  const chosen = (id: string) => formState.isChosen("retentionClass", id, before === id);
  return (
    <>
      <RadioQuestion
        name="retentionClass"
        heading={false}
        question="Which class of the schedule fits?"
        error={formState.errorOf("retentionClass")}
        options={[
          ...schedule.map(({ id, name, ...rule }) => ({
            value: id,
            label: name,
            hint: `${keepRule(rule)}.`,
            checked: chosen(id),
          })),
          {
            value: CLASS_UNSURE,
            label: "I am not sure",
            hint: "It is chosen for you, and you are told.",
            checked: chosen(CLASS_UNSURE),
          },
        ]}
      />
      {schedule.some(({ after }) => after !== null) && (
        <DateField
          name="eventOn"
          legend="Day that the class counts from, if it has passed"
          hint={`Only for: ${schedule.flatMap(({ after }) => after ?? []).join("; ")}. Leave it empty until then.`}
          values={dateValues(formState, "eventOn", stored?.eventOn)}
          error={formState.errorOf("eventOn")}
        />
      )}
    </>
  );
}
