import { showPage } from "#app/_portal/form/page.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { onlyWord } from "#domain/policy/decision/verdict.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import type { ListPage } from "#domain/base/list/page.ts";
import type { ReceiptLine } from "#server/answers/receipt/queries.ts";
import { page, seenForm } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, query, view } = shown;
  const { policy, list, shared, changed } = view;
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
          {list.policies.length > 1 && (
            <FilterForm action="/decisions" clearHref={policy ? "/decisions" : undefined}>
              <SelectField
                name="policy"
                label="Policy"
                defaultValue={policy}
                options={[
                  { value: "", label: "All" },
                  ...list.policies.map(({ slug, title }) => ({ value: slug, label: title })),
                ]}
              />
            </FilterForm>
          )}
          <Receipts caption="Your kept results" page={list.page} empty={<Nothing />} />
          <PageLinks
            label="Pages of your kept results"
            page={list.page}
            path="/decisions"
            filters={policy ? [["policy", policy]] : []}
          />
        </Stack>
        {shared && (
          <Stack as="section">
            <h2 id="shared">Shared with you by your team</h2>
            <Receipts
              caption="Shared with you by your team"
              page={shared}
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

function Nothing() {
  return (
    <>
      <span className="block">
        You have not kept a result yet. Start a check, and press “Keep this result” below the answer.
      </span>
      <span className="mt-4 block">
        <ButtonLink href="/check">Start a check</ButtonLink>
      </span>
    </>
  );
}

type ReceiptsProps = {
  caption: string;
  page: ListPage<ReceiptLine & { by?: string }>;
  empty: React.ReactNode;
};

function Receipts({ caption, page: { rows }, empty }: ReceiptsProps) {
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={{
        Receipt: ({ reference }) => (
          <Link href={`/decisions/${reference}`} className="whitespace-nowrap">
            {reference}
          </Link>
        ),
        Answer: ({ verdict, verdictWord }) => <VerdictWord verdict={verdict} words={onlyWord(verdict, verdictWord)} />,
        About: ({ answers, title, version }) => (
          <>
            {answers.join(" · ")}
            <span className="block text-small text-soft">
              {title}, version {version}
            </span>
          </>
        ),
        Kept: ({ keptAt, isShared, isDifferentNow, by }) => (
          <span className="space-y-1">
            <Moment at={keptAt} />
            {by && <span className="block text-small text-soft">by {by}</span>}
            {isDifferentNow && (
              <span className="block">
                <Tag tone="warning">Different now</Tag>
              </span>
            )}
            {isShared && !by && (
              <span className="block">
                <Tag>Shared</Tag>
              </span>
            )}
          </span>
        ),
      }}
      rows={rows}
      empty={empty}
    />
  );
}
