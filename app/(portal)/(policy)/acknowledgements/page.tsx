import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { TaskItems } from "#app/_portal/task-items.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { listOwnWithdrawn } from "#server/policy/acknowledgement/queries.ts";
import { listAcknowledgementTasks } from "#server/policy/acknowledgement/task-queries.ts";
import { acknowledgements } from "./register.tsx";

const page = definePage({
  path: "/acknowledgements",
  read: ({ actor, query }) =>
    Promise.all([listAcknowledgementTasks(actor), acknowledgements.read(actor, query), listOwnWithdrawn(actor)]),
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
      {given && acknowledgements.show(given)}
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
