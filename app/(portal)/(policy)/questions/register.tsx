import { Moment } from "#app/_portal/portal-page.tsx";
import { takenUpWords } from "#app/_portal/answer-words.ts";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { WHOLE_POLICY } from "#domain/policy/question/question.ts";
import { getQuestionsToAnswer, type QuestionRegister, type QuestionView } from "#server/policy/question/queries.ts";

/** What a list shows of questions besides their references: one's own, and those of others. */
export const QUESTION_CELLS = {
  Clause: ({ clause, title, version }: QuestionView) =>
    `${clause === WHOLE_POLICY ? "" : `${clause} of `}${title}, version ${version}`,
  Kind: ({ suggestion }: QuestionView) => (suggestion ? "Suggestion" : "Question"),
  Asked: ({ askedAt }: QuestionView) => <Moment at={askedAt} />,
  Answered: ({ answer }: QuestionView) => (answer ? <Moment at={answer.at} /> : "Not yet"),
};

/** Questions of others, for who answers them. Its file names nobody. */
export const questions = defineRegister<QuestionView, QuestionRegister>({
  path: "/questions",
  file: "/questions/register.csv",
  fileName: () => "questions",
  caption: "Questions and suggestions of others",
  one: "question",
  many: "questions",
  search: "Reference or words",
  filters: {
    state: {
      label: "State",
      choices: { waiting: "To answer", answered: "Answered", all: "All" },
      usual: () => "waiting",
    },
    kind: { label: "Kind", choices: { questions: "Questions", suggestions: "Suggestions" } },
    policy: {
      label: "Policy",
      choices: ({ policies }) => Object.fromEntries(policies.map(({ slug, title }) => [slug, title])),
    },
  },
  orders: { oldest: "Oldest first", newest: "Newest first" },
  columns: {
    Reference: column.reference("/questions"),
    Policy: column.saved(({ title }) => title),
    Version: column.saved(({ version }) => versionCell(version)),
    Clause: column.shown(QUESTION_CELLS.Clause, ({ policy, clause }) =>
      clause === WHOLE_POLICY ? null : clauseCell(policy, [clause]),
    ),
    Kind: column.shown(QUESTION_CELLS.Kind, QUESTION_CELLS.Kind),
    Question: column.saved(({ question }) => question),
    Instead: column.saved(({ suggestion }) => suggestion?.instead ?? null),
    Asked: column.shown(QUESTION_CELLS.Asked),
    "Asked on": column.savedMoment(({ askedAt }) => askedAt),
    Answered: column.shown(QUESTION_CELLS.Answered),
    Answer: column.saved(({ answer }) => answer?.text ?? null),
    "Taken up": column.saved(({ suggestion, answer }) =>
      suggestion && answer ? takenUpWords(suggestion.takenUp) : null,
    ),
    "Answered on": column.savedMoment(({ answer }) => answer?.at ?? null),
  },
  empty: "No questions are waiting.",
  read: getQuestionsToAnswer,
});
