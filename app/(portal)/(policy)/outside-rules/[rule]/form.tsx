import { choice, startKey, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { LONGEST_RULE_REASON, RULE_ANSWERS } from "#domain/policy/policy/outside-rule.ts";
import { getOutsideRule } from "#server/policy/outside-rule/queries.ts";
import { readRuleChange } from "#server/policy/outside-rule/service.ts";

export const page = definePage({
  path: "/outside-rules/[rule]",
  read: ({ actor, params }) => getOutsideRule(actor, params.rule),
  heading: ({ view }) => view.rule.title,
  section: "policies",
  back: () => ({ href: "/tasks", label: "Your tasks" }),
});

/** What a policy owner says of a change in a rule from outside. */
export const { form, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    answer: choice("What follows for the policies?", RULE_ANSWERS),
    reason: text("Why?", {
      hint: `It is kept as evidence. Do not name anybody. Up to ${LONGEST_RULE_REASON.toLocaleString("en-GB")} characters.`,
      lines: 3,
    }),
  },
  button: "Send",
  submit: ({ actor, params, values }) => readRuleChange(actor, { id: params.rule, ...values }),
  done: (_, { path }) => path,
});
