import { YourLineManager } from "#app/_portal/your-line-manager.tsx";
import { PolicyText } from "#app/(portal)/(policy)/_policy-text/policy-text.tsx";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { PolicyBanners } from "#app/_portal/policy-banners.tsx";
import { policyInOneLine, versionNotice } from "#app/_portal/policy-notices.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { STATE_WORDS } from "#app/_portal/status-words.ts";
import {
  ButtonLink,
  Cluster,
  Columns,
  Lines,
  Link,
  LinkLine,
  PageHeading,
  PageSection,
  Panel,
  PrintHint,
  Stack,
  Toc,
} from "#app/_ui/layout.tsx";
import { Banner, DataTable, Missing, SummaryList, Tag } from "#app/_ui/content.tsx";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { channelNote, channelsOn, type Body } from "#domain/policy/policy/body.ts";
import { getToday } from "#server/policy/exception/queries.ts";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { OwnStanding } from "#server/policy/acknowledgement/queries.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import { listNotes } from "#server/policy/question/queries.ts";
import { listOutsideRules } from "#server/policy/outside-rule/queries.ts";
import { AboutDocument, OutsideRules } from "./about-document.tsx";
import { coverageAddress } from "./version-address.ts";
import { LastLine, PrintStyle } from "./printed-policy.tsx";
import { answerMoment, GivenOn } from "#app/_portal/given-on.tsx";

type PolicyViewProps = {
  actor: Actor;
  policy: ReadablePolicy;
  /** Whether the reader has answered it, if they are asked to. */
  own: OwnStanding | null;
  /** Shown above it instead of how it relates to the version in force today. */
  banner?: React.ReactNode;
};

/** A version of a policy: what matters first, then the numbered text, then whom to ask and what is around it. */
export async function PolicyView({ actor, policy, own, banner }: PolicyViewProps) {
  const { version, body } = policy;
  const { frontMatter } = version;
  const isCurrent = policy.current === version.version;
  const rules = (await listOutsideRules(body)).applying;
  const canAsk = policy.isMine && policy.isPublished && isCurrent;
  const hasOutsideRules = rules.length > 0;
  return (
    <PortalPage actor={actor} section="policies">
      <Columns toc={<Toc items={contentsOf(version, hasOutsideRules)} />}>
        <Stack gap="section" as="article">
          <PrintStyle policy={policy} />
          <Stack>
            <PageHeading size="display" kicker={<Kicker policy={policy} />}>
              {frontMatter.title}
            </PageHeading>
            {banner ?? <VersionBanner policy={policy} />}
            <PolicyBanners policy={policy} />
            {policy.isMine && <OwnHolds actor={actor} beside={policy.version.text} />}
            {own && <OwnAnswer own={own} />}
            {!policy.isPublished && can(actor, "policy.edit-draft", { body: body.slug }) && (
              <LinkLine href={`/drafts/${version.slug}/${version.version}/text`} onPaper={false}>
                Edit
              </LinkLine>
            )}
          </Stack>

          <InShort version={version} isCurrent={isCurrent} />

          <Scope scope={frontMatter.scope} />

          {canAsk && (
            <p className="no-print text-small text-soft">
              Choose a clause’s number to ask about it, or for an exception.
            </p>
          )}
          <PolicyText
            version={version}
            canAsk={canAsk}
            notes={isCurrent && !banner ? await listNotes(actor, version) : []}
          />

          <ChannelsAndContacts actor={policy.isMine ? actor : null} body={body} />

          {hasOutsideRules && <OutsideRules body={body} rules={rules} address={coverageAddress(version)} />}

          <AboutDocument actor={actor} policy={policy} />
          <LastLine policy={policy} />
        </Stack>
      </Columns>
    </PortalPage>
  );
}

const contentsOf = ({ sections }: PolicyVersion, hasOutsideRules: boolean) => [
  { href: "#in-short", label: "In short" },
  { href: "#scope", label: "What it covers" },
  ...sections.map(({ anchor, title }) => ({ href: `#${anchor}`, ...splitNumber(title) })),
  { href: "#contacts", label: "Channels and contacts" },
  ...(hasOutsideRules ? [{ href: "#outside-rules", label: "Rules from outside" }] : []),
  { href: "#document-control", label: "About this document" },
];

function Kicker({ policy }: { policy: ReadablePolicy }) {
  const { state, isReviewOverdue } = policy;
  return (
    <Cluster>
      <Tag tone={state === "in-force" ? "good" : "warning"}>{STATE_WORDS[state]}</Tag>
      <span>{policyInOneLine(policy)}</span>
      {isReviewOverdue && <Tag tone="warning">Review overdue</Tag>}
    </Cluster>
  );
}

