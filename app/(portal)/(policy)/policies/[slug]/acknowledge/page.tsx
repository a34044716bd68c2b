import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { OwnHolds } from "#app/_hold/own-holds.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getChangesSinceOwn } from "#server/policy/policy/change-queries.ts";
import { ChangesInShort } from "../changes/changes-in-short.tsx";
import { AcceptAfterAll, AnswerForm } from "./answer-form.tsx";
import { EarlierDecline } from "./earlier-decline.tsx";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}${heading(page.title)}` : "Page not found" };
}

/** What one is asked to accept, on which version, and the form to answer it; or the answer that stands. */
export default async function AcknowledgePage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, own, title, refill, since } = page;
  const { slug, body, version, standing } = own;
  const { status, summary, acknowledgement } = version.frontMatter;
  return (
    <PortalPage actor={actor} place="policies">
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/policies/${slug}`}>The policy</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading
            kicker={`${body.name} · version ${version.version} · ${STATUS_WORDS[status]} · fingerprint ${version.hash.slice(0, 12)}`}
          >
            {heading(title)}
          </PageHeading>
        </Stack>
        <OwnHolds actor={actor} beside={[...summary, acknowledgement].join(" ")} />
        {standing.kind === "accepted" && (
          <Banner title={`You accepted version ${standing.given.version}`}>
            <p>
              That was on <Moment at={standing.given.givenAt} />. You need to do nothing.{" "}
              <Link href={`/acknowledgements/${standing.given.reference}`}>See your certificate</Link>
            </p>
          </Banner>
        )}
        {standing.kind === "declined" && (
          <Banner title={`You declined version ${standing.given.version}`}>
            <p>
              That was on <Moment at={standing.given.givenAt} />. The policy owner has not answered yet. You can still
              accept. <Link href={`/acknowledgements/${standing.given.reference}`}>See what you wrote</Link>
            </p>
          </Banner>
        )}
        {standing.kind === "outstanding" && standing.earlier && <EarlierDecline own={own} earlier={standing.earlier} />}
        {status === "draft" && (
          <Banner tone="warning" title="This is a draft">
            <p>It is not in force. You answer it as a draft, and are asked again when a version comes into force.</p>
          </Banner>
        )}
        {since && (
          <Stack as="section">
            <ChangesInShort
              changes={since.changes}
              title={`What changed since you ${since.own} version ${since.changes.from.version.version}`}
            />
            <p>
              <Link href={`/policies/${slug}/changes`}>See every change</Link>
            </p>
          </Stack>
        )}
        <Stack as="section">
          <h2>In short</h2>
          <ul>
            {summary.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
          <p>
            <Link href={`/policies/${slug}`}>Read the whole policy</Link> before you answer.
          </p>
        </Stack>
        <Panel title="What you are asked to accept">
          <p className="max-w-text whitespace-pre-line">{acknowledgement.trim()}</p>
        </Panel>
        {standing.kind === "outstanding" && <AnswerForm actor={actor} own={own} refill={refill} />}
        {standing.kind === "declined" && <AcceptAfterAll actor={actor} own={own} />}
      </Stack>
    </PortalPage>
  );
}

function heading(title: string): string {
  return `Your answer to “${title}”`;
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const own = await getOwnStanding(actor, (await params).slug);
  if (!own) return null;
  const refill = await refillFor(actor, (await searchParams).kept, `/policies/${own.slug}/acknowledge`);
  const since = own.standing.kind === "outstanding" ? await getChangesSinceOwn(actor, own.slug) : null;
  return { actor, own, title: own.version.frontMatter.title, refill, since };
}
