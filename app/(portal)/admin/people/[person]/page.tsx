import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/refill.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getPersonToManage } from "#server/directory/queries.ts";
import { requireActor } from "#server/identity/session.ts";

type Props = {
  params: Promise<{ person: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}What changed for ${page.person.name}?` : "Page not found" };
}

/** An administrator says what changed for a person, and what follows from it. */
export default async function PersonPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, person, teams, isActor, refill, isDone } = page;
  const { id, name, team, hasLeft } = person;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/admin/people">Leavers and movers</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading kicker={[team, hasLeft ? "has left" : null].filter(Boolean).join(", ") || "In no team"}>
            What changed for {name}?
          </PageHeading>
        </Stack>
        {isDone && (
          <Banner title="It is saved">
            <p>The administrators of their chat groups find it among their tasks.</p>
          </Banner>
        )}
        {isActor ? (
          <p>This is you. Another administrator has to say this of you.</p>
        ) : hasLeft ? (
          <PostForm actor={actor} action={`/admin/people/${id}/send`} hidden={{ what: "returned" }}>
            <p>
              {name} has left and can&apos;t sign in. If that is a mistake, or they are back, say so. Groups that they
              were taken out of meanwhile have to ask them again.
            </p>
            <Button>{name} is back</Button>
          </PostForm>
        ) : (
          <PostForm actor={actor} action={`/admin/people/${id}/send`}>
            <RadioQuestion
              name="what"
              heading={false}
              question="What is it?"
              error={refill.errorOf("what")}
              options={[
                {
                  value: "left",
                  label: "Has left",
                  hint: "They are signed out at once and can't sign in any more. They are to be taken out of every chat group.",
                },
                {
                  value: "moved",
                  label: "Has changed role or team",
                  hint: "They sign in again. The administrators of their groups take them out, or say that they stay.",
                },
              ].map((option) => ({ ...option, checked: refill.value("what") === option.value }))}
            />
            <SelectField
              name="team"
              label="Their team, if they changed role or team"
              options={[{ value: "", label: "No team" }, ...teams.map((one) => ({ value: one.id, label: one.name }))]}
              defaultValue={refill.value("team", teams.find((one) => one.name === team)?.id ?? "")}
            />
            <Button>Save</Button>
          </PostForm>
        )}
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const found = await getPersonToManage(actor, (await params).person);
  if (!found) return null;
  const { kept, done } = await searchParams;
  const refill = await refillFor(actor, kept, `/admin/people/${found.person.id}`);
  return { actor, refill, isDone: done !== undefined, ...found };
}
