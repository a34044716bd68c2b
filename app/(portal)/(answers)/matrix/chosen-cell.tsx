import { BUTTON_LOOKS, Link, Panel } from "#app/_ui/layout.tsx";
import { Quotation } from "#app/_ui/content.tsx";
import { describeSplit } from "#app/(portal)/(policy)/_verdict/matrix-words.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { clausesIn, groupsWith, type MatrixCell } from "#domain/policy/decision/matrix.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";
import type { MatrixData } from "./matrix-data.ts";
import type { PictureCell } from "./matrix-picture.ts";
import type { PageSource } from "./matrix-tables.ts";

type Props = { id: string; data: MatrixData; source: PageSource; chosen: PictureCell; where: string };

/** Why the chosen cell says what it says, and a link to the wizard with the same answers. */
export function ChosenCell({ id: own, data, source, chosen: { cell, verdict, change, allowed }, where }: Props) {
  const { version, clauses } = source;
  const { rule, split, answers, situations } = cell;
  return (
    <section aria-labelledby={own} className="scroll-mt-6">
      <Panel
        title={
          <span id={own} tabIndex={-1} className="block scroll-mt-6">
            {verdict === null ? "It depends on your other answers." : rule.says}
          </span>
        }
      >
        <p className="text-small text-soft">{where}</p>
        {verdict !== null && (
          <p>
            <VerdictWord verdict={verdict} words={version.words} />
          </p>
        )}
        {[...(change === null ? [] : [change]), ...allowed].map((mark) => (
          <p key={mark} className="font-bold">
            {mark}.
          </p>
        ))}
        {verdict === null ? (
          <>
            <p>{`Of ${situations} situations: ${describeSplit(split, version)}.`}</p>
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
function Part(props: Pick<Props, "data" | "source"> & { cell: MatrixCell; verdict: Verdict }) {
  const {
    data,
    source: { version },
    cell,
    verdict,
  } = props;
  const { table } = version;
  const groups = groupsWith(table, cell, verdict);
  const shown = groups.slice(0, MOST_GROUPS);
  const all = cell.split.find((part) => part.verdict === verdict)?.situations ?? 0;
  const others = all - shown.reduce((sum, { situations }) => sum + situations, 0);
  return (
    <div className="space-y-1">
      <p>
        <VerdictWord verdict={verdict} words={version.words} />
      </p>
      <ul>
        {shown.map((group) => (
          <li key={JSON.stringify(group.when)}>{situationsInASentence(group.when, [version])}</li>
        ))}
        {others > 0 && <li>{`And in ${others} more ${others === 1 ? "situation" : "situations"}.`}</li>}
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

/** Nobody reads more lines than this; answering a question reduces them. */
const MOST_GROUPS = 4;

const addressOf = (clause: string, { textPath }: MatrixData): string => `${textPath}#${clauseAnchor(clause)}`;
