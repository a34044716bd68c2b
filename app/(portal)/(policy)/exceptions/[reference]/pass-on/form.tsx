import { capacityInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { openChoice, revision, text, type Options } from "#app/_portal/form/field.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { listReceivers, type ExceptionView } from "#server/policy/exception/queries.ts";
import { passOnException } from "#server/policy/exception/service.ts";
import { commandForm, RequestInShort } from "../command-form.tsx";

/** Pass on to somebody who may decide on it, and say why. */
export const { generateMetadata, Page, GET, POST } = commandForm("pass-on", {
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
  body: ({ actor, view, field }) => (
    <>
      <RequestInShort view={view} />
      <Receivers actor={actor} view={view}>
        {(options) => (
          <>
            {field("to", { options })}
            {field("reason")}
          </>
        )}
      </Receivers>
    </>
  ),
  button: "Pass on",
  submit: ({ actor, params, values: { revision: seen, to, reason } }) =>
    passOnException(actor, params.reference, seen, to, reason),
  done: "passed-on",
});

type ReceiversProps = { actor: Actor; view: ExceptionView; children: (options: Options) => React.ReactNode };

/** The people to choose from, or that there are none. */
async function Receivers({ actor, view, children }: ReceiversProps) {
  const receivers = await listReceivers(actor, view.exception);
  if (receivers.length === 0)
    return <p>Nobody else may decide on it now. Decide on it yourself, or ask an administrator to name somebody.</p>;
  const options: Options = Object.fromEntries(
    receivers.map((one) => [one.id, { label: one.name, hint: one.capacities.map(capacityInWords).join(", ") }]),
  );
  return children(options);
}