const InShort = ({ version: { slug, frontMatter }, isCurrent }: { version: PolicyVersion; isCurrent: boolean }) => (
  <PageSection title="In short" id="in-short">
    <Lines lines={frontMatter.summary} />
    {isCurrent && (
      <div className="no-print space-y-4">
        <Cluster>
          <ButtonLink href={`/check?policy=${slug}`}>Check what you may do</ButtonLink>
          <ButtonLink href={`/matrix?policy=${slug}`} look="quiet">
            See the matrix
          </ButtonLink>
        </Cluster>
        <LinkLine href={`/policies/${slug}/card`}>Get a one-page version for a wall or a wallet</LinkLine>
      </div>
    )}
    <PrintHint />
  </PageSection>
);

const Scope = ({ scope }: { scope: FrontMatter["scope"] }) => (
  <section aria-labelledby="scope">
    <Panel title={<span id="scope">What it covers</span>}>
      <SummaryList
        rows={{
          Apps: listed(scope.apps, "apps"),
          Devices: listed(scope.devices, "devices"),
          People: listed(scope.people, "people"),
        }}
      />
    </Panel>
  </section>
);

/** @param actor the reader, if the body is theirs */
function ChannelsAndContacts({ actor, body }: { actor: Actor | null; body: Body }) {
  const channels = channelsOn(body, getToday());
  return (
    <PageSection title="Channels and contacts" id="contacts" gap="loose">
      {channels.length > 0 ? (
        <DataTable
          caption="Approved channels"
          captionHidden={false}
          columns={{
            Channel: (channel) => channel.name,
            "Use it for": (channel) => channel.use ?? <Missing what="use" />,
            Note: (channel) => channelNote(channel),
          }}
          rows={channels}
        />
      ) : (
        <p>
          <Missing>No approved channel is named</Missing> Ask{" "}
          {actor ? <YourLineManager actor={actor} /> : "your line manager"} which one to use.
        </p>
      )}
      {actor && <LinkLine href="/apps">Register of apps</LinkLine>}
      <ContactList contacts={body.contacts} />
    </PageSection>
  );
}

/** "2 What you may send" → number and words, so that the contents align. */
function splitNumber(title: string): { label: string; number?: string } {
  const [, number, label] = /^(\d+(?:\.\d+)*)\s+(.*)$/.exec(title) ?? [];
  return number && label ? { number, label } : { label: title };
}

const listed = (items: readonly string[], what: string) =>
  items.length > 0 ? items.join(" · ") : <Missing what={what} />;

/** Says that a version is not in force today, with a link to the one that is. */
function VersionBanner({ policy }: { policy: ReadablePolicy }) {
  const { version, current } = policy;
  const { slug, version: number } = version;
  const notice = versionNotice(policy);
  return (
    notice && (
      <Banner tone="warning" title={notice.title}>
        <p>{notice.says}</p>
        {current !== null && (
          <Cluster>
            <Link href={`/policies/${slug}`}>Read version {current}</Link>
            <Link href={`/policies/${slug}/changes?${new URLSearchParams({ from: number, to: current }).toString()}`}>
              See what changed
            </Link>
          </Cluster>
        )}
      </Banner>
    )
  );
}

/** On the page of a policy of the reader's own body: whether they have answered it, with a link. */
const OwnAnswer = ({ own }: { own: OwnStanding }) => (
  <section aria-labelledby="your-answer" className="no-print">
    <Panel title={<span id="your-answer">Your answer</span>}>
      <OwnAnswerWords own={own} />
    </Panel>
  </section>
);

function OwnAnswerWords({ own: { slug, standing, due, lastAnswered: since } }: { own: OwnStanding }) {
  const answerLink = `/policies/${slug}/acknowledge`;
  if (standing.kind === "accepted")
    return (
      <p>
        You accepted version {standing.given.version} on <GivenOn {...answerMoment(standing.given)} />.{" "}
        <Link href={`/acknowledgements/${standing.given.reference}`}>See your certificate</Link>
      </p>
    );
  if (standing.kind === "declined")
    return (
      <p>
        You declined version {standing.given.version} on <GivenOn {...answerMoment(standing.given)} />. Nobody has
        answered you yet. <Link href={answerLink}>Accept it after all</Link>
      </p>
    );
  const before = since
    ? `You ${since.answer} version ${since.version}. You are asked to answer this one.`
    : "You have not answered this version yet.";
  return (
    <p>
      {standing.earlier ? "You declined, and your decline was answered." : before}{" "}
      {due === null ? "You are not asked to answer it." : `Answer by ${dateInWords(due)}.`}{" "}
      <Link href={answerLink}>Accept or decline</Link>
      {since !== null && (
        <>
          {" "}
          · <Link href={`/policies/${slug}/changes`}>See what changed</Link>
        </>
      )}
    </p>
  );
}
