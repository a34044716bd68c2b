import { defineForm, definePage, refused, type Shown } from "#app/_portal/form/form.tsx";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { Button } from "#app/_ui/layout.tsx";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { getReceipt, type ReceiptView } from "#server/answers/receipt/queries.ts";
import { changeReceipt, type ReceiptCommand } from "#server/answers/receipt/service.ts";

export const KEPT = "You have kept this result";

interface View extends ReceiptView {
  isDone: boolean;
  /** The secret of a link that was just made, to be shown only once. */
  link: string | null;
}

/** A decision receipt: for whoever kept it, and for their line manager if it is shared. */
export const page = definePage({
  path: "/decisions/[reference]",
  reference: "DEC",
  async read({ actor, params, query: { done, link } }): Promise<View | null> {
    const view = await getReceipt(actor, params.reference);
    if (!view) return null;
    const isDone = Boolean(done) && view.reader === "owner" && view.content !== null;
    return { ...view, isDone, link: await shownOnce(actor, link) };
  },
  heading: ({ view: { isDone, content, reference } }) => {
    if (isDone) return KEPT;
    return content ? `${content.sentence} Receipt ${reference}` : `Receipt ${reference}`;
  },
});

export type ShownReceipt = Shown<View, "/decisions/[reference]">;

export const shareForm = commandForm("share-with-manager", "Share with my line manager");
export const unshareForm = commandForm("unshare-with-manager", "Stop sharing with my line manager");
export const makeLinkForm = commandForm("make-link", "Make a link");
export const revokeLinkForm = commandForm("revoke-link", "Take the link back");

/** What the owner of a receipt can do with it at the press of a button. */
function commandForm(command: ReceiptCommand, words: string) {
  return defineForm(page, {
    do: command,
    fields: {},
    button: ({ view }) => (
      <Button look="quiet">{command === "make-link" && view.sharing?.linkMadeAt ? "Make a new link" : words}</Button>
    ),
    submit: ({ actor, params }) => changeReceipt(actor, params.reference, command),
    async done(result, { actor, path }) {
      if (result.code === "no-manager")
        return refused("Nobody else manages your team now, so it was not shared.", "sharing");
      return `${path}${result.link === null ? "" : `?link=${await keepToShow(actor, result.link)}`}#sharing`;
    },
  });
}
