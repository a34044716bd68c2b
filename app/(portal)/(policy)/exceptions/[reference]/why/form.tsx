import { policyOf, Situation } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { sectionForm, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { custom, text } from "#app/_portal/form/field.tsx";
import { LONGEST_REQUEST_TEXT, SECTION_WORDS } from "#domain/policy/exception/request.ts";
import { channelsOn } from "#domain/policy/policy/body.ts";
import { saveWhy } from "#server/policy/exception/draft-service.ts";
import { getToday, type ExceptionView } from "#server/policy/exception/queries.ts";
import type { FormState } from "#app/_portal/form-state.ts";
import { CheckboxQuestion, FieldError } from "#app/_ui/fields.tsx";
import { Disclosure, Stack } from "#app/_ui/layout.tsx";
import { effectOf } from "#domain/policy/exception/effect.ts";
import type { Clause } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence } from "#domain/policy/policy/wording.ts";

const labels = {
  justification: "What do you want to do, and why?",
  whyNoChannel: "Why will no approved channel do?",
  dataInvolved: "What information is involved?",
};

const page = sectionPage({ path: "/exceptions/[reference]/why", heading: SECTION_WORDS.why, section: "why", labels });

/** The first part of a request: the reason, the information involved, and the clauses to depart from. */
export const { generateMetadata, Page, GET, POST } = sectionForm(page, {
  fields: {
    justification: text(labels.justification, {
      hint: "What you would send, to whom, and what depends on it.",
      lines: 6,
    }),
    whyNoChannel: text(labels.whyNoChannel, { lines: 4 }),
    dataInvolved: text(labels.dataInvolved, {
      hint: "What kind, whose, and how sensitive. Do not copy the information itself in here.",
      lines: 4,
    }),
    clauses: custom((sent) =>
      Object.keys(sent.values).flatMap((name) => (name.startsWith("clauses") ? sent.all(name) : [])),
    ),
  },
  stored: ({ view }) => view.exception,
  async body({ actor, view: { exception }, formState, field }) {
    const { policy, version } = await policyOf(actor, exception);
    const current = policy?.current ?? version;
    const channels = policy ? channelsOn(policy.body, getToday()).map(({ name }) => name) : [];
    const approved =
      channels.length > 0 ? `Approved channels: ${channels.join(", ")}.` : "The policy names no approved channel.";
    return (
      <>
        <p>
          Write so that somebody who does not know your work can decide. Up to{" "}
          {LONGEST_REQUEST_TEXT.toLocaleString("en-GB")} characters in each field.
        </p>
        {field("justification")}
        {field("whyNoChannel", { hint: approved })}
        {field("dataInvolved")}
        <Disclosure summary="The situation you ask for">
          <Situation version={version} situation={exception.situation} />
          <p>To ask for another situation, check that message first, and start from its answer.</p>
        </Disclosure>
        {current && <ClauseChoice version={current} exception={exception} formState={formState} />}
      </>
    );
  },
  save: ({ actor, reference, values, isLater }) => saveWhy(actor, reference, values, isLater),
});

type ClauseChoiceProps = Pick<ExceptionView, "exception"> & { version: PolicyVersion; formState: FormState };

/**
 * The clauses that exceptions can lift, as check boxes: first those chosen or relevant to the situation, then the others
 * by section, folded away. Their fields begin with `clauses`.
 */
function ClauseChoice({ version, exception, formState }: ClauseChoiceProps) {
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
const titleOf = (version: PolicyVersion, section: string): string =>
  version.sections.find(({ anchor }) => anchor === section)?.title ?? "Before the first heading";
