import { choice, text } from "#app/_portal/form/field.tsx";
import {
  defineForm,
  definePage,
  derive,
  refused,
  type Remaining,
  showPage,
  type Visit,
} from "#app/_portal/form/form.tsx";
import { BackLink, Button, Link, PageHeading, PageSection, Panel, Stack } from "#app/_ui/layout.tsx";
import { LONGEST_QUESTION, subjectWords, WHOLE_POLICY } from "#domain/policy/question/question.ts";
import { getQuestion, type QuestionView } from "#server/policy/question/queries.ts";
import { answerQuestion, type OwnerResult, publishNote, withdrawNote } from "#server/policy/question/service.ts";
import { takenUpWords } from "#app/_portal/answer-words.ts";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { Confirmation, ErrorSummary, Quotation, SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";

const UP_TO = `Up to ${LONGEST_QUESTION.toLocaleString("en-GB")} characters.`;
const SENT = "You have sent your question";
const SENT_SUGGESTION = "You have sent your suggestion";

/** A question and its answer: for whoever asked, and for the policy owners of the body, who answer it here. */
export const page = definePage({
  path: "/questions/[reference]",
  reference: "ASK",
  async read({ actor, params, query }) {
    const question = await getQuestion(actor, params.reference);
    return question && { ...question, isDone: Boolean(query["done"]) && question.isMine };
  },
  heading: ({ view }) => (view.isDone ? (view.suggestion ? SENT_SUGGESTION : SENT) : headingOf(view)),
});

/** The policy owner's single answer to a question. */
export const answerForm = defineForm(page, {
  do: "answer",
  fields: {
    answer: text("Your answer", { hint: `They read it in the portal. You can answer once. ${UP_TO}`, lines: 6 }),
  },
  button: "Send my answer",
  submit: ({ actor, params, values }) => answerQuestion(actor, params.reference, values.answer),
  done: (result, sent) => goOn(result, sent, tooLateToAnswer),
});

/** The policy owner's single answer to a suggestion. */
export const decideForm = defineForm(page, {
  do: "decide",
  fields: {
    takenUp: choice("Is it taken up?", { yes: "Yes, in the next version", no: "No" }),
    answer: text("Why?", { hint: `They read it in the portal. You can answer once. ${UP_TO}`, lines: 4 }),
  },
  button: "Send my answer",
  submit: ({ actor, params, values: { takenUp, answer } }) =>
    answerQuestion(actor, params.reference, answer, takenUp === null ? null : takenUp === "yes"),
  done: (result, sent) => goOn(result, sent, tooLateToAnswer),
});

/** A note under the clause, starting from the answer. */
export const noteForm = defineForm(page, {
  do: "note",
  fields: { note: text("The note", { lines: 6 }) },
  stored: ({ view: { note, answer } }) => ({ note: note?.text ?? answer?.text }),
  body: ({ view, field }) =>
    field("note", {
      hint: `Every reader of the policy sees it under clause ${view.clause}. Leave out who asked, and anything that identifies them. ${UP_TO}`,
    }),
  button: "Publish the note",
  submit: ({ actor, params, values }) => publishNote(actor, params.reference, values.note),
  done: (result, sent) =>
    goOn(result, sent, ({ note }) =>
      note
        ? `${whoHas(note)} published a note on this question already. Your note was not published.`
        : "Your note was not published. Try again.",
    ),
});

/** Ends a note. */
export const withdrawForm = defineForm(page, {
  do: "withdraw",
  fields: {},
  button: <Button look="quiet">Withdraw the note</Button>,
  submit: ({ actor, params }) => withdrawNote(actor, params.reference),
});

/** To the question; or back with who was faster, and that nothing was done. */
async function goOn(
  { code }: Remaining<OwnerResult>,
  { actor, params, path }: Visit<"/questions/[reference]">,
  tooLate: (question: QuestionView) => string | null,
) {
  if (code === "done") return path;
  const question = await getQuestion(actor, params.reference);
  const isAnswered = question !== null && question.answer !== null;
  return refused((isAnswered && tooLate(question)) || "This question has no answer yet. Answer it first.");
}

function tooLateToAnswer({ answer, suggestion }: QuestionView) {
  const what = suggestion ? "suggestion" : "question";
  return answer && `${whoHas(answer)} answered this ${what} already. Your answer was not sent.`;
}

const whoHas = ({ isMine, by }: { isMine: boolean; by: string }): string => (isMine ? "You have" : `${by} has`);

function headingOf({ clause, suggestion, mayAnswer, answer }: QuestionView): string {
  const what = `${suggestion ? "suggestion for" : "question about"} ${subjectWords(clause)}`;
  return mayAnswer && !answer ? `Answer a ${what}` : `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
}

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view, formState } = shown;
  const heading = derive(page.definition.heading, shown);
  const {
    reference,
    clause,
    clauseText,
    policy,
    title,
    version,
    person,
    question,
    askedAt,
    answer,
    note,
    due,
    suggestion,
  } = view;
  const isNoted = note !== null && !note.withdrawnAt;
  // What another owner has meanwhile answered no longer has a field to come back in.
  const unsent = [
    ...(answer && answer.text !== formState.value("answer") ? [formState.value("answer")] : []),
    ...(isNoted && note.text !== formState.value("note") ? [formState.value("note")] : []),
  ].filter((text) => text !== "");
  return (
    <PortalPage actor={actor} gap="loose">
      {view.isDone ? (
        <WhatHappensNext view={view} heading={heading} />
      ) : (
        <Stack>
          <BackLink href="/questions">{view.mayAnswer ? "Questions about clauses" : "Your questions"}</BackLink>
          <ErrorSummary errors={[...formState.problems]} />
          <PageHeading kicker={reference}>{heading}</PageHeading>
        </Stack>
      )}
      {clauseText !== null && (
        <Quotation
          number={clause}
          link={{
            href: `/policies/${policy}/versions/${version}#${clauseAnchor(clause)}`,
            label: `Read clause ${clause}`,
          }}
        >
          {clauseText}
        </Quotation>
      )}
      <SummaryList
        rows={{
          Policy: `${title}, version ${version}`,
          "Asked by": view.mayAnswer && askedBy(person),
          "Asked on": <Moment at={askedAt} />,
          [suggestion ? "What is wrong" : "Question"]: <UserText>{question}</UserText>,
          "What it should say instead": suggestion && suggestion.instead !== "" && (
            <UserText>{suggestion.instead}</UserText>
          ),
          "Taken up": suggestion && answer && takenUpWords(suggestion.takenUp),
          [suggestion ? "Why" : "Answer"]: answer ? (
            <UserText>{answer.text}</UserText>
          ) : (
            `Not yet. It is due by ${dateInWords(due)}.`
          ),
          "Answered by": answer && view.mayAnswer && (answer.isMine ? "You" : answer.by),
          "Answered on": answer && <Moment at={answer.at} />,
          "Note under the clause": isNoted && <UserText>{note.text}</UserText>,
          "Published by": isNoted && view.mayAnswer && (note.isMine ? "You" : note.by),
        }}
      />
      {unsent.map((text) => (
        <Panel key={text} title="What you wrote, not sent">
          <UserText>{text}</UserText>
        </Panel>
      ))}
      {view.mayAnswer && <OwnerForms shown={shown} />}
    </PortalPage>
  );
});

