import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { searchDirectory } from "#server/directory/queries.ts";
import { requireActor } from "#server/identity/session.ts";

const TITLE = "Leavers and movers";

export const metadata: Metadata = { title: TITLE };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** An administrator finds a person, to say that they have left, or changed role or team. */
export default async function PeoplePage({ searchParams }: Props) {
  const actor = await requireActor();
  const typed = [(await searchParams).q ?? ""].flat().at(-1)?.slice(0, 200) ?? "";
  const found = await searchDirectory(actor, typed);
  if (!found) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <PageHeading>{TITLE}</PageHeading>
        <p>
          Say here who has left, or changed role or team, until the directory does it by itself. The administrators of
          their chat groups are then asked to take them out.
        </p>
        <form action="/admin/people" method="get" noValidate className="space-y-4">
          <TextField name="q" label="Name or work e-mail address" type="search" defaultValue={typed} width="half" />
          <Button>Search</Button>
        </form>
        {typed.trim() !== "" && (
          <DataTable
            caption="People found"
            columns={[
              { key: "name", label: "Name" },
              { key: "team", label: "Team" },
              { key: "email", label: "E-mail" },
              { key: "status", label: "State" },
            ]}
            rows={found.map(({ id, name, team, email, hasLeft }) => ({
              key: id,
              cells: {
                name: <Link href={`/admin/people/${id}`}>{name}</Link>,
                team: team ?? "None",
                email,
                status: hasLeft ? <Tag tone="warning">Has left</Tag> : <Tag>Works here</Tag>,
              },
            }))}
            empty="Nobody fits. Check the spelling, or type less of the name."
          />
        )}
      </Stack>
    </PortalPage>
  );
}
