import type { ReactNode } from "react";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { DataTable } from "#app/_ui/content.tsx";
import { SelectField } from "#app/_ui/fields.tsx";
import { Disclosure, Lines, Link, PageSection, Panel, VisuallyHidden } from "#app/_ui/layout.tsx";
import type { Combination, CombinationKind, Combinations } from "#domain/policy/decision/merge.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { inOneSentence, jointQuestion, situationsInASentence } from "#domain/policy/policy/wording.ts";
import { choiceField, type MergePage, NOT_COVERED } from "#server/policy/draft/merge-queries.ts";
import { compareAddress } from "../compare/choice-form.tsx";

type LinesProps = { view: MergePage; lines: readonly Combination[]; formState: FormState };

const WORDS = {
  "to-decide": {
    title: "To decide",
    intro: "Some of the policies do not cover these, or their duties cannot be compared. Choose whose answer to take.",
    none: "Nothing: each situation has a strictest answer.",
  },
  strictest: {
    title: "One is the strictest",
    intro: "The strictest answer is chosen. Choose another where you need to.",
    none: "None: wherever all of them speak, they agree.",
  },
  agree: {
    title: "They agree",
    intro: "What all of them say is taken as it is.",
    none: "In no situation do all of them say the same.",
  },
};

/** How many situations there are of each kind, and which questions not all policies ask. */
export function InShort({ view: { chosen }, combinations }: { view: MergePage; combinations: Combinations }) {
  const versions = chosen.map(({ version }) => version);
  const total = (kind: CombinationKind) =>
    inFigures(combinations.combinations.reduce((sum, one) => sum + (one.kind === kind ? one.situations : 0), 0));
  const without = (knows: (facts: (typeof versions)[number]["table"]["facts"]) => boolean) =>
    chosen.filter(({ version }) => !knows(version.table.facts)).map(({ name }) => name);
  const unmatched = combinations.axes.flatMap(({ name, answers }) => {
    const question = jointQuestion(versions, name);
    const silent = without((facts) => facts.some((fact) => fact.name === name));
    const unknown = answers.flatMap((answer) => {
      const lacking = without((facts) => facts.find((fact) => fact.name === name)?.answers.includes(answer) ?? true);
      const label = question?.answers.find((one) => one.answer === answer)?.label ?? answer;
      return lacking.length === 0
        ? []
        : [`“${label}” is no answer for ${inOneSentence(lacking)}, so not covered there.`];
    });
    const ask = `“${question?.ask ?? name}” is not asked by ${inOneSentence(silent)}: there it makes no difference.`;
    return [...(silent.length > 0 ? [ask] : []), ...unknown];
  });
  return (
    <Panel title="In short">
      <p>
        {`Of ${inFigures(combinations.situations)} possible situations, they agree in ${total("agree")}, one is the strictest in ${total("strictest")}, and ${total("to-decide")} are to decide.`}
      </p>
      {unmatched.length > 0 && (
        <Disclosure summary="Questions and answers that not all of them have">
          <Lines lines={unmatched} />
        </Disclosure>
      )}
    </Panel>
  );
}

/** Combinations of rules of one kind, each with whose answer to take. @param children what is chosen for all of them */
export function CombinationLines({
  kind,
  lines,
  view,
  formState,
  children,
}: LinesProps & { kind: keyof typeof WORDS; children?: ReactNode }) {
  const own = lines.filter((one) => one.kind === kind);
  const { title, intro, none } = WORDS[kind];
  return (
    <PageSection title={title} id={kind} gap="loose">
      <p>{own.length === 0 ? none : intro}</p>
      {own.length > 0 && children}
      {own.length > 0 && (
        <Disclosure summary={inLines(own.length)} open={kind === "to-decide"}>
          <DataTable
            caption={title}
            columns={{
              ...describing(view),
              "Your choice":
                kind !== "agree" && ((one: Combination) => <Choice one={one} view={view} formState={formState} />),
            }}
            rows={own}
          />
        </Disclosure>
      )}
    </PageSection>
  );
}

function describing({ chosen }: MergePage) {
  const versions = chosen.map(({ version }) => version);
  return {
    "About which messages": ({ when, situations, example }: Combination) => (
      <>
        {situationsInASentence(when, versions)}
        <span className="block text-small font-normal text-soft">
          {situations === 1 ? "1 situation" : `${inFigures(situations)} situations`}
        </span>
        <Link
          href={compareAddress(chosen, example, { place: "situation" })}
          className="inline-flex min-h-target items-center text-small font-normal"
        >
          Compare one
        </Link>
      </>
    ),
    "They say": (one: Combination) => <Sayings one={one} chosen={chosen} />,
  };
}

const Sayings = ({ one: { rules }, chosen }: { one: Combination; chosen: MergePage["chosen"] }) => (
  <ul className="list-none space-y-1 font-normal">
    {chosen.map(({ slug, name, version }, at) => {
      const rule = rules[at];
      const duties = rule && rule.verdict !== "never" ? rule.obligations.length : 0;
      return (
        <li key={slug}>
          <VerdictWord verdict={rule?.verdict ?? "not-covered"} words={version.words} />
          <span className="flex flex-wrap items-center gap-x-2 text-small">
            {`${name}${duties > 0 ? `, ${duties} ${duties === 1 ? "duty" : "duties"}` : ""}`}
            {rule?.because.map((id) => (
              <Link
                key={id}
                href={`/policies/${slug}#${clauseAnchor(id)}`}
                className="inline-flex min-h-target items-center"
              >
                {id}
              </Link>
            ))}
          </span>
        </li>
      );
    })}
  </ul>
);

function Choice({ one, view: { chosen }, formState }: { one: Combination; view: MergePage; formState: FormState }) {
  const name = choiceField(one.key);
  const policies = chosen.flatMap(({ slug, name: label, version }, at) => {
    const rule = one.rules[at];
    return rule ? [{ value: slug, label: `${label}: ${verdictWord(version, rule.verdict)}` }] : [];
  });
  const none = [{ value: NOT_COVERED, label: verdictWord({}, "not-covered") }];
  return (
    <SelectField
      name={name}
      label={
        <>
          Take the answer of
          <VisuallyHidden>
            {" "}
            for{" "}
            {situationsInASentence(
              one.when,
              chosen.map(({ version }) => version),
            )}
          </VisuallyHidden>
        </>
      }
      options={[
        ...(one.strictest === null ? [{ value: "", label: "Not decided" }] : []),
        ...(policies.length === 0 ? none : policies),
      ]}
      defaultValue={formState.value(name, one.strictest === null ? "" : (chosen[one.strictest]?.slug ?? ""))}
      error={formState.errorOf(name)}
    />
  );
}

const inLines = (count: number): string => (count === 1 ? "1 line" : `${inFigures(count)} lines`);

const inFigures = (count: number): string => count.toLocaleString("en-GB");
