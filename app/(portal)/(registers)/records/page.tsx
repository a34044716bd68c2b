import { showPage } from "#app/_portal/form/page.ts";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { page } from "./form.tsx";
import { RecordTable } from "./record-table.tsx";
import { Register } from "./register.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { own, register } = shown.view;
  return (
    <PortalPage actor={shown.actor}>
      <Stack gap="section">
        <Stack>
          <ErrorSummary errors={[...shown.formState.problems]} />
          <PageHeading>Captured records</PageHeading>
          <p>
            What was said in a chat and matters to the organisation: noted here, kept in an approved system. A decision
            that was reached in a chat belongs here too.
          </p>
          <p className="no-print">
            <ButtonLink href="/records/new">Capture a record</ButtonLink>
          </p>
        </Stack>
        {register && <Register shown={shown} register={register} />}
        <Stack as="section">
          {register && <h2 id="own">Captured by you</h2>}
          <RecordTable
            caption="Records that you captured"
            records={own.rows}
            empty="You have not captured anything yet. When a chat decides something, or somebody may ask for it later, capture it."
          />
          <PageLinks label="Pages of those captured by you" page={own} path="/records" list="own" />
        </Stack>
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
