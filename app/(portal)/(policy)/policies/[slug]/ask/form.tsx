import { current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Quotation } from "#app/_ui/quotation.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { LONGEST_QUESTION } from "#domain/policy/question/question.ts";
import { getClauseToAsk } from "#server/policy/question/queries.ts";
import { askQuestion } from "#server/policy/question/service.ts";

const page = definePage({
  path: "/policies/[slug]/ask",
  read({ actor, params, query, formState }) {
    const read = (name: string) => formState.value(name, [query[name] ?? ""].flat().at(-1) ?? "");
    return getClauseToAsk(actor, params.slug, read("clause"), read("version"));
  },
  heading: ({ view }) => `Ask about clause ${view.clause.id}`,
  section: "policies",
  back: ({ view: { version, clause } }) => ({
    href: `/policies/${version.slug}/versions/${version.version}#${clauseAnchor(clause.id)}`,
    label: `${version.frontMatter.title}, version ${version.version}`,
  }),
});

/** A question about one clause of a policy of the reader's own body. The form says which clause. */
export const form = defineForm(page, {
  fields: {
    clause: current(),
    version: current(),
    hash: current(),
    startKey: startKey(),
    question: text("Your question", {
      hint: `The policy owner reads it, with your name. If they publish a note under the clause, your name is not in it. Up to ${LONGEST_QUESTION.toLocaleString("en-GB")} characters.`,
      lines: 6,
    }),
  },
  stored: ({ view: { clause, version } }) => ({ clause: clause.id, version: version.version, hash: version.hash }),
  body: ({ view: { clause }, field }) => (
    <>
      <Quotation number={clause.id}>{clause.text}</Quotation>
      {field("question")}
    </>
  ),
  button: "Send my question",
  submit: ({ actor, params, values }) => askQuestion(actor, { slug: params.slug, ...values }),
  done: ({ reference }) => `/questions/${reference}?done=1`,
});
