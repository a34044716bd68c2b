import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { ROLE_NAMES } from "#domain/access/permission/role.ts";
import { RoleBoxes } from "#app/(portal)/(people)/admin/people/role-boxes.tsx";
import { personTitle, readPersonPage, type PersonPageProps } from "../read-person-page.ts";

const TITLE = "Change roles";

export async function generateMetadata(props: PersonPageProps): Promise<Metadata> {
  return personTitle(await readPersonPage(props, "/roles"), TITLE);
}

/** An administrator says which roles a person has. */
export default async function RolesPage(props: PersonPageProps) {
  const page = await readPersonPage(props, "/roles");
  if (!page) notFound();
  const { actor, person, refill, rolesComeFromGroups, isActor } = page;
  const { id, name, roles } = person;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/admin/people/${id}`}>{name}</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading kicker={name}>{TITLE}</PageHeading>
        </Stack>
        {rolesComeFromGroups && (
          <Banner tone="warning" title="At the next sign-in, groups decide">
            <p>Your identity provider says who has which role. What you choose here holds until they sign in again.</p>
          </Banner>
        )}
        {isActor ? (
          <Stack>
            <p>This is you. You cannot change your own roles: ask another administrator.</p>
            <SummaryList rows={[{ term: "Your roles", value: roles.map((role) => ROLE_NAMES[role]).join(", ") }]} />
          </Stack>
        ) : (
          <PostForm actor={actor} action={`/admin/people/${id}/roles/send`}>
            <RoleBoxes refill={refill} stored={roles} />
            <p>The new roles apply at once. {name} is told, and the evidence says who changed them.</p>
            <Button>Save roles</Button>
          </PostForm>
        )}
      </Stack>
    </PortalPage>
  );
}
