import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { DayForm } from "./day-form.tsx";
import type { TypedDay } from "./read-day.ts";

type AskDayProps = {
  actor: Actor;
  slug: string;
  title: string;
  /** What was wrong with the day entered. */
  wrong?: { message: string; typed: TypedDay } | undefined;
};

/** The page that asks for the day. */
export function AskDay({ actor, slug, title, wrong }: AskDayProps) {
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/policies/${slug}`}>{title}</BackLink>
          <ErrorSummary errors={wrong ? [{ field: "on", message: wrong.message }] : []} />
        </Stack>
        <DayForm slug={slug} typed={wrong?.typed} error={wrong?.message} heading />
      </Stack>
    </PortalPage>
  );
}
