import { showPage } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BeginPage } from "./begin-page.tsx";
import { form, page } from "./form.tsx";
import { BackLink, Button, Stack } from "#app/_ui/layout.tsx";
import { DeadEnd } from "#app/_ui/content.tsx";
import { RadioQuestion } from "#app/_ui/fields.tsx";
import type { OwnPolicy } from "#server/policy/policy/queries.ts";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view, formState } = shown;
  return (
    <PortalPage actor={actor} section="exceptions">
      {"policies" in view ? (
        <ChoosePolicy policies={view.policies} />
      ) : (
        <BeginPage actor={actor} formState={formState} {...view}>
          {form.show(shown)}
        </BeginPage>
      )}
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

/** For people whose body has several policies, or none. */
function ChoosePolicy({ policies }: { policies: readonly OwnPolicy[] }) {
  if (policies.length === 0)
    return (
      <DeadEnd title="There is no policy to depart from">
        <p>Your employer has no policy here yet. Ask your line manager which rules apply to you.</p>
      </DeadEnd>
    );
  return (
    <Stack gap="loose">
      <BackLink href="/exceptions">Your exceptions</BackLink>
      <form action="/exceptions/new" method="get" noValidate className="space-y-7">
        <RadioQuestion
          name="policy"
          question="Which policy do you want to depart from?"
          options={policies.map(({ slug, current }, at) => ({
            value: slug,
            label: current?.frontMatter.title ?? slug,
            hint: current && `Version ${current.version}`,
            checked: at === 0,
          }))}
        />
        <Button>Continue</Button>
      </form>
    </Stack>
  );
}
