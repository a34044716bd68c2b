import { choice, current, date, revision, select, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { OUTCOMES, PAUSE_REASONS, REQUEST_STATES } from "#domain/registers/information-request/information-request.ts";
import { getInformationRequest } from "#server/registers/information-request/queries.ts";
import { takeSearchBack } from "#server/registers/information-request/search-service.ts";
import {
  acknowledgeComplaint,
  closeRequest,
  passRequestOn,
  pauseRequest,
  reopenRequest,
  resumeRequest,
  setRequestDay,
} from "#server/registers/information-request/service.ts";

/** One request: for who handles it and auditors all of it, for who complains what came of their complaint. */
export const page = definePage({
  path: "/requests/[reference]",
  reference: "REQ",
  read: ({ actor, params }) => getInformationRequest(actor, params.reference),
  gap: "section",
  back: { href: "/requests", label: "Information requests" },
  heading: ({ view: { reference, kind } }) => `${kind === "complaint" ? "Complaint" : "Request"} ${reference}`,
});

const seen = revision();
const quiet = (words: string) => <Button look="quiet">{words}</Button>;

export const passOnForm = defineForm(page, {
  do: "pass-on",
  fields: { seen, to: select("Who handles it?") },
  stored: ({ view, actor }) => ({ seen: view.revision, to: view.file?.handler?.id ?? actor.personId }),
  body({ view, actor, field }) {
    const others = (view.file?.others ?? []).map(({ id, name }) => [id, name] as const);
    return field("to", { options: Object.fromEntries([[actor.personId, "Me"] as const, ...others]) });
  },
  button: quiet("Save who handles it"),
  submit: ({ actor, params, values }) => passRequestOn(actor, params.reference, values),
});

export const dayForm = defineForm(page, {
  do: "set-day",
  fields: {
    seen,
    dueOn: date("Another last day", "the last day", "An extension, or a day that a regulator or a court gave."),
    dayReason: text("Why, and which rule allows it?", { lines: 2 }),
  },
  stored: ({ view: { revision: seen, dueOn } }) => ({ seen, dueOn }),
  button: quiet("Set the day"),
  submit: ({ actor, params, values: { dayReason, ...sent } }) =>
    setRequestDay(actor, params.reference, { ...sent, reason: dayReason }),
});

export const pauseForm = defineForm(page, {
  do: "pause",
  fields: {
    seen,
    why: choice("Why does the clock stop?", PAUSE_REASONS),
    words: text("In your words (optional)", { lines: 2 }),
    from: date("Since when?", "the day", "The day you asked. It still counts; the days after it do not."),
  },
  stored: ({ view }) => ({ seen: view.revision }),
  button: quiet("Stop the clock"),
  submit: ({ actor, params, values }) => pauseRequest(actor, params.reference, values),
});

export const resumeForm = defineForm(page, {
  do: "resume",
  fields: { seen, until: date("When did the answer come?", "the day", "The clock goes on the day after.") },
  stored: ({ view }) => ({ seen: view.revision }),
  button: "Let the clock go on",
  submit: ({ actor, params, values }) => resumeRequest(actor, params.reference, values),
});

export const acknowledgeForm = defineForm(page, {
  do: "acknowledge",
  fields: {
    seen,
    acknowledgedOn: date("When was it acknowledged?", "the day", "An employee is told here, somebody outside by you."),
    outcomeBy: date("By when do they hear what came of it?", "the day", "Without undue delay. They are told this day."),
  },
  stored: ({ view }) => ({ seen: view.revision }),
  button: "Record the acknowledgement",
  submit: ({ actor, params, values: { acknowledgedOn, outcomeBy, seen } }) =>
    acknowledgeComplaint(actor, params.reference, { seen, on: acknowledgedOn, dueOn: outcomeBy }),
});

export const takeBackForm = defineForm(page, {
  do: "take-back",
  fields: { position: current(), endReason: text("Why does nobody have to answer it?", { lines: 2 }) },
  submit: ({ actor, params, values: { position, endReason } }) =>
    takeSearchBack(actor, params.reference, { position: Number(position), reason: endReason }),
});

export const closeRequestForm = defineForm(page, {
  do: "close",
  fields: {
    seen,
    state: choice("How did it end?", {
      [OUTCOMES[0]]: REQUEST_STATES.answered,
      [OUTCOMES[1]]: { label: REQUEST_STATES.refused, hint: "Also where it would cost too much." },
      [OUTCOMES[2]]: { label: REQUEST_STATES.withdrawn, hint: "Also where no clarification came." },
    }),
    closedOn: date("On which day?", "the day"),
    outcome: text("What came of it?", { hint: "An employee who complained reads this.", lines: 4 }),
  },
  stored: ({ view }) => ({ seen: view.revision }),
  button: "Close the request",
  submit: ({ actor, params, values: { closedOn, outcome, seen, state } }) =>
    closeRequest(actor, params.reference, { seen, state, on: closedOn, words: outcome }),
});

export const reopenForm = defineForm(page, {
  do: "reopen",
  fields: {
    seen,
    reopenReason: text("Why do you reopen it?", { hint: "A review of the answer, for example.", lines: 2 }),
  },
  stored: ({ view }) => ({ seen: view.revision }),
  button: quiet("Reopen the request"),
  submit: ({ actor, params, values: { seen, reopenReason } }) =>
    reopenRequest(actor, params.reference, { seen, reason: reopenReason }),
});
