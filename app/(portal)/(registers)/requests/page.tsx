import { definePage, framedPage, together } from "#app/_portal/form/form.tsx";
import { ButtonLink, Cluster, Link, PageSection } from "#app/_ui/layout.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { REQUEST_STATES } from "#domain/registers/information-request/information-request.ts";
import { listOwnComplaints, listOwnSearches, type OwnSearch } from "#server/registers/information-request/queries.ts";
import { requestRegister } from "./register.tsx";

/** What the reader was asked to search, and their complaints; for those who handle requests and auditors all of them. */
const page = definePage({
  path: "/requests",
  read: ({ actor, query }) =>
    together({
      searches: listOwnSearches(actor),
      complaints: listOwnComplaints(actor),
      all: requestRegister.read(actor, query),
    }),
  heading: "Information requests",
  gap: "section",
  intro: ({ actor }) => (
    <>
      <p>
        When somebody asks for what your employer holds, you may be asked to search your chats. Here is what you were
        asked. Here, too, you can complain about how your own data was handled.
      </p>
      <Cluster>
        {can(actor, "information-request.handle", actor) && (
          <ButtonLink href="/requests/new">Enter a request</ButtonLink>
        )}
        <ButtonLink look="quiet" href="/complaints/new">
          Complain about your data
        </ButtonLink>
      </Cluster>
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { searches, complaints, all } }) => (
  <>
    {all && <PageSection title="All of your organisation">{requestRegister.show(all)}</PageSection>}
    <PageSection title="What you were asked to search">
      {searches.length === 0 ? <p>You were not asked to search.</p> : <OwnSearches searches={searches} />}
    </PageSection>
    {complaints.length > 0 && (
      <PageSection title="Your complaints">
        <ul>
          {complaints.map(({ reference, state, receivedOn, acknowledgedOn }) => (
            <li key={reference}>
              <Link href={`/requests/${reference}`}>{reference}</Link>, {dateInWords(receivedOn)}:{" "}
              {state === "open" && acknowledgedOn === null ? "Not acknowledged yet" : REQUEST_STATES[state]}
            </li>
          ))}
        </ul>
      </PageSection>
    )}
  </>
));
export { generateMetadata, Page as default };

const OwnSearches = ({ searches }: { searches: readonly OwnSearch[] }) => (
  <ul>
    {searches.map(({ id, position, request, answerBy, answers, endedAt }) => (
      <li key={id}>
        <Link href={`/requests/${request.reference}/searches/${position}`}>{request.reference}</Link>, asked for by{" "}
        {dateInWords(answerBy)} {answers.length > 0 && <Tag tone="good">You answered</Tag>}
        {answers.length === 0 && endedAt === null && ["open", "paused"].includes(request.state) && (
          <Tag tone="warning">Waits for your answer</Tag>
        )}
      </li>
    ))}
  </ul>
);
