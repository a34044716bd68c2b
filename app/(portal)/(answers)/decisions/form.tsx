import { custom } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, showPage } from "#app/_portal/form/form.tsx";
import { Button, Link, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { getSharedWithMe, listChangedResults } from "#server/answers/receipt/queries.ts";
import { markSeen } from "#server/answers/receipt/service.ts";
import { RECEIPT_CELLS, receipts } from "./register.tsx";
import { PageLinks, PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner, DataTable } from "#app/_ui/content.tsx";

/** The results somebody kept, newest first; for line managers also what their team shares with them. */
export const page = definePage({
  path: "/decisions",
  async read({ actor, query }) {
    const [own, shared, changed] = await Promise.all([
      receipts.read(actor, query),
      getSharedWithMe(actor, readPageCursor(query, "shared")),
      listChangedResults(actor),
    ]);
    return own && { own, shared, changed: changed.reduce((sum, { receipts }) => sum + receipts.length, 0) };
  },
  heading: "Your kept results",
});

/**
 * Records that somebody has seen what new versions say about their kept results: all, or those of a task's `policy`.
 */
export const seenForm = defineForm(page, {
  action: "/decisions/seen/send",
  fields: { policy: custom((sent) => sent.text("policy")) },
  button: <Button look="quiet">I have looked at them</Button>,
  submit: ({ actor, values }) => markSeen(actor, { policy: values.policy || undefined }),
});

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, query, view } = shown;
  const { own, shared, changed } = view;
  return (
    <PortalPage actor={actor} gap="section">
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
        <PageSection title="Shared with you by your team" id="shared">
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
        </PageSection>
      )}
    </PortalPage>
  );
});