function askedBy(person: QuestionView["person"]): string {
  if (!person) return "Somebody who wants no answer";
  const { name, team, hasLeft } = person;
  return [hasLeft ? `${name}, who has left` : name, team].filter(Boolean).join(", ");
}

/** What the policy owner can do next: answer, publish a note, or withdraw it. */
function OwnerForms({ shown }: { shown: Parameters<typeof answerForm.show>[0] }) {
  const { answer, note, clause, suggestion } = shown.view;
  if (!answer) return (suggestion ? decideForm : answerForm).show(shown);
  if (clause === WHOLE_POLICY || suggestion) return null;
  if (note && !note.withdrawnAt) return withdrawForm.show(shown);
  return <PageSection title="Publish a note under the clause">{noteForm.show(shown)}</PageSection>;
}

function WhatHappensNext({ view, heading }: { view: QuestionView; heading: string }) {
  const { reference, due, clauseText, suggestion } = view;
  return (
    <>
      <Confirmation title={heading} reference={reference} />
      <PageSection title="What happens next">
        <ul>
          <li>The policy owner answers by {dateInWords(due)}.</li>
          <li>
            You find the answer in <Link href="/questions">your questions</Link>.
          </li>
          {clauseText !== null && !suggestion && (
            <li>They may publish a note under the clause. Names are not shown in it.</li>
          )}
        </ul>
      </PageSection>
      <PageSection title="Who to ask in the meantime">
        <ContactList contacts={view.contacts} />
      </PageSection>
    </>
  );
}
