import { type ApprovalCondition, MOST_DATED_CONDITIONS } from "#domain/policy/exception/request.ts";
import { laterDecidersInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { dateValues } from "#app/_portal/date-values.ts";
import type { FormState } from "#app/_portal/form-state.ts";
import { custom, date, lines, revision, text } from "#app/_portal/form/field.tsx";
import { Disclosure } from "#app/_ui/layout.tsx";
import { DateField, TextField } from "#app/_ui/fields.tsx";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { dayOf, type FieldProblem, readDate } from "#domain/base/form/form-values.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { commandForm, RequestInShort } from "../command-form.tsx";

const NUMBERS = Array.from({ length: MOST_DATED_CONDITIONS }, (_, at) => at + 1);

/** What has to be done by a day, as typed: rows that are not empty. */
const dated = custom((form) =>
  NUMBERS.flatMap((number) => {
    const words = form.text(`condition-${number}-text`);
    const due = readDate(form, `condition-${number}-due`, "the day it is due");
    return words === "" && due.kind === "empty" ? [] : [{ number, text: words, due }];
  }),
);

/** Approve: why, on which conditions, and until when. */
export const { generateMetadata, Page, GET, POST } = commandForm("approve", {
  verb: "Approve",
  fields: {
    revision: revision(),
    reason: text("Why do you approve it?", {
      hint: "The person who asked reads this. It is kept as evidence.",
      lines: 5,
    }),
    conditions: lines("Conditions", {
      hint: "One on each line. They are shown with every answer that this exception allows. Leave it empty for none.",
      lines: 5,
    }),
    dated,
    until: date("Last day", "the last day"),
  },
  // Where more than one approves, what the first gave stands in the next one's form.
  stored: ({ view: { exception } }) => ({
    revision: exception.revision,
    conditions: exception.conditions.flatMap(({ text, dueOn }) => (dueOn === null ? [text] : [])).join("\n"),
    until: exception.endsAt ? lastDay(exception.endsAt) : exception.wantedUntil,
  }),
  body: ({ view, formState, field }) => {
    const { wantedUntil, conditions } = view.exception;
    const after = laterDecidersInWords(view);
    const asked =
      wantedUntil && `Asked for: ${dateInWords(wantedUntil)}. You can give an earlier day, not a later one.`;
    return (
      <>
        <RequestInShort view={view} />
        {after && <p>After you, somebody else approves it as well: {after}.</p>}
        {field("reason")}
        {field("conditions")}
        <DatedConditions stored={conditions.filter(({ dueOn }) => dueOn !== null)} formState={formState} />
        {field("until", { hint: asked })}
      </>
    );
  },
  button: "Approve",
  async submit({ actor, params, values: { revision, until, dated, conditions, ...sent } }) {
    const wrong = [
      ...(until.kind === "wrong" ? [{ field: "until", message: until.message }] : []),
      ...dated.flatMap(({ number, due }) => dueProblem(number, due)),
    ];
    const approval = {
      ...sent,
      until: dayOf(until),
      conditions: [
        ...conditions.map((text) => ({ text, dueOn: null })),
        ...dated.map(({ text, due }) => ({ text, dueOn: dayOf(due) ?? UNKNOWN_DAY })),
      ],
    };
    const result = await approveException(actor, params.reference, revision, approval);
    if (!("problems" in result) || wrong.length === 0) return result;
    const others = result.problems.filter(({ field }) => !wrong.some((one) => one.field === field));
    return { ...result, problems: [...others, ...wrong] };
  },
  done: "approved",
});

/** Stands for a day that was not given or does not exist: the service refuses it, as it refuses any day that has passed. */
const UNKNOWN_DAY = "";

function dueProblem(number: number, due: ReturnType<typeof readDate>): FieldProblem[] {
  const field = `condition-${number}-due`;
  if (due.kind === "wrong") return [{ field, message: due.message }];
  return due.kind === "empty" ? [{ field, message: "Give the day by which it has to be done." }] : [];
}

/** Rows for what has to be done by a day; the first is open, the others are there for who needs them. */
function DatedConditions({ stored, formState }: { stored: readonly ApprovalCondition[]; formState: FormState }) {
  const [first, ...more] = NUMBERS.map((number) => (
    <DatedCondition key={number} number={number} stored={stored[number - 1]} formState={formState} />
  ));
  return (
    <>
      {first}
      <Disclosure summary="More conditions with a day">{more}</Disclosure>
    </>
  );
}

type DatedConditionProps = { number: number; stored: ApprovalCondition | undefined; formState: FormState };

function DatedCondition({ number, stored, formState }: DatedConditionProps) {
  const name = (part: string) => `condition-${number}-${part}`;
  return (
    <fieldset className="min-w-0 space-y-5 border-s-4 border-line ps-4">
      <legend className="font-bold">To be done by a day (optional)</legend>
      <TextField
        name={name("text")}
        label="What has to be done?"
        hint="It is a task of the person who asked. If it is not done in time, you are asked to review the exception."
        lines={2}
        defaultValue={formState.value(name("text"), stored?.text)}
        error={formState.errorOf(name("text"))}
      />
      <DateField
        name={name("due")}
        legend="By when?"
        error={formState.errorOf(name("due"))}
        values={dateValues(formState, name("due"), stored?.dueOn)}
      />
    </fieldset>
  );
}
