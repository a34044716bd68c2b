import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { definePage, type Shown } from "#app/_portal/form/page.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { GroupCommand } from "#domain/registers/group/state.ts";
import { getChatGroup, type GroupView } from "#server/registers/group/view-queries.ts";

export type ShownOfGroup = Shown<GroupView, `/groups/[reference]/${string}`>;

/**
 * A page below a group's: the way back, what has to be corrected, what it is about. @param command null if the page
 * itself decides who may see it
 */
export function groupPage(part: string, command: GroupCommand | null, heading: string) {
  return definePage({
    path: `/groups/[reference]/${part}`,
    reference: "GRP",
    async read({ actor, params }) {
      const group = await getChatGroup(actor, params.reference);
      return group && (command === null || group.may.has(command)) ? group : null;
    },
    heading,
    title: ({ params }) => `${heading}, ${params.reference}`,
    frame: ({ actor, view: group, formState }, _, children) => (
      <PortalPage actor={actor}>
        <Stack gap="loose">
          <Stack>
            <BackLink href={`/groups/${group.reference}`}>
              <bdi>{group.name}</bdi>
            </BackLink>
            <ErrorSummary errors={[...formState.problems]} />
            <PageHeading kicker={group.reference}>{heading}</PageHeading>
          </Stack>
          <DoNotDelete holds={group.holds} />
          {children}
        </Stack>
      </PortalPage>
    ),
  });
}

/** The address of the group itself, where its forms lead once they are done. */
export function ofGroup(_: unknown, { params }: { params: { reference: string } }): string {
  return `/groups/${params.reference}`;
}
