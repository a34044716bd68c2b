import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ErrorSummary } from "#app/_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { TypedDay } from "./read-day.ts";
import { BackLink, Button, Stack } from "#app/_ui/layout.tsx";
import { DateField } from "#app/_ui/fields.tsx";

type AskDayProps = {
  actor: Actor;
  slug: string;
  title: string;
  /** What was wrong with the day entered. */
  wrong?: { message: string; typed: TypedDay } | undefined;
};

/** The page that asks for the day. */
export const AskDay = ({ actor, slug, title, wrong }: AskDayProps) => (
  <PortalPage actor={actor} section="policies" gap="loose">
    <Stack>
      <BackLink href={`/policies/${slug}`}>{title}</BackLink>
      <ErrorSummary errors={wrong ? [{ field: "on", message: wrong.message }] : []} />
    </Stack>
    <DayForm slug={slug} typed={wrong?.typed} error={wrong?.message} heading />
  </PortalPage>
);

type DayFormProps = {
  slug: string;
  typed?: TypedDay | undefined;
  error?: string | undefined;
  /** The question is the page's h1: for a page that asks nothing else. */
  heading?: boolean | undefined;
};

/** Asks for a day, and leads to what was in force on it. */
export const DayForm = ({ slug, typed, error, heading }: DayFormProps) => (
  <form action={`/policies/${slug}/on`} method="get" noValidate className="no-print space-y-5">
    <DateField
      name="on"
      legend={heading ? "Which day do you want to see?" : "Another day"}
      heading={heading}
      hint="For example, 3 3 2026"
      error={error}
      values={typed}
    />
    <Button look={heading ? "primary" : "quiet"}>Show what applied</Button>
  </form>
);
