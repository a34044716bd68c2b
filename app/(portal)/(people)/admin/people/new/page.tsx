import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { listDirectoryTeams, listEmployers } from "#server/people/directory/admin-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { DetailsFields } from "../details-fields.tsx";
import { RoleBoxes } from "../role-boxes.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const TITLE = "Add a person";
const NOTHING = {
  name: "",
  email: "",
  employer: "",
  team: "",
  manager: "",
  kind: "employee",
  startsOn: "",
  leavesOn: "",
  awayUntil: "",
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await readPage(props)).refill.titlePrefix}${TITLE}` };
}

/** An administrator adds somebody to the directory by hand. */
export default async function NewPersonPage(props: Props) {
  const { actor, refill, employers } = await readPage(props);
  if (!(await listDirectoryTeams(actor))) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/admin/people">People</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>{TITLE}</PageHeading>
          <p>
            Anyone who is not in the next list that you import counts as having left. Have them added to that list, too.
          </p>
        </Stack>
        <PostForm actor={actor} action="/admin/people/new/send">
          <DetailsFields refill={refill} stored={{ ...NOTHING, employer: employers[0] ?? "" }} employers={employers} />
          <RoleBoxes refill={refill} stored={[]} />
          <Button>Add this person</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ searchParams }: Props) {
  const actor = await requireActor();
  const refill = await refillFor(actor, (await searchParams).kept, "/admin/people/new");
  return { actor, refill, employers: await listEmployers(actor) };
}
