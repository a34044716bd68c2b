import { PageSection } from "#app/_ui/layout.tsx";
import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { LEAST_UNFOUND_SHOWN } from "#domain/policy/question/question.ts";
import { getUnfound, MOST_WORDS_SHOWN } from "#server/policy/question/queries.ts";

const page = definePage({
  path: "/questions/unfound",
  read: ({ actor }) => getUnfound(actor),
  heading: "What people did not find",
  back: { href: "/questions", label: "Questions about clauses" },
  intro: (
    <p>
      Where a word comes back, add it to the starts or the synonyms of the content, or say it in the next version.
      Nobody is named. Words are here only where the asker agreed.
    </p>
  ),
  gap: "section",
});

/** For policy owners: how often the search and the check had nothing that fitted, and the words that people gave. */
const { generateMetadata, Page } = framedPage(page, ({ view: { counts, words } }) => (
  <>
    <PageSection title="In their words">
      <DataTable
        caption="Words that found nothing"
        columns={{
          Words: ({ words: given }) => <bdi>{given}</bdi>,
          Policy: ({ title }) => title,
          Day: ({ day }) => dateInWords(day),
        }}
        rows={words}
        empty="Nobody has given their words yet. The search offers it where nothing fits."
      />
      {words.length === MOST_WORDS_SHOWN && <p>These are the newest {MOST_WORDS_SHOWN}.</p>}
    </PageSection>
    <PageSection title="How often nothing fitted">
      <DataTable
        caption="Nothing found, by policy and month"
        columns={{
          Policy: ({ title }) => title,
          Month: ({ month }) => dateInWords(month),
          Times: ({ count }) => (count === null ? `fewer than ${LEAST_UNFOUND_SHOWN}` : String(count)),
        }}
        rows={counts}
        empty="Nobody has looked in vain yet."
      />
    </PageSection>
  </>
));
export { generateMetadata, Page as default };
