import { custom } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused } from "#app/_portal/form/form.tsx";
import { Button, Cluster } from "#app/_ui/layout.tsx";
import { getWebhook } from "#server/evidence/webhook/queries.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { changeSecret, settleMessages, switchWebhook, testWebhook } from "#server/evidence/webhook/service.ts";
import { MessageTable } from "./message-table.tsx";

/** One address: what goes there, what was sent, and what was not taken. */
export const page = definePage({
  path: "/admin/webhooks/[reference]",
  reference: "HOK",
  async read({ actor, params, query }) {
    const webhook = await getWebhook(actor, params.reference);
    return webhook && { ...webhook, secret: await shownOnce(actor, query["show"]) };
  },
  heading: ({ view }) => view.name,
  isName: true,
  back: { href: "/admin/webhooks", label: "Webhooks" },
});

export const testForm = defineForm(page, {
  fields: {},
  button: <Button>Send a test event</Button>,
  submit: ({ actor, params }) => testWebhook(actor, params.reference),
  done: (result, { path }) =>
    result === "done" ? `${path}?done=tested` : refused("Switch the address on before you send a test event."),
});

export const switchForm = defineForm(page, {
  do: "switch",
  fields: { isOn: custom((sent) => sent.text("isOn") === "yes") },
  body: ({ view }) => <input type="hidden" name="isOn" value={view.isOn ? "no" : "yes"} />,
  button: ({ view }) => <Button look="quiet">{view.isOn ? "Switch it off" : "Switch it on"}</Button>,
  submit: ({ actor, params, values }) => switchWebhook(actor, params.reference, values.isOn),
});

export const secretForm = defineForm(page, {
  do: "secret",
  fields: {},
  button: <Button look="quiet">Make a new secret</Button>,
  submit: ({ actor, params }) => changeSecret(actor, params.reference),
  async done(result, { actor, path }) {
    if (result === "refused")
      return refused("Change the address first: what was stored of it cannot be read any more.");
    return `${path}?show=${await keepToShow(actor, result.secret)}`;
  },
});

/** Sends the ticked events again that were not taken, or gives them up. */
export const settleEventsForm = defineForm(page, {
  do: "settle",
  fields: {
    messages: custom((sent) => sent.all("message")),
    isAgain: custom((sent) => sent.text("what") !== "give-up"),
  },
  body: ({ view, formState }) => (
    <MessageTable
      caption="Events that were not taken"
      rows={view.messages.filter(({ state }) => state === "dead")}
      isChosen={(id) => formState.isChosen("message", id)}
    />
  ),
  button: (
    <Cluster>
      <Button>Send those ticked again</Button>
      <Button look="quiet" name="what" value="give-up">
        Give those ticked up
      </Button>
    </Cluster>
  ),
  submit: ({ actor, params, values: { messages, isAgain } }) =>
    settleMessages(actor, params.reference, { ids: messages, isAgain }),
  done: (result, { path, values }) =>
    result.count === 0 ? refused("Tick the events first.") : `${path}?done=${values.isAgain ? "again" : "given-up"}`,
});
