import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { listEmployers } from "#server/people/directory/admin-queries.ts";
import { DetailsFields } from "#app/(portal)/(people)/admin/people/details-fields.tsx";
import { personTitle, readPersonPage, type PersonPageProps } from "../read-person-page.ts";

const TITLE = "Change what the directory says";

export async function generateMetadata(props: PersonPageProps): Promise<Metadata> {
  return personTitle(await readPersonPage(props, "/details"), TITLE);
}

/** An administrator changes what the directory says of a person. */
export default async function DetailsPage(props: PersonPageProps) {
  const page = await readPersonPage(props, "/details");
  if (!page) notFound();
  const { actor, person, refill, managerEmail, isActor } = page;
  const { id, name, email, employer, team, kind, startsOn, leavesOn, awayUntil } = person;
  const days = { startsOn: startsOn ?? "", leavesOn: leavesOn ?? "", awayUntil: awayUntil ?? "" };
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/admin/people/${id}`}>{name}</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading kicker={name}>{TITLE}</PageHeading>
          <p>
            If you change the team, they have to sign in again, and the administrators of their chat groups are asked to
            take them out. The next list that is imported can change all of this again.
          </p>
          {isActor && (
            <p className="font-bold">
              This is you. You cannot change your own team, line manager, first day or leaving date: ask another
              administrator.
            </p>
          )}
        </Stack>
        <PostForm actor={actor} action={`/admin/people/${id}/details/send`}>
          <DetailsFields
            refill={refill}
            employers={await listEmployers(actor)}
            stored={{ name, email, employer, team: team?.name ?? "", manager: managerEmail, kind, ...days }}
          />
          <Button>Save</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}
