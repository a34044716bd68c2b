import type { Metadata } from "next";
import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readPageCursor, type ListPage } from "#domain/base/list/page.ts";
import { WHOLE_POLICY } from "#domain/policy/question/question.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOwnQuestions, getQuestionsToAnswer, type QuestionView } from "#server/policy/question/queries.ts";

/** The heading of the reader's own questions; for those who answer none, it is the page's. */
const OWN = "Your questions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { waiting } = await readView(props);
  return { title: waiting ? "Questions about clauses" : OWN };
}

/** The reader's own questions; for a policy owner, first those waiting for an answer and those answered. */
export default async function QuestionsPage(props: Props) {
  const { actor, own, waiting, answered } = await readView(props);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <PageHeading>{waiting ? "Questions about clauses" : OWN}</PageHeading>
        {waiting && answered && (
          <>
            <Questions title="To answer" questions={waiting} empty="No questions are waiting." />
            <p>
              <Link href="/questions/unfound">What people looked for and did not find</Link>
            </p>
            <Questions
              title="Answered"
              list="answered"
              questions={answered}
              empty="No questions have been answered yet."
            />
          </>
        )}
        <Questions
          title={OWN}
          list="own"
          headingHidden={!waiting}
          questions={own}
          empty="You have not asked a question yet. Choose “Ask about this clause” where a policy is not clear."
        />
      </Stack>
    </PortalPage>
  );
}

type QuestionsProps = {
  title: string;
  list?: "answered" | "own";
  headingHidden?: boolean;
  questions: ListPage<QuestionView>;
  empty: string;
};

function Questions({ title, list, headingHidden = false, questions, empty }: QuestionsProps) {
  return (
    <Stack as="section">
      {!headingHidden && <h2 id={list}>{title}</h2>}
      <DataTable
        caption={title}
        captionHidden
        columns={{
          Reference: ({ reference }) => (
            <Link href={`/questions/${reference}`} className="whitespace-nowrap">
              {reference}
            </Link>
          ),
          Clause: ({ clause, title: policy, version }) =>
            `${clause === WHOLE_POLICY ? "" : `${clause} of `}${policy}, version ${version}`,
          Asked: ({ askedAt }) => <Moment at={askedAt} />,
          Answered: ({ answer }) => (answer ? <Moment at={answer.at} /> : "Not yet"),
        }}
        rows={questions.rows}
        empty={empty}
      />
      <PageLinks label={`Pages: ${title}`} page={questions} path="/questions" list={list} />
    </Stack>
  );
}

const readView = readOnce(async ({ searchParams }: Props) => {
  const actor = await requireActor();
  const query = await searchParams;
  const [own, waiting, answered] = await Promise.all([
    getOwnQuestions(actor, readPageCursor(query, "own")),
    getQuestionsToAnswer(actor, false, readPageCursor(query)),
    getQuestionsToAnswer(actor, true, readPageCursor(query, "answered")),
  ]);
  return { actor, own, waiting, answered };
});
