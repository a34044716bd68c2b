import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { grouped } from "#domain/base/list/grouped.ts";
import { onlyWord, VERDICTS, verdictWord } from "#domain/policy/decision/verdict.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";
import type { ComparePage, PolicyDisagreement } from "#server/policy/policy/compare-queries.ts";
import { compareAddress } from "./choice-form.tsx";

const FIRST_LINES = 20;

/** Where the chosen policies disagree over all situations, biggest differences first. */
export const Disagreements = ({
  page: { chosen, answers, comparison },
  isAll,
}: {
  page: ComparePage;
  isAll: boolean;
}) => (
  <PageSection title="Where they disagree" id="disagreements">
    {comparison ? (
      <Lines chosen={chosen} answers={answers} comparison={comparison} isAll={isAll} />
    ) : (
      <p>These policies ask too many different questions to compare every message. Choose fewer policies.</p>
    )}
  </PageSection>
);

type LinesProps = Pick<ComparePage, "chosen" | "answers"> & {
  comparison: NonNullable<ComparePage["comparison"]>;
  isAll: boolean;
};

function Lines({ chosen, answers, comparison, isAll }: LinesProps) {
  const versions = chosen.map(({ version }) => version);
  const { disagreements } = comparison;
  const shown = isAll ? disagreements : disagreements.slice(0, FIRST_LINES);
  return (
    <>
      <p>{totalsInWords(comparison)}</p>
      {disagreements.length > 0 && (
        <DataTable
          caption="Where the policies disagree, the furthest apart first"
          columns={{
            "They say": ({ voices }) => <Voices voices={voices} />,
            "About which messages": ({ when }) => situationsInASentence(when, versions),
            Situations: {
              numeric: true,
              cell: ({ situations, example }) => (
                <>
                  {count(situations)}
                  <Link
                    href={compareAddress(chosen, example, { all: isAll, place: "situation" })}
                    className="flex min-h-target items-center text-small @2xl:justify-end"
                  >
                    {situations === 1 ? "See it" : "See one"}
                  </Link>
                </>
              ),
            },
          }}
          rows={shown}
        />
      )}
      {shown.length < disagreements.length && (
        <LinkLine
          href={compareAddress(chosen, answers, { all: true, place: "disagreements" })}
          className="inline-flex min-h-target items-center"
        >
          {`Show all ${count(disagreements.length)} lines`}
        </LinkLine>
      )}
    </>
  );
}

/** Each verdict once, strictest first, with the policies that give it in the same words; the silent ones come last. */
function Voices({ voices }: Pick<PolicyDisagreement, "voices">) {
  const given = VERDICTS.flatMap((verdict) => {
    const own = voices.flatMap(({ policy, voice }) => (voice === verdict ? [policy] : []));
    return [...grouped(own, ({ version }) => verdictWord(version, verdict))].map(([word, policies]) => ({
      verdict,
      word,
      names: namesOf(policies),
    }));
  });
  const silent = namesOf(voices.flatMap(({ policy, voice }) => (voice === null ? [policy] : [])));
  return (
    <ul className="list-none space-y-1 font-normal @2xl:w-72">
      {given.map(({ verdict, word, names }) => (
        <li key={word} className="flex flex-wrap items-center gap-x-2">
          <VerdictWord verdict={verdict} words={onlyWord(verdict, word)} />
          <span className="text-small">{names}</span>
        </li>
      ))}
      {silent !== "" && <li className="text-small text-soft">Not covered by: {silent}</li>}
    </ul>
  );
}

const namesOf = (policies: readonly { name: string }[]): string => policies.map(({ name }) => name).join(", ");

function totalsInWords({ situations, agree, differ, alone, silent }: NonNullable<ComparePage["comparison"]>): string {
  const parts = [
    `they agree in ${count(agree)} and differ in ${count(differ)}`,
    ...(alone > 0 ? [`in ${count(alone)} only one of them covers it`] : []),
    ...(silent > 0 ? [`in ${count(silent)} none of them covers it`] : []),
  ];
  return `Of ${count(situations)} possible situations ${parts.join("; ")}.`;
}

const count = (number: number): string => number.toLocaleString("en-GB");
