import { revision, text } from "#app/_portal/form/field.tsx";
import { declineException } from "#server/policy/exception/service.ts";
import { commandForm, RequestInShort } from "../command-form.tsx";

/** Decline, and say why. */
export const { generateMetadata, Page, GET, POST } = commandForm("decline", {
  verb: "Decline",
  fields: {
    revision: revision(),
    reason: text("Why do you decline it?", {
      hint: "The person who asked reads this. Say what they can do instead. It is kept as evidence.",
      lines: 6,
    }),
  },
  stored: ({ view }) => ({ revision: view.exception.revision }),
  lead: ({ view }) => <RequestInShort view={view} />,
  button: "Decline",
  submit: ({ actor, params, values }) => declineException(actor, params.reference, values.revision, values.reason),
  done: "declined",
});
