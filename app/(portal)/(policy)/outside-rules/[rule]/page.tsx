import { framedPage } from "#app/_portal/form/form.tsx";
import { LinkLine, PageSection, Stack } from "#app/_ui/layout.tsx";
import { Quotation, UserText } from "#app/_ui/content.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { RULE_ANSWERS } from "#domain/policy/policy/outside-rule.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { RuleState } from "../rule-state.tsx";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
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
export { generateMetadata, Page as default };
