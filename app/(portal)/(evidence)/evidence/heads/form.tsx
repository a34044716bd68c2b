import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { getHeads } from "#server/evidence/head/queries.ts";
import { askForTimeStampsAgain } from "#server/evidence/head/service.ts";

/** The published heads of the body's evidence, for governance officers and auditors. */
export const page = definePage({
  path: "/evidence/heads",
  read: ({ actor, query }) => getHeads(actor, readPageCursor(query)),
  heading: "Published heads",
  back: { href: "/evidence", label: "Evidence" },
  intro: (
    <p>
      Each day the portal publishes a head: one number that stands for every row so far, signed. A certificate is
      checked against it without the other rows. Whoever keeps a head can show later if rows were changed.
    </p>
  ),
});

/** Has the time-stamps that were given up asked for again. */
export const form = defineForm(page, {
  fields: {},
  button: <Button look="quiet">Ask for the time-stamps again</Button>,
  submit: ({ actor }) => askForTimeStampsAgain(actor),
  done: "/evidence/heads?again=1",
});
