import { DoNotDelete, HoldCheck } from "#app/_portal/hold-check.tsx";
import { custom } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused } from "#app/_portal/form/form.tsx";
import { Button, ButtonLink, Cluster, Link } from "#app/_ui/layout.tsx";
import { HOLD_ANSWERS } from "#domain/registers/hold/hold.ts";
import { deleteOwnReceipt } from "#server/answers/receipt/service.ts";
import { getReceipt } from "#server/answers/receipt/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";

/** Asks before a receipt is deleted; a hold on its owner stops it. */
export const page = definePage({
  path: "/decisions/[reference]/delete",
  reference: "DEC",
  async read({ actor, params }) {
    const [receipt, holds, body] = await Promise.all([
      getReceipt(actor, params.reference),
      listOwnHolds(actor),
      getOwnBody(actor),
    ]);
    return receipt?.reader === "owner" ? { holds, nation: body?.nation ?? "uk" } : null;
  },
  heading: ({ params }) => `Delete ${params.reference}?`,
  title: ({ params }) => `Delete ${params.reference}`,
  back: ({ params }) => ({ href: `/decisions/${params.reference}`, label: `Receipt ${params.reference}` }),
});

export const form = defineForm(page, {
  fields: { holdAnswer: custom((sent) => HOLD_ANSWERS.find((answer) => answer === sent.text("holdAnswer")) ?? null) },
  body: ({ view, formState }) => <HoldCheck nation={view.nation} about="this result" formState={formState} />,
  button: ({ params }) => (
    <Cluster>
      <Button>Delete this receipt</Button>
      <ButtonLink href={`/decisions/${params.reference}`} look="quiet">
        Keep it
      </ButtonLink>
    </Cluster>
  ),
  submit: ({ actor, params, values }) => deleteOwnReceipt(actor, params.reference, values.holdAnswer),
  done: ({ code }) => ANSWERS[code],
});

const ANSWERS = {
  done: "/decisions?deleted=1",
  unanswered: refused("Say whether anybody has asked for this result.", "holdAnswer"),
  held: refused("A hold concerns you, so it was not deleted."),
  stopped: refused(
    "It was not deleted, and the governance officers were told that you know of a request, or are not sure. Keep it until they say that you can delete it.",
  ),
};

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => (
  <>
    <DoNotDelete holds={shown.view.holds} />
    {shown.view.holds.length > 0 ? (
      <p>
        While a hold concerns you, nothing of yours is deleted here. <Link href="/holds">Read the holds</Link>
      </p>
    ) : (
      <>
        <p>
          The receipt and your note are deleted, for you and for everybody you shared it with. You cannot get it back.
          The evidence still shows that you kept and deleted a result, but not what it said.
        </p>
        {form.show(shown)}
      </>
    )}
  </>
));
