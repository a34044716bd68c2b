import { choice, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, refused } from "#app/_portal/form/form.tsx";
import { LONGEST_DECLINE_REASON, DECLINE_THEMES } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { getDecline } from "#server/policy/acknowledgement/queries.ts";
import { answerDecline } from "#server/policy/acknowledgement/service.ts";

/** For the policy owner: who declined and why. */
export const page = definePage({
  path: "/acknowledgements/[reference]/reply",
  reference: "ACK",
  read: ({ actor, params }) => getDecline(actor, params.reference),
  heading: "Answer a decline",
  section: "tasks",
  back: { href: "/tasks", label: "Your tasks" },
  kicker: ({ view }) => view.reference,
});

/** The single reply to a decline. */
export const { form, GET, POST } = defineFormPage(page, {
  fields: {
    theme: choice(
      "What is the decline about?",
      DECLINE_THEMES,
      "The board sees how many declines are about each theme, and nothing that anybody wrote.",
    ),
    reply: text("Your answer", {
      hint: `They read it, and are asked to answer the policy again. You can answer once. Up to ${LONGEST_DECLINE_REASON.toLocaleString("en-GB")} characters.`,
      lines: 6,
    }),
  },
  button: "Send my answer",
  submit: ({ actor, params, values }) => answerDecline(actor, params.reference, values),
  done: ({ code }, { path }) =>
    code === "too-late"
      ? refused("This decline has been answered already. What you wrote was not sent; you find it below.")
      : path,
});
