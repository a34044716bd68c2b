import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { Button, Disclosure, Link } from "#app/_ui/layout.tsx";
import { CheckboxQuestion, SelectField } from "#app/_ui/fields.tsx";
import { jointQuestion } from "#domain/policy/policy/wording.ts";
import {
  MOST_POLICIES,
  type ComparePage,
  type ChoiceProblem,
  type ComparablePolicy,
} from "#server/policy/policy/compare-queries.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";

/** Which policies, and which situation: in one form, so that neither is lost when the other changes. */
export function ChoiceForm({ page: { offered, chosen, problems, axes, answers, opinions } }: { page: ComparePage }) {
  const versions = chosen.map(({ version }) => version);
  const isAnswered = Object.keys(answers).length > 0;
  const isOpen = opinions.length === 0 || opinions.some(({ opinion }) => opinion.kind === "open");
  const questions = axes.flatMap(({ name }) => jointQuestion(versions, name) ?? []);
  return (
    <form action="/policies/compare#situation" method="get" noValidate className="no-print space-y-5">
      <PolicyQuestion offered={offered} chosen={chosen} problems={problems} most={MOST_POLICIES} />
      {questions.length > 0 && (
        <Disclosure summary={isAnswered ? "Change the message" : "Choose a message"} open={isOpen}>
          <div className="grid items-end gap-5 sm:grid-cols-2 lg:grid-cols-3">
            {questions.map(({ name, ask, answers: possible }) => (
              <SelectField
                key={name}
                name={name}
                id={`answer-${name}`}
                label={ask}
                options={[
                  { value: "", label: "Not chosen" },
                  ...possible.map(({ answer, label }) => ({ value: answer, label })),
                ]}
                defaultValue={answers[name] ?? ""}
              />
            ))}
          </div>
        </Disclosure>
      )}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Button>Compare</Button>
        {isAnswered && <Link href={compareAddress(chosen, {})}>Clear the message</Link>}
      </div>
    </form>
  );
}

type PolicyQuestionProps = Pick<ComparePage, "offered" | "chosen" | "problems"> & { most: number };

/** Which policies; folded once they are chosen. */
export function PolicyQuestion({ offered, chosen, problems, most }: PolicyQuestionProps) {
  const slugs = new Set(chosen.map(({ slug }) => slug));
  return (
    <Disclosure
      summary={`Policies: ${chosen.map(({ name }) => name).join(", ") || "none chosen"}`}
      open={problems.length > 0 || chosen.length < 2}
    >
      <CheckboxQuestion
        name="policy"
        question="Which policies?"
        heading={false}
        help={<p>Choose two to {most}.</p>}
        error={problems.length > 0 ? problems.map((problem) => problemInWords(problem, most)).join(" ") : undefined}
        options={offered.map(({ slug, name, isMine, version: { version, frontMatter } }) => ({
          value: slug,
          label: name,
          hint: `${frontMatter.title}, version ${version}. ${STATUS_WORDS[frontMatter.status]}.${isMine ? " Yours." : ""}`,
          checked: slugs.has(slug),
        }))}
      />
    </Disclosure>
  );
}

/** What is wrong with a choice of policies, and what to do. @param most so many may be chosen */
export function problemInWords(problem: ChoiceProblem, most = MOST_POLICIES): string {
  if (problem.kind === "unknown")
    return `There is no published policy “${problem.slug.slice(0, 40)}”. Choose from the list.`;
  return problem.kind === "too-many"
    ? `Choose ${most} policies at most.`
    : "Choose at least one more policy to compare it with.";
}

/** The address of a comparison: policies, answers, and whether every line is shown, in a fixed order. */
export function compareAddress(
  policies: readonly ComparablePolicy[],
  answers: Answers,
  { all = false, place: anchor }: { all?: boolean; place?: "situation" | "disagreements" } = {},
): string {
  const query = new URLSearchParams([
    ...policies.map(({ slug }) => ["policy", slug]),
    ...Object.entries(answers),
    ...(all ? [["all", "1"]] : []),
  ]);
  return `/policies/compare?${query.toString()}${anchor ? `#${anchor}` : ""}`;
}
