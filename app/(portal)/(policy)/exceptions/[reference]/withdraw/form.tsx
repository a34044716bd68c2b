import { text } from "#app/_portal/form/field.tsx";
import { withdrawException } from "#server/policy/exception/service.ts";
import { commandForm } from "../command-form.tsx";

/** Withdraw a request, or an approved exception. */
export const { generateMetadata, Page, GET, POST } = commandForm("withdraw", {
  verb: "Withdraw",
  fields: { reason: text("Why do you withdraw it?", { lines: 4 }) },
  lead: ({ view }) => (
    <p>
      {view.state === "approved"
        ? "The exception ends at once, for everyone it covers. The policy then applies in full. This cannot be undone."
        : "Nobody will decide on it. This cannot be undone; you can ask again."}
    </p>
  ),
  button: "Withdraw",
  submit: ({ actor, params, values }) => withdrawException(actor, params.reference, values.reason),
  done: "withdrawn",
});
