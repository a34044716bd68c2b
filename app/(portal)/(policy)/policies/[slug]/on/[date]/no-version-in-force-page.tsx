import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { NoVersionInForce } from "#server/policy/policy/day-queries.ts";
import { DayForm } from "../day-form.tsx";

type NoVersionInForcePageProps = NoVersionInForce & { actor: Actor; slug: string; day: string };

/** A day on which no version of the policy was in force: why, and since when one has been. */
export function NoVersionInForcePage({ actor, slug, day, title, withdrawn, next }: NoVersionInForcePageProps) {
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/policies/${slug}`}>{title}</BackLink>
          <PageHeading>No version applied on {dateInWords(day)}</PageHeading>
          {withdrawn !== null && <p>The policy was withdrawn with version {withdrawn}.</p>}
          {next ? (
            <p>
              {withdrawn === null ? "The first one applies from" : "It applies again from"} {dateInWords(next.day)}:{" "}
              <Link href={`/policies/${slug}/on/${next.day}`}>version {next.version}</Link>.
            </p>
          ) : (
            withdrawn === null && <p>No version has come into force yet. What you can read is a draft.</p>
          )}
        </Stack>
        <DayForm slug={slug} />
      </Stack>
    </PortalPage>
  );
}
