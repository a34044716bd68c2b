import { choice, date, text } from "#app/_portal/form/field.tsx";
import { LONGEST_REQUESTED_TEXT, REQUEST_KINDS } from "#domain/registers/information-request/information-request.ts";

export const UP_TO_TEXT = `Up to ${LONGEST_REQUESTED_TEXT.toLocaleString("en-GB")} characters.`;

/** The fields of a request, as it is entered and corrected. */
export const requestFields = {
  kind: choice("What is it?", {
    foi: { label: REQUEST_KINDS.foi.label, hint: "20 working days." },
    environmental: { label: REQUEST_KINDS.environmental.label, hint: "20 working days." },
    "subject-access": { label: REQUEST_KINDS["subject-access"].label, hint: "One month." },
    complaint: { label: REQUEST_KINDS.complaint.label, hint: "By somebody outside. Acknowledge it within 30 days." },
    regulator: { label: REQUEST_KINDS.regulator.label, hint: "You set the last day." },
    inquiry: { label: REQUEST_KINDS.inquiry.label, hint: "You set the last day." },
    litigation: { label: REQUEST_KINDS.litigation.label, hint: "You set the last day." },
  }),
  requester: text("Who asks?", {
    hint: "As your file names them, with its number. People who are asked to search do not see it.",
    width: "half",
    autoComplete: "off",
  }),
  asked: text("What is asked?", { hint: `Copy the words of the request. ${UP_TO_TEXT}`, lines: 6 }),
  receivedOn: date("When did it come in?", "the day it came in", "For example, 24 11 2026"),
};
