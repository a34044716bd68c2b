import { framedPage } from "#app/_portal/form/form-page.tsx";
import { VersionPills } from "#app/_portal/version-pills.tsx";
import { DayNote } from "#app/_portal/day-note.tsx";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { Link, LinkLine } from "#app/_ui/link.tsx";
import { PillLinks } from "#app/_ui/pill-links.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { PageSection, Stack } from "#app/_ui/stack.tsx";
import { outcomesOf, type OutcomeFilter, type OutcomeRow } from "#domain/policy/decision/outcomes.ts";
import { VERDICTS, verdictWord, type Verdict } from "#domain/policy/decision/verdict.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor, answerWords, situationsInASentence } from "#domain/policy/policy/wording.ts";
import { getOutcomePage } from "#server/policy/policy/outcome-queries.ts";
import { versionPage } from "../version-page.ts";
import { mapAddress, outcomeAddress } from "../version-address.ts";
import { ProofPanel } from "./proof-panel.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";

/** Rows per page. */
const MOST_ROWS = 100;

const page = versionPage({
  path: "/policies/[slug]/outcomes",
  read: ({ actor, params, query }) => getOutcomePage(actor, params.slug, query),
  heading: "Every outcome",
  intro: ({ view }) => (
    <>
      <p>
        Every answer to the questions of the check, and what the policy then says. Each situation is in exactly one row.
      </p>
      <LinkLine href={mapAddress(view.policy.version)} onPaper={false}>
        See it as a map of questions
      </LinkLine>
    </>
  ),
});

/** What a policy says about every possible situation, and the proof that it covers each. */
const { generateMetadata, Page } = framedPage(page, ({ view: { policy, versions, filter, proof }, query }) => {
  const { version } = policy;
  const { table } = version;
  const number = Number([query["page"] ?? ""].flat().at(-1));
  const wanted = Number.isSafeInteger(number) && number > 0 ? number : 1;
  const outcomes = outcomesOf(table, filter);
  const pages = Math.max(1, Math.ceil((outcomes?.rows.length ?? 0) / MOST_ROWS));
  const shown = Math.min(wanted, pages);
  const rows = outcomes?.rows.slice((shown - 1) * MOST_ROWS, shown * MOST_ROWS) ?? [];
  const isFiltered = hasAnswers(filter);
  return (
    <>
      <VersionPills versions={versions} shown={version} addressOf={outcomeAddress} />
      <DayNote policy={policy} today={outcomeAddress(version, { ...filter, on: null })} />
      <ProofPanel version={version} proof={proof} />
      <PageSection title="The outcomes" id="rows">
        <Disclosure summary="Show only some answers" open={isFiltered}>
          <AnswerFilter version={version} filter={filter} />
        </Disclosure>
        <VerdictPills version={version} filter={filter} />
        <p role="status">{outcomes ? <Count outcomes={outcomes} total={table.situations} /> : TOO_MANY}</p>
        {isFiltered && <p>{`Only where ${conditionsOf(version, filter)}.`}</p>}
      </PageSection>
      {(outcomes?.verdicts ?? [])
        .filter(({ verdict }) => rows.some(({ rule }) => rule.verdict === verdict))
        .map(({ verdict, rows: count, situations }) => (
          <Stack key={verdict} as="section">
            <h2 id={verdict} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
              <VerdictWord verdict={verdict} words={version.words} />
              <span className="text-small font-normal text-soft">{countInWords(count, situations)}</span>
            </h2>
            <OutcomeTable
              version={version}
              verdict={verdict}
              rows={rows.filter(({ rule }) => rule.verdict === verdict)}
            />
          </Stack>
        ))}
      {pages > 1 && (
        <PillLinks
          label="Pages"
          items={Array.from({ length: pages }, (_, at) => ({
            href: outcomeAddress(version, filter, { page: at + 1 }),
            label: `Page ${at + 1}`,
            current: at + 1 === shown,
          }))}
        />
      )}
      {outcomes && <TakeItWithYou version={version} filter={filter} />}
    </>
  );
});
export { generateMetadata, Page as default };

type FilterProps = { version: PolicyVersion; filter: OutcomeFilter };

/** One field for each question, to filter by answers. */
function AnswerFilter({ version, filter }: FilterProps) {
  const isFiltered = hasAnswers(filter);
  return (
    <FilterForm
      action={`/policies/${version.slug}/outcomes`}
      clearHref={isFiltered ? outcomeAddress(version, { ...filter, answers: {} }) : undefined}
    >
      <input type="hidden" name="version" value={version.version} />
      {filter.verdict && <input type="hidden" name="verdict" value={filter.verdict} />}
      {filter.on && <input type="hidden" name="on" value={filter.on} />}
      {version.table.facts.map(({ name }) => {
        const { ask, answers } = questionFor(version, name);
        return (
          <SelectField
            key={name}
            name={name}
            label={ask}
            defaultValue={filter.answers[name] ?? ""}
            options={[
              { value: "", label: "Any answer" },
              ...answers.map(({ answer, label }) => ({ value: answer, label })),
            ]}
          />
        );
      })}
    </FilterForm>
  );
}

