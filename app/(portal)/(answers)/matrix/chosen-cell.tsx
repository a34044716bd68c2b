import { BUTTON_LOOKS } from "#app/_ui/button-look.ts";
import { Link } from "#app/_ui/link.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { describeSplit } from "#app/_verdict/matrix-words.ts";
import { VerdictWord } from "#app/_verdict/verdict-word.tsx";
import { situationsWith } from "#domain/policy/decision/decision-table.ts";
import { groupSituations } from "#domain/policy/decision/situation-group.ts";
import { clausesIn, type MatrixCell } from "#domain/policy/decision/matrix.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";
import type { MatrixData } from "./matrix-data.ts";
import type { PictureCell } from "./matrix-picture.ts";
import type { PageSource } from "./matrix-tables.ts";

type Props = { data: MatrixData; source: PageSource; chosen: PictureCell; where: string };

/** Why the chosen cell says what it says, and the way into the wizard with the same answers. */
export function ChosenCell({ data, source, chosen: { cell, verdict, change, allowed }, where }: Props) {
  const { version, clauses } = source;
  const { rule, split, answers, situations } = cell;
  return (
    <section aria-labelledby="why" className="scroll-mt-6">
      <Panel
        title={
          <span id="why" tabIndex={-1} className="block scroll-mt-6">
            {verdict === null ? "It depends on more." : rule.says}
          </span>
        }
      >
        <p className="text-small text-soft">{where}</p>
        {verdict !== null && (
          <p>
            <VerdictWord verdict={verdict} />
          </p>
        )}
        {[...(change === null ? [] : [change]), ...allowed].map((mark) => (
          <p key={mark} className="font-bold">
            {mark}.
          </p>
        ))}
        {verdict === null ? (
          <>
            <p>{`Of ${situations} situations: ${describeSplit(split)}.`}</p>
            {split.map((part) => (
              <Part key={part.verdict} data={data} source={source} cell={cell} verdict={part.verdict} />
            ))}
          </>
        ) : (
          clausesIn(version.table, cell).map((id) => (
            <Quotation key={id} number={id} link={{ href: addressOf(id, data), label: `Read clause ${id}` }}>
              {clauses[id]}
            </Quotation>
          ))
        )}
        {data.isCurrent && (
          <Link href={`/check?${writeQuery(data.subject.policy, answers)}`} className={BUTTON_LOOKS.quiet}>
            Go on with these answers
          </Link>
        )}
      </Panel>
    </section>
  );
}

/** When a cell that depends has this verdict. */
function Part({
  data,
  source: { version },
  cell,
  verdict,
}: Pick<Props, "data" | "source"> & { cell: MatrixCell; verdict: Verdict }) {
  const { table } = version;
  const open = table.facts.filter(({ name }) => cell.answers[name] === undefined);
  // A step along a fact passes over all answers of those after it.
  const strideAfter = (index: number) =>
    open.slice(index + 1).reduce((product, { answers }) => product * answers.length, 1);
  const axes = open.map((fact, index) => ({ ...fact, stride: strideAfter(index) }));
  const labels = new Int32Array(cell.situations).fill(-1);
  for (const situation of situationsWith(table, cell.answers)) {
    const rule = table.rules[table.winner[situation] ?? -1];
    const at = axes.reduce(
      (sum, axis, index) =>
        sum + (Math.floor(situation / (open[index]?.stride ?? 1)) % axis.answers.length) * axis.stride,
      0,
    );
    if (rule?.verdict === verdict) labels[at] = 0;
  }
  const groups = groupSituations(axes, labels);
  const shown = groups.slice(0, MOST_GROUPS);
  return (
    <div className="space-y-1">
      <p>
        <VerdictWord verdict={verdict} />
      </p>
      <ul>
        {shown.map((group) => (
          <li key={JSON.stringify(group.when)}>{situationsInASentence(group.when, [version])}</li>
        ))}
        {groups.length > shown.length && (
          <li>{`And in ${groups.slice(MOST_GROUPS).reduce((sum, group) => sum + group.situations, 0)} situations more.`}</li>
        )}
      </ul>
      <p className="flex flex-wrap gap-x-4">
        {clausesIn(table, cell, verdict).map((id) => (
          <Link key={id} href={addressOf(id, data)} className="inline-flex min-h-8 items-center">
            {`Read clause ${id}`}
          </Link>
        ))}
      </p>
    </div>
  );
}

/** More lines than these nobody reads; answering a question makes them fewer. */
const MOST_GROUPS = 4;

function addressOf(clause: string, { textPath }: MatrixData): string {
  return `${textPath}#${clauseAnchor(clause)}`;
}
