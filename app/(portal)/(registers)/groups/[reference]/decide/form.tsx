import { choice, revision, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { decideGroup } from "#server/registers/group/register-service.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

export const page = groupPage("decide", null, "Decide on this group");

/** A governance officer approves a group that somebody else asked for, sends it back, or declines it. */
export const form = defineForm(page, {
  fields: {
    revision: revision(),
    decision: choice("What do you decide?", {
      approve: { label: "Approve it", hint: "It counts from now on; the check offers it to its members." },
      "send-back": "Send it back for changes",
      decline: "Decline it",
    }),
    reason: text("Why?", { hint: "Needed unless you approve it. The person who asked for it reads this.", lines: 4 }),
  },
  stored: ({ view }) => ({ revision: view.revision }),
  button: "Send my decision",
  submit: ({ actor, params, values }) => decideGroup(actor, params.reference, values),
  done: ofGroup,
});
