import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PillLinks } from "#app/_ui/pill-links.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { aboutAddress } from "../about/about-address.ts";
import { getClauseReport, type ClauseReport } from "#server/policy/question/queries.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${HEADING}: ${page.report.title}, version ${page.report.version}` : "Page not found" };
}

const HEADING = "Clauses that cause trouble";

/** What happened at each clause of a version: for its authors and those who oversee it. */
export default async function ClausesPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, report } = page;
  const { slug, title, version, versions, declined, troubled } = report;
  const address = (path: string, number: string) => `${path}?${new URLSearchParams({ version: number }).toString()}`;
  const textAddress = `/policies/${slug}/versions/${version}`;
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="loose">
        <Stack>
          <BackLink href={aboutAddress({ slug, version })}>About this document</BackLink>
          <PageHeading kicker={`${title}, version ${version}`}>{HEADING}</PageHeading>
          <p>Clauses that people asked about, were not sure of, or asked to be excepted from. Nobody is named.</p>
          {declined !== null && <p>{declinedInWords(declined)}</p>}
        </Stack>
        {versions.length > 1 && (
          <PillLinks
            label="Version"
            items={versions.map((number) => ({
              href: address(`/policies/${slug}/clauses`, number),
              label: `Version ${number}`,
              current: number === version,
            }))}
          />
        )}
        <DataTable
          caption="Clauses, most trouble first"
          captionHidden
          columns={{
            Clause: ({ clause, text }) => (
              <>
                <Link href={`${textAddress}#${clauseAnchor(clause)}`}>{clause}</Link>{" "}
                <span className="font-normal">{text}</span>
              </>
            ),
            Questions: { numeric: true, cell: ({ questions }) => questions },
            "“Not sure” answers": { numeric: true, cell: ({ unsure }) => unsure },
            "Exceptions asked for": { numeric: true, cell: ({ exceptions }) => exceptions },
            "Exceptions declined": { numeric: true, cell: ({ refusals }) => refusals },
          }}
          rows={troubled}
          empty="No clause of this version has caused trouble yet."
        />
        {troubled.length > 0 && (
          <>
            <p className="no-print">
              <Link href={address(`/policies/${slug}/clauses.csv`, version)}>Save this as a CSV file</Link>
            </p>
            <Quiet report={report} />
          </>
        )}
        <Results report={report} />
        <Disclosure summary="What is counted">
          <ul>
            <li>Questions that people asked about the clause.</li>
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
      </Stack>
    </PortalPage>
  );
}

/** Which results of the check were an answer to those who read them. */
function Results({ report: { results, words } }: { report: ClauseReport }) {
  return (
    <Stack as="section">
      <h2 id="results">Was this an answer?</h2>
      <DataTable
        caption="Results of the check, those that were no answer most often first"
        captionHidden
        columns={{
          Result: ({ verdict, sentence }) => (
            <>
              {verdict && <VerdictWord verdict={verdict} words={words} />}{" "}
              <span className="font-normal">{sentence}</span>
            </>
          ),
          No: { numeric: true, cell: ({ no }) => no ?? FEW },
          Yes: { numeric: true, cell: ({ yes }) => yes ?? FEW },
        }}
        rows={results}
        empty="No result has been answered five times yet."
      />
    </Stack>
  );
}

const FEW = "Fewer than 5";

function Quiet({ report: { slug, version, quiet } }: { report: ClauseReport }) {
  if (quiet.length === 0) return null;
  return (
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
}

function declinedInWords(people: number): string {
  if (people === 0) return "Nobody declined this version.";
  return people === 1 ? "One person declined this version." : `${people} people declined this version.`;
}

const readPage = readOnce(async ({ params, searchParams }: Props) => {
  const actor = await requireActor();
  const number = [(await searchParams).version ?? ""].flat().at(-1) ?? "";
  const report = await getClauseReport(actor, (await params).slug, number);
  return report && { actor, report };
});
