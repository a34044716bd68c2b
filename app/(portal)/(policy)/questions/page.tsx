import type { Metadata } from "next";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { listOwnQuestions, listQuestionsToAnswer, type QuestionView } from "#server/policy/question/queries.ts";

/** What one's own questions are headed with: the page, for those who answer none. */
const OWN = "Your questions";

export async function generateMetadata(): Promise<Metadata> {
  const { others } = await readPage({});
  return { title: others ? "Questions about clauses" : OWN };
}

/** One's own questions; for a policy owner first those that wait, and those that are answered. */
export default async function QuestionsPage() {
  const { actor, own, others } = await readPage({});
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <PageHeading>{others ? "Questions about clauses" : OWN}</PageHeading>
        {others && (
          <>
            <Questions
              title="To answer"
              questions={others.filter(({ answer }) => !answer).reverse()}
              empty="No question waits."
            />
            <Questions
              title="Answered"
              questions={others.filter(({ answer }) => answer)}
              empty="No question was answered yet."
            />
          </>
        )}
        <Questions
          title={OWN}
          headingHidden={!others}
          questions={own}
          empty="You have not asked a question yet. Choose “Ask about this clause” where a policy is not clear."
        />
      </Stack>
    </PortalPage>
  );
}

type QuestionsProps = { title: string; headingHidden?: boolean; questions: readonly QuestionView[]; empty: string };

function Questions({ title, headingHidden = false, questions, empty }: QuestionsProps) {
  return (
    <Stack as="section">
      {!headingHidden && <h2>{title}</h2>}
      <DataTable
        caption={title}
        captionHidden
        columns={[
          { key: "reference", label: "Reference" },
          { key: "clause", label: "Clause" },
          { key: "asked", label: "Asked" },
          { key: "answered", label: "Answered" },
        ]}
        rows={questions.map(({ reference, clause, title: policy, version, askedAt, answer }) => ({
          key: reference,
          cells: {
            reference: (
              <Link href={`/questions/${reference}`} className="whitespace-nowrap">
                {reference}
              </Link>
            ),
            clause: `${clause} of ${policy}, version ${version}`,
            asked: <Moment at={askedAt} />,
            answered: answer ? <Moment at={answer.at} /> : "Not yet",
          },
        }))}
        empty={empty}
      />
    </Stack>
  );
}

const readPage = readOnce(async () => {
  const actor = await requireActor();
  const [own, others] = await Promise.all([listOwnQuestions(actor), listQuestionsToAnswer(actor)]);
  return { actor, own, others };
});
