import { ButtonLink } from "#app/_ui/button.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { VerdictWord } from "#app/_verdict/verdict-word.tsx";
import type { Answers } from "#domain/decision/fault.ts";
import type { MatrixCell } from "#domain/decision/matrix.ts";
import { writeQuery } from "#domain/decision/wizard.ts";
import { resultSentence } from "#domain/exception/result-sentence.ts";
import { clauseAnchor } from "#domain/policy/clause.ts";
import { clauseById } from "#domain/policy/policy.ts";
import type { ReadablePolicy } from "#server/policy/queries.ts";

type Props = { policy: ReadablePolicy; cell: MatrixCell; answers: Answers };

/** Why the chosen cell says what it says, and the way into the wizard with the same answers. */
export function ChosenCell({ policy: { version }, cell: { rule }, answers }: Props) {
  return (
    <section aria-labelledby="why" className="scroll-mt-6">
      <Panel title={<span id="why">{resultSentence(rule)}</span>}>
        <p>
          <VerdictWord verdict={rule.verdict} />
        </p>
        {rule.because.map((id) => (
          <Quotation
            key={id}
            number={id}
            link={{ href: `/policies/${version.slug}#${clauseAnchor(id)}`, label: `Read clause ${id}` }}
          >
            {clauseById(version, id).text}
          </Quotation>
        ))}
        <ButtonLink href={`/check?${writeQuery(version.slug, answers)}`} look="quiet">
          Go on with these answers
        </ButtonLink>
      </Panel>
    </section>
  );
}
