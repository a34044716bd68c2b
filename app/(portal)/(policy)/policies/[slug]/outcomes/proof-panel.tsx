import { Moment } from "#app/_portal/moment.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { questionCount } from "#domain/policy/decision/question-count.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { OutcomePage } from "#server/policy/policy/outcome-queries.ts";

/** What was checked over every situation of the version, in figures and in plain words. */
export function ProofPanel({ version, proof }: { version: PolicyVersion; proof: OutcomePage["proof"] }) {
  const { examples } = version;
  const wrongPaths = proof.faults.filter(({ kind }) => kind === "wizard").length;
  const figures = [
    {
      term: "Undecided",
      count: proof.undecided,
      means: "Situations without an answer. Each situation has exactly one.",
    },
    { term: "Unreachable", count: proof.unreachable, means: "Rules that never come into play." },
    {
      term: "Uncited",
      count: proof.uncited + proof.brokenCitations,
      means: "Answers that name no clause, or one that the text does not have.",
    },
    {
      term: "Laxer",
      count: proof.laxer,
      means: "Situations that are treated more lightly although they are more sensitive.",
    },
    {
      term: "Wrong",
      count: proof.wrongExamples + wrongPaths,
      means: `Examples of the author (${examples.length}) or paths of questions that end in another answer than this table.`,
    },
  ];
  return (
    <Panel title="What is proven">
      <SummaryList
        rows={[
          {
            term: "Situations",
            value: (
              <>
                <strong className="tabular-nums">{inWords(proof.situations)}</strong>{" "}
                <span className="text-small text-soft">
                  Every combination of answers. All of them were checked, not just a sample.
                </span>
              </>
            ),
          },
          ...figures.map(({ term, count, means }) => ({
            term,
            value: (
              <>
                <strong className="tabular-nums">{inWords(count)}</strong>{" "}
                <Tag tone={count === 0 ? "good" : "warning"}>
                  {count === 0 ? "As it should be" : "Needs correcting"}
                </Tag>{" "}
                <span className="text-small text-soft">{means}</span>
              </>
            ),
          })),
          ...questionRow(version),
        ]}
      />
      <p className="text-small text-soft">
        Proven on <Moment at={proof.provenAt} />.
      </p>
      <Hash hash={version.hash} />
    </Panel>
  );
}

function questionRow({ table }: PolicyVersion) {
  const count = questionCount(table);
  const [average, fewest] = [count?.average ?? 0, count?.fewest ?? 0].map((figure) => figure.toFixed(1));
  return [
    {
      term: "Questions asked",
      value: count ? (
        <>
          <strong className="tabular-nums">{average}</strong>{" "}
          <span className="text-small text-soft">
            On average, every situation counting the same. The best possible order needs {fewest}.
            {table.isOrderFixed && " The author fixed this order."}
          </span>
        </>
      ) : (
        <span className="text-small text-soft">
          Not counted: there are too many ways through the questions.
          {!table.isOrderFixed && " Their order is an approximation: each time, about the most telling question."}
        </span>
      ),
    },
  ];
}

function Hash({ hash }: { hash: string }) {
  return (
    <p className="text-small text-soft">
      Content hash (SHA-256): <code className="wrap-anywhere">{hash}</code>
    </p>
  );
}

function inWords(count: number): string {
  return count.toLocaleString("en-GB");
}
