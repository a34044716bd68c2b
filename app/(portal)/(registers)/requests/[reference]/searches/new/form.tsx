import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { date, lines, startKey, text } from "#app/_portal/form/field.tsx";
import { askToSearch } from "#server/registers/information-request/search-service.ts";
import { ofRequest, underRequest } from "../../request-page.ts";
import { UP_TO_TEXT } from "../../../request-fields.tsx";

const page = definePage({
  path: "/requests/[reference]/searches/new",
  ...underRequest("search"),
  heading: ({ view }) => `Ask people to search for ${view.reference}`,
  intro: <p>Each person is told at once. They see what you write here, not the request itself and not who made it.</p>,
});

/** Asks named people to search chats, apps and devices for a period. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    people: lines("Who has to search?", {
      hint: "One on each line: their work e-mail address, or their whole name.",
      lines: 4,
    }),
    lookFor: text("What do they look for?", { hint: `Do not say who asked. ${UP_TO_TEXT}`, lines: 4 }),
    chats: text("In which chats?", {
      hint: "“The rota group, and one-to-one chats with Highways”, for example.",
      lines: 2,
    }),
    apps: text("In which apps?", { hint: "“WhatsApp, Signal and text messages”, for example.", width: "half" }),
    devices: text("On which devices?", { hint: "“Work phone and own phone”, for example.", width: "half" }),
    firstDay: date("First day of the period (optional)", "the first day", "For example, 1 9 2026"),
    lastDay: date("Last day of the period (optional)", "the last day"),
    answerBy: date(
      "By when do you need the answer?",
      "the day",
      "They are reminded the working day before, and after.",
    ),
  },
  button: "Ask them to search",
  submit: ({ actor, params, values: { startKey, ...draft } }) =>
    askToSearch(actor, params.reference, { startKey, draft }),
  done: ofRequest,
});
