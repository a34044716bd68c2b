import { FormPage } from "#app/_portal/form/form-page.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import { Stack } from "#app/_ui/stack.tsx";
import { AnsweredSituation } from "#app/(portal)/(policy)/_situation/situation-asked.tsx";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { answers, isOpen, situations, version } = shown.view;
  return (
    <FormPage definition={page.definition} shown={shown}>
      {isOpen && form.show(shown)}
      {!isOpen && !answers && <p>This check takes no more answers. You do not need to do anything.</p>}
      {answers &&
        situations.map((situation, at) => (
          <Stack as="section" key={situation.id}>
            <h2>Situation {at + 1}</h2>
            <AnsweredSituation version={version} situation={situation} chosen={answers[at]?.chosen ?? null} />
          </Stack>
        ))}
    </FormPage>
  );
});

export { generateMetadata, Page as default };
