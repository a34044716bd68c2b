import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { date, startKey } from "#app/_portal/form/field.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { enterRequest } from "#server/registers/information-request/service.ts";
import { requestFields } from "../request-fields.tsx";

const page = definePage({
  path: "/requests/new",
  read: ({ actor }) => (can(actor, "information-request.handle", actor) ? {} : null),
  heading: "Enter a request",
  back: { href: "/requests", label: "Information requests" },
  intro: <p>You handle it, until you pass it on. Its page is where you place a hold and ask people to search.</p>,
});

/** For those who handle requests: what came in, when, and by when it must be answered. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    ...requestFields,
    dueOn: date(
      "Last day to answer",
      "the last day",
      "Only for a regulator, an inquiry or a court case. The others have a clock of their own.",
    ),
  },
  button: "Enter the request",
  submit: ({ actor, values: { startKey, ...draft } }) => enterRequest(actor, { startKey, draft }),
  done: ({ reference }) => `/requests/${reference}?done=1`,
});
