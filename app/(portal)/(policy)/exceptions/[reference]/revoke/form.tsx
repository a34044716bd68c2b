import { text } from "#app/_portal/form/field.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { revokeException } from "#server/policy/exception/service.ts";
import { commandForm, RequestInShort } from "../command-form.tsx";

/** End an approved exception early. */
export const { generateMetadata, Page, GET, POST } = commandForm("revoke", {
  verb: "Revoke",
  fields: {
    reason: text("Why do you revoke it?", {
      hint: "The person who asked reads this. It is kept as evidence.",
      lines: 5,
    }),
  },
  lead: ({ view }) => (
    <>
      <Banner tone="warning" title="It ends at once">
        <p>
          From the moment you revoke it, it covers nobody, even in the middle of a job. Tell the people it covers first.
          This cannot be undone.
        </p>
        {view.exception.extended && (
          <p>
            It was extended as {view.exception.extended.reference}, which you do not revoke with it. Revoke that one too
            if it should not go on.
          </p>
        )}
      </Banner>
      <RequestInShort view={view} />
    </>
  ),
  button: "Revoke",
  submit: ({ actor, params, values }) => revokeException(actor, params.reference, values.reason),
  done: "revoked",
});
