import { laterDecidersInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { date, lines, revision, text } from "#app/_portal/form/field.tsx";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { dayOf } from "#domain/base/form/typed-date.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { commandForm } from "../command-form.tsx";
import { RequestInShort } from "../request-in-short.tsx";

/** Approve: why, on which conditions, and until when. */
export const form = commandForm("approve", {
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
    until: date("Last day", "the last day"),
  },
  // Where more than one approves, what the first gave stands in the next one's form.
  stored: ({ view: { exception } }) => ({
    revision: exception.revision,
    conditions: exception.conditions.join("\n"),
    until: exception.endsAt ? lastDay(exception.endsAt) : exception.wantedUntil,
  }),
  body: ({ view, field }) => {
    const { wantedUntil } = view.exception;
    const after = laterDecidersInWords(view);
    const asked =
      wantedUntil && `Asked for: ${dateInWords(wantedUntil)}. You can give an earlier day, not a later one.`;
    return (
      <>
        <RequestInShort view={view} />
        {after && <p>After you, somebody else approves it as well: {after}.</p>}
        {field("reason")}
        {field("conditions")}
        {field("until", { hint: asked })}
      </>
    );
  },
  button: "Approve",
  async submit({ actor, params, values: { revision, until, ...sent } }) {
    const approval = { ...sent, until: dayOf(until) };
    const result = await approveException(actor, params.reference, revision, approval);
    if (!("problems" in result) || until.kind !== "wrong") return result;
    const { message } = until;
    return { ...result, problems: result.problems.map((one) => (one.field === "until" ? { ...one, message } : one)) };
  },
  done: "approved",
});
