import { choice, current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, lastOf } from "#app/_portal/form/form.tsx";
import { Quotation } from "#app/_ui/content.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { LONGEST_QUESTION } from "#domain/policy/question/question.ts";
import { getClauseToAsk } from "#server/policy/question/queries.ts";
import { askQuestion } from "#server/policy/question/service.ts";

const page = definePage({
  path: "/policies/[slug]/suggest",
  async read({ actor, params, query, formState }) {
    const read = (name: string) => formState.value(name, lastOf(query, name) ?? "");
    const found = await getClauseToAsk(actor, params.slug, read("clause"), read("version"));
    return found?.clause ? { ...found, clause: found.clause } : null;
  },
  heading: ({ view: { clause } }) => `Suggest a change to clause ${clause.id}`,
  back: ({ view: { version, clause } }) => ({
    href: `/policies/${version.slug}/versions/${version.version}#${clauseAnchor(clause.id)}`,
    label: `${version.frontMatter.title}, version ${version.version}`,
  }),
});

const UP_TO = `Up to ${LONGEST_QUESTION.toLocaleString("en-GB")} characters.`;

/** What somebody wants a clause to say instead. The form says which clause. */
export const { generateMetadata, Page, POST } = defineFormPage(page, {
  fields: {
    clause: current(),
    version: current(),
    hash: current(),
    startKey: startKey(),
    question: text("What is wrong with it?", { hint: `The policy owner reads it. ${UP_TO}`, lines: 4 }),
    instead: text("What should it say instead?", { hint: `Leave this empty if you do not know. ${UP_TO}`, lines: 4 }),
    wantsAnswer: choice(
      "May we answer you?",
      { yes: "Yes, the policy owner sees my name", no: "No, without my name" },
      "Either way you find the answer under your questions. Your name stays in the evidence, which governance officers and auditors read.",
    ),
  },
  stored: ({ view: { clause, version } }) => ({ clause: clause.id, version: version.version, hash: version.hash }),
  lead: ({ view: { clause } }) => <Quotation number={clause.id}>{clause.text}</Quotation>,
  button: "Send my suggestion",
  submit: ({ actor, params, values: { instead, wantsAnswer, ...values } }) => {
    const suggestion = { instead, wantsAnswer: wantsAnswer === null ? null : wantsAnswer === "yes" };
    return askQuestion(actor, { slug: params.slug, ...values, suggestion });
  },
  done: ({ reference }) => `/questions/${reference}?done=1`,
});
