import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { definePage, PageHead, type PageHeadProps, type Shown } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import type { GroupCommand } from "#domain/registers/group/state.ts";
import { getChatGroup, type GroupView } from "#server/registers/group/view-queries.ts";

export type ShownOfGroup = Shown<GroupView, `/groups/[reference]/${string}`>;

/**
 * A page below a group's: the way back, what has to be corrected, what it is about. @param command null if the page
 * itself decides who may see it
 */
export function groupPage(part: string, command: GroupCommand | null, heading: string) {
  const head: PageHeadProps<`/groups/[reference]/${string}`, GroupView>["definition"] = {
    heading,
    kicker: ({ view }) => view.reference,
    back: ({ view }) => ({ href: `/groups/${view.reference}`, label: <bdi>{view.name}</bdi> }),
  };
  return definePage({
    path: `/groups/[reference]/${part}`,
    reference: "GRP",
    async read({ actor, params }) {
      const group = await getChatGroup(actor, params.reference);
      return group && (command === null || group.may.has(command)) ? group : null;
    },
    heading,
    title: ({ params }) => `${heading}, ${params.reference}`,
    frame: (shown, _, children) => (
      <PortalPage actor={shown.actor} gap="loose">
        <PageHead definition={head} shown={shown} />
        <DoNotDelete holds={shown.view.holds} />
        {children}
      </PortalPage>
    ),
  });
}

/** The address of the group itself, where its forms lead once they are done. */
export const ofGroup = (_: unknown, { params }: { params: { reference: string } }): string =>
  `/groups/${params.reference}`;
