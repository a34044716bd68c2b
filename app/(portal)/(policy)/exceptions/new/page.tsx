import { showPage } from "#app/_portal/form/page.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BeginPage } from "./begin-page.tsx";
import { ChoosePolicy } from "./choose-policy.tsx";
import { form, page } from "./form.tsx";

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
