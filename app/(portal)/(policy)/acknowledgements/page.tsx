import type { Metadata } from "next";
import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { GivenOn } from "#app/_portal/given-on.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { TaskItems } from "#app/_portal/task-items.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { listOwnAcknowledgements, listOwnWithdrawn } from "#server/policy/acknowledgement/queries.ts";
import { listAcknowledgementTasks } from "#server/policy/acknowledgement/task-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

export const metadata: Metadata = { title: "Your acknowledgements" };

/** What the reader still has to answer, then everything they have ever answered. */
export default async function AcknowledgementsPage() {
  const actor = await requireActor();
  const [due, given, withdrawn] = await Promise.all([
    listAcknowledgementTasks(actor),
    listOwnAcknowledgements(actor),
    listOwnWithdrawn(actor),
  ]);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <PageHeading>Your acknowledgements</PageHeading>
        <Stack as="section">
          <h2>To answer</h2>
          {due.length > 0 ? (
            <TaskItems actor={actor} id="due" tasks={due} />
          ) : (
            <p>You have answered every policy that you are asked to answer.</p>
          )}
        </Stack>
        <Stack as="section">
          <h2 id="given">Answered</h2>
          <DataTable
            caption="Your answers, newest first"
            captionHidden
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
        </Stack>
        {withdrawn.length > 0 && (
          <Stack as="section">
            <h2>Recorded from paper and withdrawn</h2>
            <ul>
              {withdrawn.map(({ reference, answer, version, givenAt }) => (
                <li key={reference}>
                  <Link href={`/acknowledgements/${reference}`}>{reference}</Link>: {ANSWER_WORDS[answer]}, version{" "}
                  {version}, {paperDayInWords(givenAt)}
                </li>
              ))}
            </ul>
          </Stack>
        )}
      </Stack>
    </PortalPage>
  );
}
