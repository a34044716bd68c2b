import { definePage, showPage, together } from "#app/_portal/form/form.tsx";
import { PageLinks, PortalPage } from "#app/_portal/portal-page.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { Link, LinkLine, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { getOwnQuestions } from "#server/policy/question/queries.ts";
import { QUESTION_CELLS, questions } from "./register.tsx";

/** The heading of the reader's own questions; for those who answer none, it is the page's. */
const OWN = "Your questions";

const page = definePage({
  path: "/questions",
  read: ({ actor, query }) =>
    together({ own: getOwnQuestions(actor, readPageCursor(query, "own")), others: questions.read(actor, query) }),
  heading: ({ view }) => (view.others ? "Questions about clauses" : OWN),
});

/** The reader's own questions; for a policy owner, first those of others, to answer and answered. */
const { generateMetadata, Page } = showPage(page, ({ actor, view: { own, others } }) => (
  <PortalPage actor={actor} gap="section">
    <PageHeading>{others ? "Questions about clauses" : OWN}</PageHeading>
    {others && (
      <PageSection title="Questions of others">
        {questions.show(others)}
        <LinkLine href="/questions/unfound">What people looked for and did not find</LinkLine>
      </PageSection>
    )}
    <Stack as="section">
      {others && <h2 id="own">{OWN}</h2>}
      <DataTable
        caption={OWN}
        columns={{
          Reference: ({ reference }) => (
            <Link href={`/questions/${reference}`} className="whitespace-nowrap">
              {reference}
            </Link>
          ),
          ...QUESTION_CELLS,
        }}
        rows={own.rows}
        empty="You have not asked a question yet. Choose “Ask about this clause” where a policy is not clear."
      />
      <PageLinks label={`Pages: ${OWN}`} page={own} path="/questions" list="own" />
    </Stack>
  </PortalPage>
));
export { generateMetadata, Page as default };
