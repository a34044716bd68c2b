import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";
import { listNotes } from "#server/policy/question/queries.ts";

type Props = { params: Promise<{ slug: string; clause: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (!page) return { title: "Page not found" };
  return { title: `Clause ${page.clause.id}: ${page.policy.version.frontMatter.title}` };
}

/** One clause of a policy as it is today, and what a reader can do about it. */
export default async function ClausePage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, policy, clause } = page;
  const { version, isMine, isPublished, current } = policy;
  const { slug, frontMatter, exceptionRules } = version;
  const notes = (await listNotes(actor, version)).filter((note) => note.clause === clause.id);
  const canAsk = isMine && isPublished && current === version.version;
  const query = new URLSearchParams({ clause: clause.id }).toString();
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/policies/${slug}#${clauseAnchor(clause.id)}`}>Back to the policy</BackLink>
          <PageHeading kicker={`${frontMatter.title}, version ${version.version}`}>Clause {clause.id}</PageHeading>
        </Stack>
        <Quotation number={clause.id}>{clause.text}</Quotation>
        {notes.map(({ reference, text, publishedAt }) => (
          <Stack key={reference} as="section">
            <h2>Note by the policy owner, {dateInWords(calendarDay(publishedAt))}</h2>
            <UserText>{text}</UserText>
          </Stack>
        ))}
        {canAsk ? (
          <Cluster>
            <ButtonLink href={`/policies/${slug}/ask?${query}`}>Ask about this clause</ButtonLink>
            {exceptionRules.lifts.includes(clause.id) && (
              <ButtonLink href={`/exceptions/new?policy=${slug}&${query}`} look="quiet">
                Ask for an exception from it
              </ButtonLink>
            )}
          </Cluster>
        ) : (
          <p>You can only ask about a policy of your own employer that has been published.</p>
        )}
        {canAsk && !exceptionRules.lifts.includes(clause.id) && <p>Nobody can give an exception from this clause.</p>}
      </Stack>
    </PortalPage>
  );
}

const readPage = readOnce(async ({ params }: Props) => {
  const actor = await requireActor();
  const { slug, clause: id } = await params;
  const policy = await getPolicyToRead(actor, slug);
  const clause = policy?.version.clauses.find((one) => one.id === id);
  return policy && clause ? { actor, policy, clause } : null;
});