/** Every verdict that the chosen answers lead to, as links to show it alone. */
function VerdictPills({ version, filter }: FilterProps) {
  const unsorted = outcomesOf(version.table, { ...filter, verdict: null });
  if (!unsorted || unsorted.verdicts.length === 0) return null;
  const verdicts = VERDICTS.filter(
    (verdict) => verdict === filter.verdict || unsorted.verdicts.some((one) => one.verdict === verdict),
  );
  return (
    <PillLinks
      label="Answer"
      items={[
        { verdict: null, label: "All answers" },
        ...verdicts.map((verdict) => ({ verdict, label: verdictWord(version, verdict) })),
      ].map(({ verdict, label }) => ({
        href: outcomeAddress(version, { ...filter, verdict }),
        label,
        current: verdict === filter.verdict,
      }))}
    />
  );
}

function TakeItWithYou({ version, filter }: FilterProps) {
  return (
    <PageSection title="Take it with you">
      <PrintHint />
      <div className="no-print">
        <Cluster>
          <Link href={outcomeAddress(version, filter, { file: "outcomes.csv" })}>These rows (CSV)</Link>
          <Link href={outcomeAddress(version, filter, { file: "situations.csv" })}>
            One line for each situation (CSV)
          </Link>
          <Link href={outcomeAddress(version, filter, { file: "outcomes.json" })}>These rows for programs (JSON)</Link>
        </Cluster>
      </div>
    </PageSection>
  );
}

function hasAnswers({ answers }: OutcomeFilter): boolean {
  return Object.keys(answers).length > 0;
}

const TOO_MANY = "These are too many different situations to list. Choose some answers above, so that fewer are left.";

function Count({ outcomes, total }: { outcomes: { rows: readonly unknown[]; situations: number }; total: number }) {
  const { rows, situations } = outcomes;
  if (rows.length === 0) return "No situation matches. Choose other answers.";
  if (situations === total) return `All ${countInWords(rows.length, situations)}.`;
  return `${countInWords(rows.length, situations)}, of ${total.toLocaleString("en-GB")} in all.`;
}

function countInWords(rows: number, situations: number): string {
  const counted = (count: number, one: string) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : `${one}s`}`;
  return `${counted(situations, "situation")} in ${counted(rows, "row")}`;
}

function conditionsOf(version: PolicyVersion, { answers }: OutcomeFilter): string {
  return inOneSentence(
    Object.entries(answers).map(([name, answer]) => answerWords(questionFor(version, name), answer).when),
  );
}

type OutcomeTableProps = { version: PolicyVersion; verdict: Verdict; rows: readonly OutcomeRow[] };

/** All rows of one verdict: when, what it says, based on which clauses, in how many situations. */
function OutcomeTable({ version, verdict, rows }: OutcomeTableProps) {
  return (
    <DataTable
      caption={`When the answer is “${verdictWord(version, verdict)}”`}
      columns={{
        When: ({ when }) => <span className="font-normal">{situationsInASentence(when, [version])}</span>,
        Answer: ({ rule }) => <Answer version={version} rule={rule} />,
        Clauses: ({ rule }) => <Clauses version={version} ids={rule.because} />,
        Situations: { numeric: true, cell: ({ situations }) => situations.toLocaleString("en-GB") },
      }}
      rows={rows}
    />
  );
}

function Answer({ version, rule }: { version: PolicyVersion; rule: Rule }) {
  const obligations = obligationsOf(version, rule);
  const points = obligations.length + rule.instead.length;
  return (
    <div className="space-y-1">
      <p>
        <VerdictWord verdict={rule.verdict} words={version.words} />
      </p>
      {rule.says && <p>{rule.says}</p>}
      {points > 0 && (
        <Disclosure summary={points === 1 ? "What to do: 1 point" : `What to do: ${points} points`}>
          <ul>
            {obligations.map(({ id, text, clause }) => (
              <li key={id}>
                {text} <Clauses version={version} ids={[clause]} />
              </li>
            ))}
            {rule.instead.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}

function Clauses({ version: { slug, version }, ids }: { version: PolicyVersion; ids: readonly string[] }) {
  return (
    <span className="no-address inline-flex flex-wrap gap-x-3">
      {ids.map((id) => (
        <Link key={id} href={`/policies/${slug}/versions/${version}#${clauseAnchor(id)}`}>
          {id}
        </Link>
      ))}
    </span>
  );
}
