import { framedPage } from "#app/_portal/form/form.tsx";
import { PageSection, Stack } from "#app/_ui/layout.tsx";
import { Quotation, UserText } from "#app/_ui/content.tsx";
import { approvalsInWords, consideredInWords } from "#domain/policy/exception/policy-debt.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
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
export { generateMetadata, Page as default };
