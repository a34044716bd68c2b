import { HoldCheck } from "#app/_portal/hold-check.tsx";
import { custom } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { deleteChatCopy } from "#server/registers/record/disposal-service.ts";
import { getRecord } from "#server/registers/record/queries.ts";

const DONE = "You have captured the record";
const HELD =
  "Do not delete it, and nothing was recorded as deleted. Ask the governance officer first. If it is deleted already, tell them now.";

/** One record. */
export const page = definePage({
  path: "/records/[reference]",
  reference: "REC",
  async read({ actor, params, query, formState }) {
    const [record, body] = await Promise.all([getRecord(actor, params.reference), getOwnBody(actor)]);
    if (!record || !body) return null;
    const contact = body.contacts.find(({ id }) => id === "governance-officer") ?? body.contacts[0];
    return { record, contact, isDone: Boolean(query["done"]) && record.isMine && !formState.isReturned };
  },
  heading: ({ view, params }) => (view.isDone ? DONE : `Record ${params.reference}`),
  back: { href: "/records", label: "Captured records" },
  confirmation: ({ view, params }) => view.isDone && <Confirmation title={DONE} reference={params.reference} />,
});

/** Records that the copy in the chat was deleted. */
export const form = defineForm(page, {
  fields: { holdAnswer: custom((sent) => sent.text("holdAnswer")) },
  body: ({ view, formState }) => <HoldCheck nation={view.record.nation} formState={formState} />,
  button: <Button look="quiet">I have deleted it from the chat</Button>,
  submit: ({ actor, params, values }) => deleteChatCopy(actor, params.reference, values.holdAnswer),
  done({ code }, { path }) {
    if (code === "held") return { problems: [{ field: "holdAnswer", message: HELD }] };
    return code === "done" ? path : refused("The record has changed since you opened it. Send it again.");
  },
});
