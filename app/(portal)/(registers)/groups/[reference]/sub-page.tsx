import type { ReactNode } from "react";
import { DoNotDelete } from "#app/_hold/hold-check.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { GroupView } from "#server/registers/group/view-queries.ts";

type Props = { actor: Actor; group: GroupView; refill: Refill; title: string; children: ReactNode };

/** A page below a group's: the way back, what has to be put right, what it is about. */
export function SubPage({ actor, group, refill, title, children }: Props) {
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/groups/${group.reference}`}>
            <bdi>{group.name}</bdi>
          </BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading kicker={group.reference}>{title}</PageHeading>
        </Stack>
        <DoNotDelete holds={group.holds} />
        {children}
      </Stack>
    </PortalPage>
  );
}
