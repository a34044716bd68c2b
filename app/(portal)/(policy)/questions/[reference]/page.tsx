import { takenUpWords } from "#app/_portal/answer-words.ts";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { derive, showPage } from "#app/_portal/form/form.tsx";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink, Link, PageHeading, PageSection, Panel, Stack } from "#app/_ui/layout.tsx";
import { Confirmation, ErrorSummary, Quotation, SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { QuestionView } from "#server/policy/question/queries.ts";
import { page, answerForm, decideForm, noteForm, withdrawForm } from "./form.tsx";
import { WHOLE_POLICY } from "#domain/policy/question/question.ts";

const { generateMetadata, Page } = showPage(page, (shown) => {
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
    <PortalPage actor={actor}>
      <Stack gap="loose">
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
      </Stack>
    </PortalPage>
  );
});

function askedBy(person: QuestionView["person"]): string {
  if (!person) return "Somebody who wants no answer";
  const { name, team, hasLeft } = person;
  return [hasLeft ? `${name}, who has left` : name, team].filter(Boolean).join(", ");
}

export { generateMetadata, Page as default };

/** What the policy owner can do next: answer, publish a note, or withdraw it. */
function OwnerForms({ shown }: { shown: Parameters<typeof answerForm.show>[0] }) {
  const { answer, note, clause, suggestion } = shown.view;
  if (!answer) return (suggestion ? decideForm : answerForm).show(shown);
  if (clause === WHOLE_POLICY || suggestion) return null;
  if (note && !note.withdrawnAt) return withdrawForm.show(shown);
  return <PageSection title="Publish a note under the clause">{noteForm.show(shown)}</PageSection>;
}

/** For whoever has just sent it. */
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
