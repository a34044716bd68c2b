import { PageSection } from "#app/_ui/layout.tsx";
import { Fragment } from "react";
import { revision, text } from "#app/_portal/form/field.tsx";
import { SECTION_WORDS, REQUEST_SECTIONS, type SectionComments } from "#domain/policy/exception/request.ts";
import { requestChanges } from "#server/policy/exception/service.ts";
import { commandForm, RequestInShort } from "../command-form.tsx";

/** Send a request back: why, and what to change in which part. */
export const { generateMetadata, Page, GET, POST } = commandForm("request-changes", {
  verb: "Ask for changes to",
  fields: {
    revision: revision(),
    reason: text("What has to change, and why?", {
      hint: "The person who asked reads this, changes the request and sends it again.",
      lines: 5,
    }),
    "comment-why": text(SECTION_WORDS.why, { lines: 3 }),
    "comment-who": text(SECTION_WORDS.who, { lines: 3 }),
    "comment-risks": text(SECTION_WORDS.risks, { lines: 3 }),
  },
  stored: ({ view }) => ({ revision: view.exception.revision }),
  body: ({ view, field }) => (
    <>
      <RequestInShort view={view} />
      {field("reason")}
      <PageSection title="Part by part">
        <p>Write only where something has to change.</p>
        {REQUEST_SECTIONS.map((section) => (
          <Fragment key={section}>{field(`comment-${section}`)}</Fragment>
        ))}
      </PageSection>
    </>
  ),
  button: "Ask for changes",
  submit({ actor, params, values }) {
    const comments: SectionComments = {};
    for (const section of REQUEST_SECTIONS) {
      const comment = values[`comment-${section}`];
      if (comment) comments[section] = comment;
    }
    return requestChanges(actor, params.reference, values.revision, values.reason, comments);
  },
  done: "changes-requested",
});
