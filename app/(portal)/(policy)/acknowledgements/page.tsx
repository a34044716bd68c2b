import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { GivenOn } from "#app/_portal/given-on.tsx";
import { TaskItems } from "#app/_portal/task-items.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { Link, PageSection, VisuallyHidden } from "#app/_ui/layout.tsx";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { listOwnAcknowledgements, listOwnWithdrawn } from "#server/policy/acknowledgement/queries.ts";
import { listAcknowledgementTasks } from "#server/policy/acknowledgement/task-queries.ts";

const page = definePage({
  path: "/acknowledgements",
  read: ({ actor }) =>
    Promise.all([listAcknowledgementTasks(actor), listOwnAcknowledgements(actor), listOwnWithdrawn(actor)]),
  heading: "Your acknowledgements",
  gap: "section",
});

/** What the reader still has to answer, then everything they have ever answered. */
const { generateMetadata, Page } = framedPage(page, ({ actor, view: [due, given, withdrawn] }) => (
  <>
    <PageSection title="To answer">
      {due.length > 0 ? (
        <TaskItems actor={actor} id="due" tasks={due} />
      ) : (
        <p>You have answered every policy that you are asked to answer.</p>
      )}
    </PageSection>
    <PageSection title="Answered" id="given">
      <DataTable
        caption="Your answers, newest first"
        columns={{
          Policy: ({ title, version }) => `${title}, version ${version}`,
          "Your answer": ({ answer }) => ANSWER_WORDS[answer],
          When: ({ givenAt, paper }) => <GivenOn givenAt={givenAt} isOnPaper={paper !== null} />,
          "Certificate or confirmation": ({ reference, answer }) => (
            <Link href={`/acknowledgements/${reference}`}>
              {reference}
              <VisuallyHidden>{answer === "accepted" ? " certificate" : " confirmation"}</VisuallyHidden>
            </Link>
          ),
        }}
        rows={given}
        empty="You have not answered a policy yet. Each answer appears here, with its certificate or confirmation."
      />
    </PageSection>
    {withdrawn.length > 0 && (
      <PageSection title="Recorded from paper and withdrawn">
        <ul>
          {withdrawn.map(({ reference, answer, version, givenAt }) => (
            <li key={reference}>
              <Link href={`/acknowledgements/${reference}`}>{reference}</Link>: {ANSWER_WORDS[answer]}, version{" "}
              {version}, {paperDayInWords(givenAt)}
            </li>
          ))}
        </ul>
      </PageSection>
    )}
  </>
));
export { generateMetadata, Page as default };
