import { current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { Quotation } from "#app/_ui/content.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { LONGEST_QUESTION, subjectWords, WHOLE_POLICY } from "#domain/policy/question/question.ts";
import { getClauseToAsk } from "#server/policy/question/queries.ts";
import { askQuestion } from "#server/policy/question/service.ts";

const page = definePage({
  path: "/policies/[slug]/ask",
  read({ actor, params, query, formState }) {
    const read = (name: string) => formState.value(name, [query[name] ?? ""].flat().at(-1) ?? "");
    return getClauseToAsk(actor, params.slug, read("clause"), read("version"));
  },
  heading: ({ view }) => `Ask about ${subjectWords(view.clause?.id ?? WHOLE_POLICY)}`,
  back: ({ view: { version, clause } }) => ({
    href: `/policies/${version.slug}/versions/${version.version}${clause ? `#${clauseAnchor(clause.id)}` : ""}`,
    label: `${version.frontMatter.title}, version ${version.version}`,
  }),
});

/** A question about a policy of the reader's own body, or about one clause of it. The form says which. */
export const { generateMetadata, Page, POST } = defineFormPage(page, {
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
  // Somebody who found nothing brings the words that they looked for, and sends them only if they choose to.
  stored: ({ view: { clause, version }, query }) => ({
    clause: clause?.id ?? WHOLE_POLICY,
    version: version.version,
    hash: version.hash,
    question: [query["say"] ?? ""].flat().at(-1) ?? "",
  }),
  lead: ({ view: { clause } }) => clause && <Quotation number={clause.id}>{clause.text}</Quotation>,
  button: "Send my question",
  submit: ({ actor, params, values }) => askQuestion(actor, { slug: params.slug, ...values }),
  done: ({ reference }) => `/questions/${reference}?done=1`,
});
