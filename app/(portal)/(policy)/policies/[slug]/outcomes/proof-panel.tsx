import type { ReactNode } from "react";
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

function Figure({ count, means, children }: { count: string; means: string; children?: ReactNode }) {
  return (
    <>
      <strong className="tabular-nums">{count}</strong> {children}
      <span className="text-small text-soft">{means}</span>
    </>
  );
}

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

function inWords(count: number): string {
  return count.toLocaleString("en-GB");
}
