import { definePage, lastOf, showPage, wholeQuery } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Confirmation } from "#app/_ui/content.tsx";
import { ButtonLink, Link, PageSection } from "#app/_ui/layout.tsx";
import { getPolicy } from "#server/policy/policy/queries.ts";

/** Thanks for saying whether a result was an answer, and leads back to it. */
const page = definePage({
  path: "/check/helped",
  async read({ actor, query: { said, ...situation } }) {
    const slug = lastOf(situation, "policy") ?? "";
    const policy = await getPolicy(actor, slug);
    return policy && { slug, isMine: policy.isMine, situation: wholeQuery(situation), hasHelped: said !== "no" };
  },
  heading: "Thank you",
});

const { generateMetadata, Page } = showPage(page, ({ actor, view: { slug, isMine, situation, hasHelped } }) => (
  <PortalPage actor={actor} section="check" gap="loose">
    <Confirmation title="Thank you">
      <p>It is counted for the policy owner. Nobody sees who said so.</p>
    </Confirmation>
    {!hasHelped && (
      <PageSection title="Get an answer">
        <ul>
          <li>
            <Link href={`/check/message${situation}`}>Prepare a message about this</Link>
          </li>
          {isMine && (
            <li>
              <Link href={`/policies/${encodeURIComponent(slug)}/ask`}>Write to the policy owner</Link>
            </li>
          )}
        </ul>
      </PageSection>
    )}
    <ButtonLink href={`/check${situation}`}>Back to the result</ButtonLink>
  </PortalPage>
));
export { generateMetadata, Page as default };
