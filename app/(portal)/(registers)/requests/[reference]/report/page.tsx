import { PageSection } from "#app/_ui/layout.tsx";
import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { clock } from "#server/base/clock.ts";
import { getInformationRequest } from "#server/registers/information-request/queries.ts";
import * as parts from "../../request-parts.tsx";

/** Everything that a requester or a commissioner asks about a search, on one page to print. */
const page = definePage({
  path: "/requests/[reference]/report",
  async read({ actor, params }) {
    const request = await getInformationRequest(actor, params.reference);
    return request?.file ? { request, file: request.file } : null;
  },
  heading: ({ view: { request } }) => `What was searched for ${request.reference}`,
  kicker: ({ view: { request } }) => request.body.name,
  gap: "section",
  back: ({ view: { request } }) => ({ href: `/requests/${request.reference}`, label: `Request ${request.reference}` }),
  intro: ({ actor }) => (
    <>
      <p>
        Made on <Moment at={clock.now()} /> by {actor.name}. Confidential.
      </p>
      <PrintButton />
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { request, file } }) => (
  <>
    <PageSection title="1 The request and its clock">
      <parts.RequestFacts request={request} />
      <parts.RequestPauses pauses={file.pauses} />
    </PageSection>
    <PageSection title="2 Who was asked, for what, and what they answered">
      <parts.SearchTable searches={file.searches} />
      <parts.SearchHours file={file} />
    </PageSection>
    <PageSection title="3 The hold">
      <parts.RequestHold request={request} file={file} />
    </PageSection>
    <PageSection title="4 Records captured">
      <parts.RequestRecords records={file.records} />
    </PageSection>
    <PageSection title="5 What was done, and when">
      <parts.RequestHistory history={file.history} />
    </PageSection>
    <PageSection title="6 Evidence">
      <p>
        Each of these steps is a row of evidence. Its chain stands here now; note it, and anybody can check later that
        nothing before it was changed.
      </p>
      <p className="wrap-anywhere">
        {file.head ?? "A governance officer or an auditor can add where the chain stands."}
      </p>
    </PageSection>
  </>
));
export { generateMetadata, Page as default };
