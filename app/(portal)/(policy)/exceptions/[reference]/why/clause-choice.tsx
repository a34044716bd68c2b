import type { FormState } from "#app/_portal/form-state.ts";
import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { FieldError } from "#app/_ui/field-error.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { effectOf } from "#domain/policy/exception/effect.ts";
import type { RequestContent } from "#domain/policy/exception/request.ts";
import type { Clause } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence } from "#domain/policy/policy/wording.ts";

type ClauseChoiceProps = {
  version: PolicyVersion;
  exception: Pick<RequestContent, "clauses" | "situation">;
  formState: FormState;
};

/**
 * The clauses that exceptions can lift, as check boxes: first those chosen or relevant to the situation, then the others
 * by section, folded away. Their fields begin with `clauses`.
 */
export function ClauseChoice({ version, exception, formState }: ClauseChoiceProps) {
  const isAny = Object.keys(exception.situation).length === 0;
  const missing = isAny ? [] : effectOf(version, exception).missing;
  const isFirst = ({ id }: Clause) => exception.clauses.includes(id) || missing.includes(id);
  const offered = version.clauses.filter(({ id }) => version.exceptionRules.lifts.includes(id));
  const first = offered.filter(isFirst);
  const others = offered.filter((clause) => !isFirst(clause));
  const sections = [...new Set(others.map(({ section }) => section ?? ""))].map((section) => ({
    section,
    clauses: others.filter((clause) => (clause.section ?? "") === section),
  }));
  const error = formState.errorOf("clauses");
  const choice = (name: string, question: string, clauses: readonly Clause[]) => (
    <CheckboxQuestion
      name={name}
      question={question}
      heading={false}
      options={clauses.map(({ id, text }) => ({
        value: id,
        label: `Clause ${id}`,
        hint: text,
        checked: formState.isChosen(name, id, exception.clauses.includes(id)),
      }))}
    />
  );
  return (
    <Stack as="section">
      <h2 id="clauses" tabIndex={-1}>
        Which clauses do you want to depart from?
      </h2>
      {error && <FieldError id="clauses-error">{error}</FieldError>}
      {missing.length > 0 && (
        <p>
          The answer for your situation also rests on {missing.length === 1 ? "clause" : "clauses"}{" "}
          {inOneSentence(missing)}. It changes only if you choose {missing.length === 1 ? "it" : "them"} too.
        </p>
      )}
      {first.length > 0 && choice("clauses-first", isAny ? "Chosen before" : "For your situation", first)}
      {sections.map(({ section, clauses }, index) => (
        <Disclosure
          key={section}
          open={clauses.some(({ id }) => formState.isChosen(`clauses-${index + 1}`, id))}
          summary={`${titleOf(version, section)} (${clauses.length} ${clauses.length === 1 ? "clause" : "clauses"})`}
        >
          {choice(`clauses-${index + 1}`, titleOf(version, section), clauses)}
        </Disclosure>
      ))}
    </Stack>
  );
}

/** A clause's section by its heading in the text. */
function titleOf(version: PolicyVersion, section: string): string {
  return version.sections.find(({ anchor }) => anchor === section)?.title ?? "Before the first heading";
}
