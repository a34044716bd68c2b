import { choice, startKey, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, framedPage } from "#app/_portal/form/form.tsx";
import { LONGEST_RULE_REASON, RULE_ANSWERS } from "#domain/policy/policy/outside-rule.ts";
import { getOutsideRule } from "#server/policy/outside-rule/queries.ts";
import { readRuleChange } from "#server/policy/outside-rule/service.ts";
import { LinkLine, PageSection, Stack } from "#app/_ui/layout.tsx";
import { Quotation, UserText } from "#app/_ui/content.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { RuleState } from "../rule-state.tsx";

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

export const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { rule, resting, change, readings } = shown.view;
  return (
    <>
      <Stack>
        <RuleState rule={rule} />
        {rule.means !== null && <p>{rule.means}</p>}
        {rule.href !== null && <LinkLine href={rule.href}>Read the rule itself</LinkLine>}
      </Stack>
      <PageSection title="The clauses that rest on it">
        {resting.length === 0 && <p>None yet.</p>}
        {resting.map(({ version: { slug, version, frontMatter }, clauses }) => (
          <Stack key={slug}>
            <h3>
              {frontMatter.title}, version {version}
            </h3>
            {clauses.map(({ id, text }) => (
              <Quotation
                key={id}
                number={id}
                link={{ href: `/policies/${slug}/versions/${version}#${clauseAnchor(id)}`, label: "In the policy" }}
              >
                {text}
              </Quotation>
            ))}
          </Stack>
        ))}
      </PageSection>
      {change ? (
        <PageSection title="Do the policies still fit?">
          <p>{change.what} Read the rule, and say what follows.</p>
          {form.show(shown)}
        </PageSection>
      ) : (
        <p>You have nothing to do. You get a task when its state changes, or on a day to watch.</p>
      )}
      {readings.length > 0 && (
        <PageSection title="What was said before">
          {readings.map(({ id, at, changes, reason }) => (
            <Stack key={id} gap="tight">
              <p>
                {dateInWords(calendarDay(at))}: {RULE_ANSWERS[changes ? "new-version" : "no-change"]}
              </p>
              <UserText>{reason}</UserText>
            </Stack>
          ))}
        </PageSection>
      )}
    </>
  );
});
