import { backToRisks, fromCheck, sectionForm, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { hidden } from "#app/_portal/form/field.tsx";
import { Button, ButtonLink, Cluster } from "#app/_ui/layout.tsx";
import { UserText } from "#app/_ui/content.tsx";
import { removeRisk } from "#server/policy/exception/draft-service.ts";
import { hasRisk, riskAt } from "../risk-at.ts";

const page = sectionPage({
  path: "/exceptions/[reference]/risks/[number]/remove",
  heading: ({ params }) => `Remove risk ${params.number}?`,
  title: ({ params, view }) => `Remove risk ${params.number}, ${view.exception.reference}`,
  back: backToRisks,
  isThere: hasRisk,
});

/** Asks before a risk is removed: what was written about it is lost. */
export const { form, generateMetadata, Page } = sectionForm(page, {
  fields: { risk: hidden() },
  stored: (shown) => ({ risk: riskAt(shown)?.id }),
  body: (shown) => (
    <>
      <UserText>{riskAt(shown)?.description ?? ""}</UserText>
      <p>Its scores and mitigations are deleted too. You cannot get them back.</p>
      <Cluster>
        <Button>Remove this risk</Button>
        <ButtonLink href={`/exceptions/${shown.view.exception.reference}/risks${fromCheck(shown.query)}`} look="quiet">
          Keep it
        </ButtonLink>
      </Cluster>
    </>
  ),
  button: null,
  next: "/risks",
  save: ({ actor, reference, values }) => removeRisk(actor, reference, values.risk),
});
