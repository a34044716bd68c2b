import { framedPage } from "#app/_portal/form/form-page.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link, LinkLine } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readPageCursor, type ListPage } from "#domain/base/list/page.ts";
import { WHOLE_POLICY } from "#domain/policy/question/question.ts";
import { getOwnQuestions, getQuestionsToAnswer, type QuestionView } from "#server/policy/question/queries.ts";

/** The heading of the reader's own questions; for those who answer none, it is the page's. */
const OWN = "Your questions";

const page = definePage({
  path: "/questions",
  async read({ actor, query }) {
    const [own, waiting, answered] = await Promise.all([
      getOwnQuestions(actor, readPageCursor(query, "own")),
      getQuestionsToAnswer(actor, false, readPageCursor(query)),
      getQuestionsToAnswer(actor, true, readPageCursor(query, "answered")),
    ]);
    return { own, waiting, answered };
  },
  heading: ({ view: { waiting } }) => (waiting ? "Questions about clauses" : OWN),
  gap: "section",
});

/** The reader's own questions; for a policy owner, first those waiting for an answer and those answered. */
const { generateMetadata, Page } = framedPage(page, ({ view: { own, waiting, answered } }) => (
  <>
    {waiting && answered && (
      <>
        <Questions title="To answer" questions={waiting} empty="No questions are waiting." />
        <LinkLine href="/questions/unfound">What people looked for and did not find</LinkLine>
        <Questions title="Answered" list="answered" questions={answered} empty="No questions have been answered yet." />
      </>
    )}
    <Questions
      title={OWN}
      list="own"
      headingHidden={!waiting}
      questions={own}
      empty="You have not asked a question yet. Choose “Ask about this clause” where a policy is not clear."
    />
  </>
));
export { generateMetadata, Page as default };

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
