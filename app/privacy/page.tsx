import { BodiesToAsk } from "#app/_portal/bodies-to-ask.tsx";
import { OwnStatement } from "#app/_portal/own-statement.tsx";
import { OpenPage } from "#app/_portal/open-page.tsx";
import { ButtonLine, Link, PageHeading, PageSection, PrintHint, Stack } from "../_ui/layout.tsx";
import { SummaryList } from "../_ui/content.tsx";
import { LAWFUL_BASES, type RetainedKind } from "#domain/gather/retention/retained-data.ts";
import { ACKNOWLEDGE_WITHIN_DAYS } from "#domain/registers/information-request/due.ts";
import { listRetainedData } from "#server/gather/retention/queries.ts";
import { getOwnStatement, listBodiesToAsk } from "#server/gather/statement/queries.ts";

export const metadata = { title: "Privacy" };
export const dynamic = "force-dynamic";

/**
 * What the portal keeps about people, and their rights; open to everybody, so that people can read it before signing
 * in.
 */
export default async function PrivacyPage() {
  const [own, kinds] = await Promise.all([getOwnStatement("privacy"), listRetainedData()]);
  return (
    <OpenPage gap="section">
      <Stack>
        <PageHeading>Privacy</PageHeading>
        <p className="text-lead">What this portal keeps about you, why, who sees it, and what you can do.</p>
        {own !== null && <OwnStatement html={own} />}
        {own === null && <InGeneral />}
        <PrintHint />
      </Stack>
      {own === null && <YourRights />}
      <Cookies />
      <PageSection title="What is kept">
        <p>The reason in law is a suggestion by those who made the portal. Your employer decides.</p>
        {kinds.map((kind) => (
          <Kept key={kind.title} kind={kind} />
        ))}
      </PageSection>
      <ButtonLine href="/" look="quiet">
        Go to the start page
      </ButtonLine>
    </OpenPage>
  );
}

/** What the portal says by itself, until the body writes its own notice (docs/adopting.md). */
const InGeneral = () => (
  <>
    <p>
      Your employer decides what is kept here and answers for it: it is the controller. The portal runs on your
      employer’s machines. It sends nothing to anybody else, except mail to your work address and, where your employer
      set that up, sign-in at your employer’s identity provider.
    </p>
    <p>
      Nobody is watched: no analytics, no advertising, no profile of you. The portal proposes what the policy says, and
      you decide. No decision about you is made by a machine alone.
    </p>
  </>
);

const YourRights = async () => (
  <>
    <PageSection title="Your rights">
      <p>You can ask your employer to</p>
      <ul>
        <li>
          show you what it holds about you. You can see and save most of it yourself, on the page{" "}
          <Link href="/me">You in this portal</Link>;
        </li>
        <li>correct what is wrong;</li>
        <li>erase it, or limit what is done with it. What the law requires to be kept stays;</li>
        <li>stop, where you object. Where you gave consent, you can take it back at any time.</li>
      </ul>
      <p>They answer within one month.</p>
    </PageSection>
    <Complaints />
    <PageSection title="Who to ask">
      <BodiesToAsk bodies={await listBodiesToAsk("privacy")} />
      <p>
        If you are not happy with the answer, you can complain to the Information Commissioner’s Office (ico.org.uk,
        telephone 0303 123 1113).
      </p>
    </PageSection>
  </>
);

const Cookies = () => (
  <PageSection title="Cookies">
    <SummaryList
      rows={[
        {
          term: "with-care.session_token",
          value: "Keeps you signed in. It goes when you sign out, and after 12 hours at the latest.",
        },
        { term: "with-care.sign-in", value: "Only while you sign in with your work account: ten minutes at most." },
      ]}
    />
    <p>
      Both are needed, so the portal does not ask before it sets them. Over https their names begin with{" "}
      <code>__Host-</code>. There are no others.
    </p>
    <p>
      If you open <Link href="/offline">the card for when you are offline</Link>, your browser keeps that page. It says
      nothing about you, and it stays until you clear the portal’s data in your browser. Nothing else is stored there.
    </p>
  </PageSection>
);

const Complaints = () => (
  <PageSection title="If your data was handled wrongly">
    <p>
      You can complain to your employer. If you work here, <Link href="/complaints/new">send your complaint</Link> after
      you have signed in; if not, write to one of those below, and they enter it. Its receipt is acknowledged within{" "}
      {ACKNOWLEDGE_WITHIN_DAYS} days. It is looked into without undue delay, and you hear what came of it.
    </p>
  </PageSection>
);

const Kept = ({ kind: { title, what, why, basis, seenBy, howLong } }: { kind: RetainedKind }) => (
  <Stack as="section">
    <h3>{title}</h3>
    <SummaryList
      rows={[
        { term: "What", value: what },
        { term: "Why", value: why },
        { term: "Lawful basis", value: LAWFUL_BASES[basis] },
        { term: "Who sees it", value: seenBy },
        { term: "How long", value: howLong },
      ]}
    />
  </Stack>
);
