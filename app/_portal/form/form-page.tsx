import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { ReactNode } from "react";
import { defineForm, type Form, type FormDefinition } from "./form.tsx";
import type { FieldSet } from "./field.tsx";
import { formRoute } from "./form-route.ts";
import { showPage, derive, type Page, type PageDefinition, type Shown } from "./page.ts";

/** A page with one form, whole: what its page.tsx exports, and its send/route.ts. */
export function defineFormPage<
  Path extends string,
  View,
  Fields extends FieldSet,
  Result,
  Action extends string = never,
>(page: Page<Path, View>, definition: FormDefinition<Path, View, Fields, Result, Action>) {
  const form = defineForm(page, definition);
  return { form, ...formPage(form), ...formRoute(form) };
}

/** What the page.tsx of a form exports: the page's frame, and the form in it. */
export function formPage<Path extends string, View>(form: Form<Path, View>) {
  return framedPage(form.page, (shown) => form.show(shown));
}

/** The same for a page with more than one form in its frame. */
export function framedPage<Path extends string, View>(
  page: Page<Path, View>,
  show: (shown: Shown<View, Path>) => ReactNode,
) {
  return showPage(page, (shown) => (
    <FormPage definition={page.definition} shown={shown}>
      {show(shown)}
    </FormPage>
  ));
}

type FormPageProps<Path extends string, View> = {
  definition: PageDefinition<Path, View>;
  shown: Shown<View, Path>;
  children: ReactNode;
};

/** The frame of a page with a form: the way back, what has to be corrected, the heading, and the form. */
export function FormPage<Path extends string, View>({ definition, shown, children }: FormPageProps<Path, View>) {
  const { section, frame, gap = "loose" } = definition;
  const heading = derive(definition.heading, shown);
  if (frame) return frame(shown, heading, children);
  const back = derive(definition.back, shown);
  return (
    <PortalPage actor={shown.actor} section={section}>
      <Stack gap={gap}>
        <Stack>
          {back && <BackLink href={back.href}>{back.label}</BackLink>}
          <ErrorSummary errors={[...shown.formState.problems]} />
          {derive(definition.notice, shown)}
          <PageHeading kicker={derive(definition.kicker, shown)}>{heading}</PageHeading>
          {derive(definition.intro, shown)}
        </Stack>
        {children}
      </Stack>
    </PortalPage>
  );
}
