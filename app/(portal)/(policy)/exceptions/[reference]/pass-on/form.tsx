import { capacityInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { openChoice, revision, text, type Options } from "#app/_portal/form/field.tsx";
import { listReceivers } from "#server/policy/exception/queries.ts";
import { passOnException } from "#server/policy/exception/pass-on-service.ts";
import { commandForm } from "../command-form.tsx";
import { RequestInShort } from "../request-in-short.tsx";

/** Pass on to somebody who may decide on it, and say why. */
export const form = commandForm("pass-on", {
  verb: "Pass on",
  fields: {
    revision: revision(),
    to: openChoice("Who decides on it?"),
    reason: text("Why do you pass it on?", {
      hint: "They read this, and so does the person who asked. It is kept as evidence.",
      lines: 4,
    }),
  },
  stored: ({ view }) => ({ revision: view.exception.revision }),
  body: async ({ actor, view, field }) => {
    const receivers = await listReceivers(actor, view.exception);
    const options: Options = Object.fromEntries(
      receivers.map((one) => [one.id, { label: one.name, hint: one.capacities.map(capacityInWords).join(", ") }]),
    );
    return (
      <>
        <RequestInShort view={view} />
        {receivers.length === 0 ? (
          <p>Nobody else may decide on it now. Decide on it yourself, or ask an administrator to name somebody.</p>
        ) : (
          <>
            {field("to", { options })}
            {field("reason")}
          </>
        )}
      </>
    );
  },
  button: "Pass on",
  submit: ({ actor, params, values: { revision: seen, to, reason } }) =>
    passOnException(actor, params.reference, seen, to, reason),
  done: "passed-on",
});
