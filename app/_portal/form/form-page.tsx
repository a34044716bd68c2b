import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ErrorSummary } from "../../_ui/content.tsx";
import { BackLink, PageHeading, Stack } from "../../_ui/layout.tsx";
import type { ReactNode } from "react";
import {
  defineForm,
  derive,
  type Form,
  type FormDefinition,
  formRoute,
  type Page,
  type PageDefinition,
  type ReceivedForm,
  type Shown,
  showPage,
} from "./form.tsx";
import type { FieldSet } from "./field.tsx";

/** A page with one form, whole: the form, and what `formPage` makes of it. */
export function defineFormPage<
  Path extends string,
  View,
  Fields extends FieldSet,
  Result,
  Action extends string = never,
>(page: Page<Path, View>, definition: FormDefinition<Path, View, Fields, Result, Action>) {
  const form = defineForm(page, definition);
  return { form, ...formPage(form) };
}

/** A page with one form: what its page.tsx exports, the page's frame with the form in it, and what its send/route.ts does. */
export function formPage<Path extends string, View>(form: Form<Path, View>) {
  return formsPage(form.page, [form], (shown) => form.show(shown));
}

/** A page with more than one form in its frame: what its page.tsx exports. @param lead what belongs to its head, before the sections */
export function framedPage<Path extends string, View>(
  page: Page<Path, View>,
  show: (shown: Shown<View, Path>) => ReactNode,
  lead?: (shown: Shown<View, Path>) => ReactNode,
) {
  return showPage(page, (shown) => (
    <FormPage definition={page.definition} shown={shown} lead={lead?.(shown)}>
      {show(shown)}
    </FormPage>
  ));
}

/** The same with what its send/route.ts does. @param forms those that are posted there; see `formRoute` */
export function formsPage<Path extends string, View>(
  page: Page<Path, View>,
  forms: readonly [ReceivedForm, ...ReceivedForm[]],
  ...content: [show: (shown: Shown<View, Path>) => ReactNode, lead?: (shown: Shown<View, Path>) => ReactNode]
) {
  return { ...framedPage(page, ...content), ...formRoute(...forms) };
}

type FormPageProps<Path extends string, View> = {
  definition: PageDefinition<Path, View>;
  shown: Shown<View, Path>;
  lead?: ReactNode;
  children: ReactNode;
};

/** The frame of a page with a form: the way back, what has to be corrected, the heading, and the form. */
export function FormPage<Path extends string, View>({ definition, shown, lead, children }: FormPageProps<Path, View>) {
  const { section, frame, gap = "loose" } = definition;
  if (frame) return frame(shown, derive(definition.heading, shown), children);
  const head = <PageHead definition={definition} shown={shown} />;
  return (
    <PortalPage actor={shown.actor} section={section}>
      <Stack gap={gap}>
        {lead ? (
          <Stack gap="loose">
            {head}
            {lead}
          </Stack>
        ) : (
          head
        )}
        {children}
      </Stack>
    </PortalPage>
  );
}

export type PageHeadProps<Path extends string, View> = {
  definition: Pick<
    PageDefinition<Path, View>,
    "back" | "confirmation" | "heading" | "intro" | "isName" | "kicker" | "notice"
  >;
  shown: Shown<View, Path>;
};

/** The head of a page: the way back, what has to be corrected, and the heading; or what was just done. */
export function PageHead<Path extends string, View>({ definition, shown }: PageHeadProps<Path, View>) {
  const { confirmation, isName } = definition;
  const [back, heading] = [derive(definition.back, shown), derive(definition.heading, shown)];
  return (
    confirmation?.(shown) || (
      <Stack>
        {back && <BackLink href={back.href}>{back.label}</BackLink>}
        <ErrorSummary errors={[...shown.formState.problems]} />
        {derive(definition.notice, shown)}
        <PageHeading kicker={derive(definition.kicker, shown)}>{isName ? <bdi>{heading}</bdi> : heading}</PageHeading>
        {derive(definition.intro, shown)}
      </Stack>
    )
  );
}
