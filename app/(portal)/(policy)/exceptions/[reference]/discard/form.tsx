import { redirect } from "next/navigation";
import type { Route } from "next";
import { sectionForm, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { Button, ButtonLink, Cluster } from "#app/_ui/layout.tsx";
import { discardDraft } from "#server/policy/exception/draft-service.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";

const page = sectionPage({
  path: "/exceptions/[reference]/discard",
  heading: "Discard this draft?",
  title: ({ view }) => `Discard ${view.exception.reference}`,
});

/** Asks before a draft is deleted. A request that was ever sent is withdrawn instead. */
export const { generateMetadata, Page, GET, POST } = sectionForm(page, {
  fields: {},
  async body({ actor, view: { exception } }) {
    const { reference, state } = exception;
    if (state === "changes-requested") redirect(`/exceptions/${reference}` as Route);
    const holds = await listOwnHolds(actor);
    return (
      <>
        <DoNotDelete holds={holds} />
        {holds.length > 0 ? (
          <p>While a hold concerns you, nothing of yours is deleted here. The draft stays, and nobody else sees it.</p>
        ) : (
          <p>All that you wrote in {reference} is deleted. You cannot get it back. Nobody else has seen it.</p>
        )}
        <Cluster>
          {holds.length === 0 && <Button>Discard this draft</Button>}
          <ButtonLink href={`/exceptions/${reference}`} look="quiet">
            Keep it
          </ButtonLink>
        </Cluster>
      </>
    );
  },
  button: null,
  async save({ actor, reference }) {
    const result = await discardDraft(actor, reference);
    return result.ok ? { to: "/exceptions" } : result;
  },
});
