import { date, openChoice, text } from "#app/_portal/form/field.tsx";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { dayOf } from "#domain/base/form/form-values.ts";
import { isMissed } from "#domain/policy/exception/request.ts";
import { giveMoreTime } from "#server/policy/exception/service.ts";
import { getToday } from "#server/policy/exception/queries.ts";
import { commandForm } from "../command-form.tsx";

/** Give more time for a condition that was not met, instead of revoking the exception. */
export const { generateMetadata, Page, GET, POST } = commandForm("give-more-time", {
  verb: "Give more time for",
  fields: {
    condition: openChoice("For which condition?"),
    until: date("By which day now?", "the new day"),
    reason: text("Why do you give more time?", {
      hint: "The person who holds the exception reads this. It is kept as evidence.",
      lines: 4,
    }),
  },
  stored: ({ view: { exception } }) => ({
    condition: exception.conditions.find((one) => isMissed(one, getToday()))?.id,
  }),
  body: ({ view: { exception }, field }) => {
    const missed = exception.conditions.filter((one) => isMissed(one, getToday()));
    if (missed.length === 0) return <p>Every condition is met, or its day has not passed.</p>;
    const options = Object.fromEntries(
      missed.map(({ id, text: label, dueOn }) => [
        id,
        { label, hint: dueOn && `It was due on ${dateInWords(dueOn)}.` },
      ]),
    );
    return (
      <>
        {field("condition", { options })}
        {field("until", {
          hint: exception.endsAt && `The exception ends on ${dateInWords(lastDay(exception.endsAt))}.`,
        })}
        {field("reason")}
      </>
    );
  },
  button: "Give more time",
  async submit({ actor, params, values: { until, ...sent } }) {
    const result = await giveMoreTime(actor, params.reference, { ...sent, until: dayOf(until) });
    if (!("problems" in result) || until.kind !== "wrong") return result;
    const { message } = until;
    return { ...result, problems: result.problems.map((one) => (one.field === "until" ? { ...one, message } : one)) };
  },
  done: "more-time",
});
