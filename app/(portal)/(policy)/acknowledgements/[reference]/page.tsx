import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { HeadCover } from "#app/_portal/head-cover.tsx";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { BackLink, Button, Link, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import {
  getCertificate,
  type Certificate,
  getOwnWithdrawn,
  type PaperRecording,
} from "#server/policy/acknowledgement/queries.ts";
import { endIfShared, getSharedSeconds } from "#server/access/identity/session.ts";
import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { Banner, Confirmation, Missing, SummaryList, UserText } from "#app/_ui/content.tsx";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { GivenOn } from "#app/_portal/given-on.tsx";
import { GROUND_WORDS } from "#domain/policy/acknowledgement/acknowledgement.ts";

/** One sheet of A4, however long a reason and its answer are. */
const ON_PAPER =
  "print:[page:receipt] print:space-y-[6pt] print:text-[9pt] print:leading-[1.25] print:[--text-small:8pt] print:[--text-title:14pt] print:**:max-w-none print:[&_dl>div]:py-[2pt]";

const page = definePage({
  path: "/acknowledgements/[reference]",
  async read({ actor, params: { reference } }) {
    const certificate = await getCertificate(actor, reference);
    if (certificate) return { certificate };
    const withdrawn = await getOwnWithdrawn(actor, reference);
    return withdrawn && { certificate: null, withdrawn };
  },
  heading({ view: { certificate }, query }) {
    if (!certificate) return WITHDRAWN;
    return query["done"] ? confirmationOf(certificate) : headingOf(certificate);
  },
});

/** The confirmation, right after the answer; later its certificate, which a decline has none of. For who answered. */
const { generateMetadata, Page } = showPage(page, async ({ actor, view, query: { done, already } }) => {
  const { certificate } = view;
  if (!certificate)
    return (
      <PortalPage actor={actor}>
        <WithdrawnAnswer recording={view.withdrawn} />
      </PortalPage>
    );
  if (done) await endIfShared();
  const isShared = (await getSharedSeconds()) !== null;
  const { reference, answer, version, policy, contacts } = certificate;
  return (
    <PortalPage actor={actor} gap="loose">
      {done ? (
        <div className="no-print space-y-6">
          <Confirmation title={confirmationOf(certificate)} reference={reference} />
          {isShared && (
            <form method="post" action="/sign-out">
              <Button>Finish and sign out</Button>
            </form>
          )}
          <PageSection title="What happens next">
            <NextSteps certificate={certificate} />
          </PageSection>
          <PageSection title="Who to contact">
            <ContactList contacts={contacts} />
          </PageSection>
        </div>
      ) : (
        <BackLink href="/acknowledgements">Your acknowledgements</BackLink>
      )}
      {already && (
        <Banner tone="warning" title="Your earlier answer still counts">
          <p>
            {answer === "accepted"
              ? `You had already accepted version ${version}. An acceptance is final for its version, so nothing was changed.`
              : `You had already declined version ${version}. Nothing was changed.`}
          </p>
        </Banner>
      )}
      <article data-paper="" className={`space-y-6 ${ON_PAPER}`}>
        {done ? (
          <h2>{answer === "accepted" ? "Your certificate" : "Confirmation that you declined"}</h2>
        ) : (
          <PageHeading kicker={`${answer === "accepted" ? "Certificate" : "Confirmation"} ${reference}`}>
            {headingOf(certificate)}
          </PageHeading>
        )}
        <CertificateRows certificate={certificate} person={actor.name} />
      </article>
      {certificate.paper && (
        <p className="no-print">
          Is this not what you answered? Tell {certificate.recordedBy ?? "a governance officer"}: they can withdraw it.
        </p>
      )}
      <PrintButton />
      <p className="no-print">
        <Link href={`/policies/${policy}`}>Read the policy</Link> · <Link href="/tasks">See your tasks</Link>
      </p>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

const confirmationOf = ({ answer }: Certificate): string =>
  answer === "accepted" ? "You have accepted the policy" : "You have declined the policy";

const headingOf = ({ answer, title, version, paper }: Certificate): string =>
  `You ${answer} “${title}”, version ${version}${paper ? ", on paper" : ""}`;

function NextSteps({ certificate: { answer, policy, isDraft } }: { certificate: Certificate }) {
  if (answer === "declined")
    return (
      <ul>
        <li>Somebody else who answers for the policy gets your reason, with your name, role and team.</li>
        <li>The answer appears in your tasks. You are then asked again.</li>
        <li>{isDraft ? "Until then, the draft is not in force." : "Until then, the policy applies to you."}</li>
        <li>
          You can still <Link href={`/policies/${policy}/acknowledge`}>accept it</Link> at any time.
        </li>
      </ul>
    );
  return (
    <ul>
      <li>You do not need to do anything else.</li>
      <li>
        {isDraft
          ? "You accepted a draft. You are asked again when a version comes into force."
          : "You are asked again when a new version changes what you may do."}
      </li>
      <li>
        You can find this certificate under <Link href="/acknowledgements">your acknowledgements</Link>.
      </li>
    </ul>
  );
}

const WITHDRAWN = "This recording was withdrawn";

/** What was recorded from paper for the reader by mistake: it is no answer of theirs. */
function WithdrawnAnswer({ recording }: { recording: PaperRecording }) {
  const { reference, answer, version, givenAt, recordedBy, recordedAt, withdrawn } = recording;
  return (
    <Stack gap="loose">
      <BackLink href="/acknowledgements">Your acknowledgements</BackLink>
      <PageHeading kicker={reference}>{WITHDRAWN}</PageHeading>
      <p>It does not count as your answer. Your acknowledgements say whether you are asked to answer.</p>
      <SummaryList
        rows={{
          "It said": `${ANSWER_WORDS[answer]} version ${version}, ${paperDayInWords(givenAt)}`,
          "Recorded by": <ByAndWhen by={recordedBy} at={recordedAt} />,
          "Withdrawn by": withdrawn && <ByAndWhen by={withdrawn.by} at={withdrawn.at} />,
          "What was wrong": withdrawn && <UserText>{withdrawn.because}</UserText>,
        }}
      />
    </Stack>
  );
}

/** What, which version, when, who, which statement; and where this is in the journal, for those who check. */
function CertificateRows({ certificate, person }: { certificate: Certificate; person: string }) {
  const { reference, title, bodyName, version, isDraft, correction, hash, answer, givenAt, paper } = certificate;
  const { statement, ground, reason, reply, repliedAt, evidence } = certificate;
  return (
    <Stack>
      <SummaryList
        rows={{
          Reference: reference,
          Answer: ANSWER_WORDS[answer],
          Policy: `${title}, ${bodyName}`,
          Version: [version, isDraft && "a draft", correction].filter(Boolean).join(", "),
          "Given by": person,
          "Given on": <GivenOn givenAt={givenAt} isOnPaper={paper !== null} />,
          "Recorded by": paper && (
            <ByAndWhen by={certificate.recordedBy ?? "Somebody who has left"} at={paper.recordedAt} />
          ),
          "The paper is kept": paper && <UserText>{paper.place}</UserText>,
          "Why on paper": paper && <UserText>{paper.why}</UserText>,
          Statement: answer === "accepted" && <span className="block max-w-text">{statement.trim()}</span>,
          Understanding: answer === "accepted" && understandingOf(certificate),
          "You said": ground !== null && GROUND_WORDS[ground],
          "Your reason": reason !== null && <UserText>{reason}</UserText>,
          "The answer to you": reply !== null && repliedAt && <UserText>{reply}</UserText>,
          "Answered on": reply !== null && repliedAt && <Moment at={repliedAt} />,
        }}
      />
      <div className="max-w-text space-y-1 text-small wrap-anywhere text-soft">
        <p>To check it: the fingerprints are SHA-256, the time is in UTC.</p>
        <p>Version {hash}</p>
        <p>Time {(paper?.recordedAt ?? givenAt).toISOString()}</p>
        <p>
          {evidence ? (
            <>
              Evidence row {evidence.position}: {evidence.hash}
            </>
          ) : (
            <Missing>No evidence row was found</Missing>
          )}
        </p>
        {certificate.cover && (
          <HeadCover cover={certificate.cover} href={`/acknowledgements/${reference}/proof.json`} />
        )}
      </div>
    </Stack>
  );
}

function understandingOf({ paper, understoodAt }: Certificate): string {
  if (paper) return "Not checked: it was given on paper";
  return understoodAt ? "Checked, with situations from the policy" : "Not checked";
}

const ByAndWhen = ({ by, at }: { by: string; at: Date }) => (
  <>
    {by}, <Moment at={at} />
  </>
);
