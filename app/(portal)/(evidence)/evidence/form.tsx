import { current } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, wholeQuery } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { exportEvidenceList } from "#server/evidence/journal/export-service.ts";
import { evidence } from "./register.tsx";

/** The journal of the reader's body, for governance officers and auditors. */
export const page = definePage({
  path: "/evidence",
  suffix: wholeQuery,
  read: ({ actor, query }) => evidence.read(actor, query),
  heading: "Evidence",
  title: ({ view }) => (Object.keys(view.wrong).length > 0 ? "Error: Evidence" : "Evidence"),
});

/** Saves the rows that were asked for as a file. A post, because it is recorded. */
export const form = defineForm(page, {
  fields: {
    event: current(),
    policy: current(),
    actor: current(),
    subject: current(),
    from: current(),
    until: current(),
    sort: current(),
  },
  stored: ({ view }) => ({ ...view.asked }),
  button: (
    <div className="space-y-2">
      <Button look="quiet">Save this list as a file (CSV)</Button>
      <p className="text-small text-soft">
        It has names, and nothing that people wrote. The evidence records that you did, and what you searched for.
      </p>
    </div>
  ),
  async submit({ actor, values }) {
    const handed = await exportEvidenceList(actor, evidence.asked(values));
    return handed && { file: evidence.respond(handed.fileName, handed.entries) };
  },
});
