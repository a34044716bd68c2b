import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { DayNote } from "#app/_portal/day-note.tsx";
import { framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { VersionPills } from "#app/_portal/version-pills.tsx";
import { DataTable, SummaryList, Tag } from "#app/_ui/content.tsx";
import { FilterForm, SelectField } from "#app/_ui/fields.tsx";
import {
  Cluster,
  Disclosure,
  Link,
  LinkLine,
  PageSection,
  Panel,
  PillLinks,
  PrintHint,
  Stack,
} from "#app/_ui/layout.tsx";
import { type OutcomeFilter, type OutcomeRow, outcomesOf } from "#domain/policy/decision/outcomes.ts";
import { questionCount } from "#domain/policy/decision/question-count.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { type Verdict, VERDICTS, verdictWord } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { answerWords, inOneSentence, questionFor, situationsInASentence } from "#domain/policy/policy/wording.ts";
import { getOutcomePage, type OutcomePage } from "#server/policy/policy/outcome-queries.ts";
import { mapAddress, outcomeAddress } from "../version-address.ts";
import { versionPage } from "../version-page.ts";

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

const TakeItWithYou = ({ version, filter }: FilterProps) => (
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

const hasAnswers = ({ answers }: OutcomeFilter): boolean => Object.keys(answers).length > 0;

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

const conditionsOf = (version: PolicyVersion, { answers }: OutcomeFilter): string =>
  inOneSentence(Object.entries(answers).map(([name, answer]) => answerWords(questionFor(version, name), answer).when));

type OutcomeTableProps = { version: PolicyVersion; verdict: Verdict; rows: readonly OutcomeRow[] };

/** All rows of one verdict: when, what it says, based on which clauses, in how many situations. */
const OutcomeTable = ({ version, verdict, rows }: OutcomeTableProps) => (
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

const Clauses = ({ version: { slug, version }, ids }: { version: PolicyVersion; ids: readonly string[] }) => (
  <span className="no-address inline-flex flex-wrap gap-x-3">
    {ids.map((id) => (
      <Link key={id} href={`/policies/${slug}/versions/${version}#${clauseAnchor(id)}`}>
        {id}
      </Link>
    ))}
  </span>
);

/** What was checked over every situation of the version, in figures and in plain words. */
function ProofPanel({ version, proof }: { version: PolicyVersion; proof: OutcomePage["proof"] }) {
  const { examples } = version;
  const wrongPaths = proof.faults.filter(({ kind }) => kind === "wizard").length;
  const figure = (count: number, means: string) => (
    <Figure count={inWords(count)} means={means}>
      <Tag tone={count === 0 ? "good" : "warning"}>{count === 0 ? "As it should be" : "Needs correcting"}</Tag>{" "}
    </Figure>
  );
  return (
    <Panel title="What is proven">
      <SummaryList
        rows={{
          Situations: (
            <Figure
              count={inWords(proof.situations)}
              means="Every combination of answers. All of them were checked, not just a sample."
            />
          ),
          Undecided: figure(proof.undecided, "Situations without an answer. Each situation has exactly one."),
          Unreachable: figure(proof.unreachable, "Rules that never come into play."),
          Uncited: figure(
            proof.uncited + proof.brokenCitations,
            "Answers that name no clause, or one that the text does not have.",
          ),
          Laxer: figure(proof.laxer, "Situations that are treated more lightly although they are more sensitive."),
          Wrong: figure(
            proof.wrongExamples + wrongPaths,
            `Examples of the author (${examples.length}) or paths of questions that end in another answer than this table.`,
          ),
          "Questions asked": <QuestionCount table={version.table} />,
        }}
      />
      <p className="text-small text-soft">
        Proven on <Moment at={proof.provenAt} />.
      </p>
      <p className="text-small text-soft">
        Content hash (SHA-256): <code className="wrap-anywhere">{version.hash}</code>
      </p>
    </Panel>
  );
}

const Figure = ({ count, means, children }: { count: string; means: string; children?: React.ReactNode }) => (
  <>
    <strong className="tabular-nums">{count}</strong> {children}
    <span className="text-small text-soft">{means}</span>
  </>
);

function QuestionCount({ table }: Pick<PolicyVersion, "table">) {
  const count = questionCount(table);
  if (!count)
    return (
      <span className="text-small text-soft">
        Not counted: there are too many ways through the questions.
        {!table.isOrderFixed && " Their order is an approximation: each time, about the most telling question."}
      </span>
    );
  const best = `On average, every situation counting the same. The best possible order needs ${count.fewest.toFixed(1)}.`;
  return (
    <Figure
      count={count.average.toFixed(1)}
      means={`${best}${table.isOrderFixed ? " The author fixed this order." : ""}`}
    />
  );
}

const inWords = (count: number): string => count.toLocaleString("en-GB");
