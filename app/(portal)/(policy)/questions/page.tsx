import type { Metadata } from "next";
import { PageLinks, PortalPage, readOnce } from "#app/_portal/portal-page.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { Link, LinkLine, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOwnQuestions } from "#server/policy/question/queries.ts";
import { QUESTION_CELLS, questions } from "./register.tsx";

/** The heading of the reader's own questions; for those who answer none, it is the page's. */
const OWN = "Your questions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { others } = await readView(props);
  return { title: others ? "Questions about clauses" : OWN };
}

/** The reader's own questions; for a policy owner, first those of others, to answer and answered. */
export default async function QuestionsPage(props: Props) {
  const { actor, own, others } = await readView(props);
  return (
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
  );
}

const readView = readOnce(async ({ searchParams }: Props) => {
  const actor = await requireActor();
  const query = await searchParams;
  const [own, others] = await Promise.all([
    getOwnQuestions(actor, readPageCursor(query, "own")),
    questions.read(actor, query),
  ]);
  return { actor, own, others };
});
