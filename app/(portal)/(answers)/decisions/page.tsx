import { showPage } from "#app/_portal/form/form.tsx";
import { PageLinks, PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner, DataTable } from "#app/_ui/content.tsx";
import { Link, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { page, seenForm } from "./form.tsx";
import { RECEIPT_CELLS, receipts } from "./register.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, query, view } = shown;
  const { own, shared, changed } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack gap="loose">
          <PageHeading>Your kept results</PageHeading>
          {query["deleted"] !== undefined && <Banner title="The receipt is deleted" />}
          {changed > 0 && (
            <Banner
              tone="warning"
              title={changed === 1 ? "One result would be different now" : `${changed} results would be different now`}
            >
              <p>There is a new version of the policy. They are marked below: open them to see what changed.</p>
              {seenForm.show(shown)}
            </Banner>
          )}
          {receipts.show(own)}
        </Stack>
        {shared && (
          <Stack as="section">
            <h2 id="shared">Shared with you by your team</h2>
            <DataTable
              caption="Shared with you by your team"
              columns={{
                Receipt: ({ reference }) => (
                  <Link href={`/decisions/${reference}`} className="whitespace-nowrap">
                    {reference}
                  </Link>
                ),
                ...RECEIPT_CELLS,
              }}
              rows={shared.rows}
              empty="Nobody in your team is sharing a result with you."
            />
            <PageLinks label="Pages of what is shared with you" page={shared} path="/decisions" list="shared" />
          </Stack>
        )}
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
