import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PolicyLine } from "#app/_portal/policy-line.tsx";
import { PolicyChooser } from "#app/_portal/policy-chooser.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { MatrixTable } from "#app/_verdict/matrix-table.tsx";
import { assumptionWords } from "#app/_verdict/matrix-words.ts";
import { VerdictLegend } from "#app/_verdict/verdict-legend.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Answers } from "#domain/decision/fault.ts";
import { viewMatrix, type MatrixCell } from "#domain/decision/matrix.ts";
import { VERDICTS } from "#domain/decision/verdict.ts";
import { readQuery, writeQuery } from "#domain/decision/wizard.ts";
import type { PolicyVersion } from "#domain/policy/policy.ts";
import { inOneSentence, questionFor, wordsFor } from "#domain/policy/wording.ts";
import { requireActor } from "#server/identity/session.ts";
import { getPolicy, getSlugFor, listPolicies } from "#server/policy/queries.ts";
import { outcomeAddress } from "../policies/[slug]/outcomes/outcome-address.ts";
import { ChosenCell } from "./chosen-cell.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Matrix" };

/** The policy's table as a matrix: its rows and columns under its assumptions, which the reader may change. */
export default async function MatrixPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const slug = await getSlugFor(actor, query.policy);
  if (slug === undefined)
    return (
      <PortalPage actor={actor} place="matrix">
        <PolicyChooser policies={await listPolicies(actor)} action="/matrix" />
      </PortalPage>
    );
  const policy = await getPolicy(actor, slug);
  if (!policy) notFound();
  const { version } = policy;
  const { answers } = readQuery(version.table, query);
  const view = viewMatrix(version.table, version.matrix, answers);
  const [rows, columns] = [questionFor(version, view.rows.name), questionFor(version, view.columns.name)];
  const assumed = view.assumed.map(({ name }) => questionFor(version, name));
  const { assumptions, idle } = assumptionWords(version, view);
  const [row, column] = [answers[rows.name], answers[columns.name]];
  const chosen = view.cells
    .flat()
    .find((cell) => cell.answers[rows.name] === row && cell.answers[columns.name] === column);
  const used = VERDICTS.filter((verdict) => view.cells.flat().some(({ rule }) => rule.verdict === verdict));

  return (
    <PortalPage actor={actor} place="matrix">
      <Stack gap="loose">
        <Stack>
          <PageHeading kicker={<PolicyLine policy={policy} />}>{`${rows.ask} ${columns.ask}`}</PageHeading>
          {assumptions.length > 0 && <p>{`This holds when ${inOneSentence(assumptions)}.`}</p>}
          {idle.length > 0 && (
            <p className="text-small text-soft">{`It makes no difference here what you answer to ${inOneSentence(idle.map(({ ask }) => `“${ask}”`))}.`}</p>
          )}
        </Stack>

        <MatrixTable
          caption={`Verdicts by “${rows.ask}” and “${columns.ask}”. Choose a cell to see why.`}
          corner={rows.ask}
          columns={columns.answers.map(({ answer, label }) => ({ key: answer, label }))}
          rows={rows.answers.map(({ answer, label }, at) => ({
            key: answer,
            label,
            cells: (view.cells[at] ?? []).map((cell) => ({
              href: `/matrix?${writeQuery(slug, inTableOrder(version, cell.answers))}#why`,
              verdict: cell.rule.verdict,
              notes: changesIn(version, cell),
              current: cell === chosen,
            })),
          }))}
        />

        {chosen && <ChosenCell policy={policy} cell={chosen} answers={inTableOrder(version, chosen.answers)} />}

        {assumed.length > 0 && (
          <Disclosure summary="Change what is assumed" open={Object.keys(answers).some((name) => name in view.assume)}>
            <form action="/matrix" method="get" noValidate className="space-y-5">
              <input type="hidden" name="policy" value={slug} />
              <div className="grid gap-5 sm:grid-cols-2">
                {assumed.map((question) => (
                  <SelectField
                    key={question.name}
                    name={question.name}
                    label={question.ask}
                    options={question.answers.map(({ answer, label }) => ({ value: answer, label }))}
                    defaultValue={view.assume[question.name]}
                  />
                ))}
              </div>
              <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
                <Button>Show the matrix</Button>
                <Link href={`/matrix?policy=${slug}`}>Back to the policy&apos;s own assumptions</Link>
              </div>
            </form>
          </Disclosure>
        )}

        <Stack as="section">
          <h2>What the verdicts mean</h2>
          <VerdictLegend verdicts={used} />
          <p className="no-print">
            <Link href={outcomeAddress(version)}>See every outcome in one list</Link>
          </p>
        </Stack>
      </Stack>
    </PortalPage>
  );
}

function inTableOrder({ table }: PolicyVersion, answers: Answers): Answers {
  return Object.fromEntries(table.facts.map(({ name }) => [name, answers[name] ?? ""]));
}

/** The small line below a cell: what of the assumptions would change it. */
function changesIn(version: PolicyVersion, { changes }: MatrixCell): string[] {
  // A long list of purposes says less than the question it answers, and stands last.
  const [long, short] = [
    changes.filter(({ answers }) => answers.length > 2),
    changes.filter(({ answers }) => answers.length <= 2),
  ];
  const reasons = [
    ...short.flatMap(({ fact, answers }) =>
      answers.map(({ answer }) => wordsFor(questionFor(version, fact), answer).when),
    ),
    ...long.map(({ fact }) => `you answer “${questionFor(version, fact).ask}” differently`),
  ];
  return reasons.length > 0 ? [`Changes if ${inOneSentence(reasons, "or")}`] : [];
}
