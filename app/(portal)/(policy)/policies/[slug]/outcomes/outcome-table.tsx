import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import type { OutcomeRow } from "#domain/policy/decision/outcomes.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { verdictWord, type Verdict } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";

type Props = { version: PolicyVersion; verdict: Verdict; rows: readonly OutcomeRow[] };

/** All rows of one verdict: when, what it says, based on which clauses, in how many situations. */
export function OutcomeTable({ version, verdict, rows }: Props) {
  return (
    <DataTable
      caption={`When the answer is “${verdictWord(version, verdict)}”`}
      captionHidden
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
