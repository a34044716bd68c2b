import type { Metadata } from "next";
import { GroupStateTag } from "#app/(portal)/(registers)/_group/group-tags.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { retentionInWords } from "#domain/registers/group/group.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listOwnGroups } from "#server/registers/group/list-queries.ts";
import { GroupName, groups, NextReview } from "./register.tsx";

export const metadata: Metadata = { title: "Chat groups" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The reader's own groups; for officers and auditors the whole register, too. */
export default async function GroupsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const [own, register] = await Promise.all([listOwnGroups(actor), groups.read(actor, await searchParams)]);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Chat groups</PageHeading>
          <p>
            A group counts as approved once a governance officer has approved it here. The register holds no phone
            numbers.
          </p>
          <ButtonLink href="/groups/new">Register a group</ButtonLink>
        </Stack>
        <Section title="Your groups">
          <DataTable
            caption="Your groups"
            captionHidden
            columns={{
              Group: (line) => <GroupName line={line} />,
              State: ({ state }) => <GroupStateTag state={state} />,
              "You are": ({ own: role }) => role ?? "",
              "In the chat": { numeric: true, cell: ({ memberCount }) => memberCount },
              Messages: retentionInWords,
              "Next review": (line) => <NextReview line={line} />,
            }}
            rows={own}
            empty="You are not in any group on the register. Register one, or ask its administrator to add you."
          />
        </Section>
        {register && (
          <Section title="The whole register" id="register">
            {groups.show(register)}
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}
