import { custom } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { getSharedWithMe, listChangedResults } from "#server/answers/receipt/queries.ts";
import { markSeen } from "#server/answers/receipt/service.ts";
import { receipts } from "./register.tsx";

/** The results somebody kept, newest first; for line managers also what their team shares with them. */
export const page = definePage({
  path: "/decisions",
  async read({ actor, query }) {
    const [own, shared, changed] = await Promise.all([
      receipts.read(actor, query),
      getSharedWithMe(actor, readPageCursor(query, "shared")),
      listChangedResults(actor),
    ]);
    return own && { own, shared, changed: changed.reduce((sum, { receipts }) => sum + receipts.length, 0) };
  },
  heading: "Your kept results",
});

/**
 * Records that somebody has seen what new versions say about their kept results: all, or those of a task's `policy`.
 */
export const seenForm = defineForm(page, {
  action: "/decisions/seen/send",
  fields: { policy: custom((sent) => sent.text("policy")) },
  button: <Button look="quiet">I have looked at them</Button>,
  submit: ({ actor, values }) => markSeen(actor, { policy: values.policy || undefined }),
});
