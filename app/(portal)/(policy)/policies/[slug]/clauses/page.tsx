import { VersionPills } from "#app/_portal/version-pills.tsx";
import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { takenUpWords } from "#app/_portal/answer-words.ts";
import { DataTable, UserText } from "#app/_ui/content.tsx";
import { Disclosure, Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { aboutAddress } from "../version-address.ts";
import { getClauseReport, type ClauseReport } from "#server/policy/question/queries.ts";

const page = definePage({
  path: "/policies/[slug]/clauses",
  read: ({ actor, params, query }) => getClauseReport(actor, params.slug, [query["version"] ?? ""].flat().at(-1) ?? ""),
  heading: "Clauses that cause trouble",
  title: ({ view: { title, version } }) => `Clauses that cause trouble: ${title}, version ${version}`,
  kicker: ({ view: { title, version } }) => `${title}, version ${version}`,
  back: ({ view }) => ({ href: aboutAddress(view), label: "About this document" }),
  intro: ({ view: { declined } }) => (
    <>
      <p>Clauses that people asked about, were not sure of, or asked to be excepted from. Nobody is named.</p>
      {declined !== null && <p>{declinedInWords(declined)}</p>}
    </>
  ),
});

/** What happened at each clause of a version: for its authors and those who oversee it. */
const { generateMetadata, Page } = framedPage(page, ({ view: report }) => {
  const { slug, version, versions, troubled } = report;
  const address = (path: string, number: string) => `${path}?${new URLSearchParams({ version: number }).toString()}`;
  return (
    <>
      <VersionPills
        versions={versions}
        shown={report}
        addressOf={({ slug, version }) => address(`/policies/${slug}/clauses`, version)}
      />
      <DataTable
        caption="Clauses, most trouble first"
        columns={{
          Clause: ({ clause, text }) => (
            <>
              <Link href={`/policies/${slug}/versions/${version}#${clauseAnchor(clause)}`}>{clause}</Link>{" "}
              <span className="font-normal">{text}</span>
            </>
          ),
          Questions: { numeric: true, cell: ({ questions }) => questions },
          Suggestions: { numeric: true, cell: ({ suggestions }) => suggestions },
          "“Not sure” answers": { numeric: true, cell: ({ unsure }) => unsure },
          "Exceptions asked for": { numeric: true, cell: ({ exceptions }) => exceptions },
          "Exceptions declined": { numeric: true, cell: ({ refusals }) => refusals },
        }}
        rows={troubled}
        empty="No clause of this version has caused trouble yet."
      />
      {troubled.length > 0 && (
        <>
          <LinkLine href={address(`/policies/${slug}/clauses.csv`, version)} onPaper={false}>
            Save this as a CSV file
          </LinkLine>
          <Quiet report={report} />
        </>
      )}
      <Suggestions report={report} />
      <Results report={report} />
      <Disclosure summary="What is counted">
        <ul>
          <li>Questions that people asked about the clause, and changes that they suggested.</li>
          <li>
            Results of the check that rest on the clause, where an answer was “not sure”. A result counts each time it
            is shown.
          </li>
          <li>Exceptions from the clause that were asked for, and those of them that were declined.</li>
          <li>
            What people pressed below a result, “Was this an answer?”: each person once a day for each result. Who it
            was is not kept. A number is shown from five on.
          </li>
        </ul>
      </Disclosure>
    </>
  );
});
export { generateMetadata, Page as default };

const Suggestions = ({ report: { suggestions } }: { report: ClauseReport }) =>
  suggestions.length === 0 ? null : (
    <PageSection title="What people suggest" id="suggestions">
      <DataTable
        caption="Suggestions, newest first"
        columns={{
          Clause: ({ clause, clauseText }) => (
            <>
              {clause} <span className="font-normal">{clauseText}</span>
            </>
          ),
          "What is wrong": ({ question }) => <UserText>{question}</UserText>,
          "What it should say instead": ({ suggestion }) => suggestion && <UserText>{suggestion.instead}</UserText>,
          Answer: ({ reference, suggestion, answer }) => (
            <Link href={`/questions/${reference}`}>
              {answer ? takenUpWords(suggestion?.takenUp ?? null) : `Answer ${reference}`}
            </Link>
          ),
        }}
        rows={suggestions}
      />
    </PageSection>
  );

const Results = ({ report: { results, words } }: { report: ClauseReport }) => (
  <PageSection title="Was this an answer?" id="results">
    <DataTable
      caption="Results of the check, those that were no answer most often first"
      columns={{
        Result: ({ verdict, sentence }) => (
          <>
            {verdict && <VerdictWord verdict={verdict} words={words} />} <span className="font-normal">{sentence}</span>
          </>
        ),
        No: { numeric: true, cell: ({ no }) => no ?? FEW },
        Yes: { numeric: true, cell: ({ yes }) => yes ?? FEW },
      }}
      rows={results}
      empty="No result has been answered five times yet."
    />
  </PageSection>
);

const FEW = "Fewer than 5";

const Quiet = ({ report: { slug, version, quiet } }: { report: ClauseReport }) =>
  quiet.length === 0 ? null : (
    <Disclosure summary={`Clauses without trouble: ${quiet.length}`}>
      <ul className="flex list-none flex-wrap gap-x-5">
        {quiet.map(({ clause }) => (
          <li key={clause}>
            <Link
              href={`/policies/${slug}/versions/${version}#${clauseAnchor(clause)}`}
              className="inline-flex min-h-target min-w-8 items-center"
            >
              {clause}
            </Link>
          </li>
        ))}
      </ul>
    </Disclosure>
  );

function declinedInWords(people: number): string {
  if (people === 0) return "Nobody declined this version.";
  return people === 1 ? "One person declined this version." : `${people} people declined this version.`;
}
