import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { getDirectoryTeam } from "#server/people/directory/admin-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}Team ${page.team.name}` : "Page not found" };
}

/** An administrator gives a team its name and its manager. */
export default async function TeamPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, team, refill, isDone } = page;
  const { id, name, manager, people } = team;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/admin/people/teams">Teams</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading kicker="Team">{name}</PageHeading>
          {isDone && <Banner title="It is saved" />}
          <p>
            {people === 0 ? (
              "Nobody is in it."
            ) : (
              <Link href={`/admin/people?team=${id}`}>
                {people} {people === 1 ? "person is" : "people are"} in it
              </Link>
            )}
          </p>
        </Stack>
        <PostForm actor={actor} action={`/admin/people/teams/${id}/send`}>
          <TextField
            name="name"
            label="Name"
            width="half"
            error={refill.errorOf("name")}
            defaultValue={refill.value("name", name)}
          />
          <TextField
            name="manager"
            label="Manager's e-mail address"
            hint="They get the role of a line manager. Empty: nobody."
            type="email"
            width="half"
            autoComplete="off"
            error={refill.errorOf("manager")}
            defaultValue={refill.value("manager", manager?.email ?? "")}
          />
          <Button>Save</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const team = await getDirectoryTeam(actor, (await params).team);
  if (!team) return null;
  const { kept, done } = await searchParams;
  const refill = await refillFor(actor, kept, `/admin/people/teams/${team.id}`);
  return { actor, team, refill, isDone: done !== undefined };
}
