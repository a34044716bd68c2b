import { showPage, definePage } from "#app/_portal/form/form.tsx";
import { policyOf, whomInWords } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { BackLink, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { SummaryList } from "#app/_ui/content.tsx";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { isFor } from "#domain/policy/exception/coverage.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { exceptionPath, roleInWords } from "../step-words.ts";
import { Permission, PermittedClauses } from "../permission-page.tsx";

const page = definePage({
  path: "/exceptions/[reference]/permit",
  reference: "EX",
  async read({ actor, params }) {
    const view = await getException(actor, params.reference);
    return view?.state === "approved" && isFor(view.exception, actor) ? view : null;
  },
  heading: ({ view }) => `Permit ${view.exception.reference}`,
});

/** What an exception permits whom, on one sheet, for those whom it covers: to show and to print. */
const { generateMetadata, Page } = showPage(page, async ({ actor, view }) => {
  const { exception } = view;
  const { reference, policy, version } = exception;
  const title = (await policyOf(actor, exception)).version?.frontMatter.title ?? policy;
  const decided = exception.steps.findLast(({ command }) => command === "approve");
  return (
    <PortalPage actor={actor} section="exceptions">
      <div className="max-w-form">
        <Stack gap="loose">
          <BackLink href={exceptionPath(reference)}>Back to {reference}</BackLink>
          <PageHeading kicker="Permit">{reference}</PageHeading>
          <SummaryList
            rows={{
              For: whomInWords(exception, false),
              Policy: `${title}, version ${version}`,
              "Approved by": decided && `${roleInWords(decided, exception)}, ${momentInWords(decided.at)}`,
            }}
          />
          <Permission exception={exception} />
          <PermittedClauses actor={actor} exception={exception} />
          <p className="text-small text-soft">
            It can be revoked at any time. Its page says whether it is in force now: /exceptions/{reference}
          </p>
          <PrintButton />
        </Stack>
      </div>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };
