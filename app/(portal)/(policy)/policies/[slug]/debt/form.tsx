import { current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, framedPage } from "#app/_portal/form/form.tsx";
import { approvalsInWords, consideredInWords, LONGEST_DEBT_REASON } from "#domain/policy/exception/policy-debt.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { getClauseDebt } from "#server/policy/exception/debt-queries.ts";
import { considerDebt } from "#server/policy/exception/service.ts";
import { PageSection, Stack } from "#app/_ui/layout.tsx";
import { Quotation, UserText } from "#app/_ui/content.tsx";

export const page = definePage({
  path: "/policies/[slug]/debt",
  read({ actor, params, query, formState }) {
    return getClauseDebt(actor, params.slug, formState.value("clause", [query["clause"] ?? ""].flat().at(-1) ?? ""));
  },
  heading: ({ view }) => `Exceptions from clause ${view.clause.id}`,
  back: ({ view: { version, clause } }) => ({
    href: `/policies/${version.slug}/versions/${version.version}#${clauseAnchor(clause.id)}`,
    label: `${version.frontMatter.title}, version ${version.version}`,
  }),
});

/** What a policy owner says of a clause that many exceptions depart from, where the policy stays as it is. */
export const { form, POST } = defineFormPage(page, {
  fields: {
    clause: current(),
    startKey: startKey(),
    reason: text("Why does the policy stay as it is?", {
      hint: `It is kept as evidence. Do not name anybody. Up to ${LONGEST_DEBT_REASON.toLocaleString("en-GB")} characters.`,
      lines: 4,
    }),
  },
  stored: ({ view: { clause } }) => ({ clause: clause.id }),
  button: "Keep the policy as it is",
  submit: ({ actor, params, values }) => considerDebt(actor, { slug: params.slug, ...values }),
  done: (_, { path, values: { clause } }) => `${path}?clause=${encodeURIComponent(clause)}`,
});

export const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { clause, debt, considered } = shown.view;
  return (
    <>
      <Quotation number={clause.id}>{clause.text}</Quotation>
      <p>{approvalsInWords(shown.view)}</p>
      {debt ? (
        <PageSection title="Does the policy still fit?">
          <p>
            This many exceptions, or one for this long, may mean that the clause does not fit how people work. Write a
            new version of the policy, or say here why it stays as it is. You are asked again only if there are more.
          </p>
          {form.show(shown)}
        </PageSection>
      ) : (
        <p>You do not have to do anything.</p>
      )}
      {considered.length > 0 && (
        <PageSection title="What was said before">
          {considered.map((one) => (
            <Stack key={one.id}>
              <p>{consideredInWords(one)}</p>
              <UserText>{one.reason}</UserText>
            </Stack>
          ))}
        </PageSection>
      )}
    </>
  );
});
