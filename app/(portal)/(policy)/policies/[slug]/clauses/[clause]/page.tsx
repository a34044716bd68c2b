import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { ButtonLink, Cluster, Stack } from "#app/_ui/layout.tsx";
import { Quotation, UserText } from "#app/_ui/content.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";
import { listNotes } from "#server/policy/question/queries.ts";

const page = definePage({
  path: "/policies/[slug]/clauses/[clause]",
  async read({ actor, params }) {
    const policy = await getPolicyToRead(actor, params.slug);
    const clause = policy?.version.clauses.find(({ id }) => id === params.clause);
    return policy && clause ? { policy, clause } : null;
  },
  heading: ({ view: { clause } }) => `Clause ${clause.id}`,
  title: ({ view: { policy, clause } }) => `Clause ${clause.id}: ${policy.version.frontMatter.title}`,
  kicker: ({
    view: {
      policy: { version },
    },
  }) => `${version.frontMatter.title}, version ${version.version}`,
  back: ({ params, view: { clause } }) => ({
    href: `/policies/${params.slug}#${clauseAnchor(clause.id)}`,
    label: "Back to the policy",
  }),
});

const { generateMetadata, Page } = framedPage(page, async ({ actor, view: { policy, clause } }) => {
  const { version, isMine, isPublished, current } = policy;
  const { slug, exceptionRules } = version;
  const notes = (await listNotes(actor, version)).filter((note) => note.clause === clause.id);
  const canAsk = isMine && isPublished && current === version.version;
  const query = new URLSearchParams({ clause: clause.id }).toString();
  return (
    <>
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
          <ButtonLink href={`/policies/${slug}/suggest?${query}`} look="quiet">
            Suggest a change to it
          </ButtonLink>
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
    </>
  );
});
export { generateMetadata, Page as default };
