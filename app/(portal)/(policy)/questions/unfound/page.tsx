import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { requireReader } from "#app/_portal/reader.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { LEAST_UNFOUND_SHOWN } from "#domain/policy/question/question.ts";
import { getUnfound, MOST_WORDS_SHOWN } from "#server/policy/question/queries.ts";

const HEADING = "What people did not find";

export const metadata: Metadata = { title: HEADING };

/** For policy owners: how often the search and the check had nothing that fitted, and the words that people gave. */
export default async function UnfoundPage() {
  const actor = await requireReader();
  const unfound = await getUnfound(actor);
  if (!unfound) notFound();
  const { counts, words } = unfound;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <BackLink href="/questions">Questions about clauses</BackLink>
          <PageHeading>{HEADING}</PageHeading>
          <p>
            Where a word comes back, add it to the starts or the synonyms of the content, or say it in the next version.
            Nobody is named. Words are here only where the asker agreed.
          </p>
        </Stack>
        <Section title="In their words">
          <DataTable
            caption="Words that found nothing"
            captionHidden
            columns={{
              Words: ({ words: given }) => <bdi>{given}</bdi>,
              Policy: ({ title }) => title,
              Day: ({ day }) => dateInWords(day),
            }}
            rows={words}
            empty="Nobody has given their words yet. The search offers it where nothing fits."
          />
          {words.length === MOST_WORDS_SHOWN && <p>These are the newest {MOST_WORDS_SHOWN}.</p>}
        </Section>
        <Section title="How often nothing fitted">
          <DataTable
            caption="Nothing found, by policy and month"
            captionHidden
            columns={{
              Policy: ({ title }) => title,
              Month: ({ month }) => dateInWords(month),
              Times: ({ count }) => (count === null ? `fewer than ${LEAST_UNFOUND_SHOWN}` : String(count)),
            }}
            rows={counts}
            empty="Nobody has looked in vain yet."
          />
        </Section>
      </Stack>
    </PortalPage>
  );
}
