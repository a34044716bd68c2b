import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { dateValues } from "#app/_portal/date-values.ts";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { CHECK_KINDS, CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";
import { listPoliciesToCheck } from "#server/registers/understanding-check/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADING = "Record a check";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}${HEADING}` : "Page not found" };
}

/** What was checked, when, with whom, and what came out. */
export default async function NewCheckPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, policies, refill } = page;
  const text = (name: string) => ({ name, defaultValue: refill.value(name), error: refill.errorOf(name) });
  const [only] = policies.length === 1 ? policies : [];
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/checks-held">Checks held</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>{HEADING}</PageHeading>
          {policies.length === 0 && <p>Your organisation has no policy in force that could be checked.</p>}
        </Stack>
        <PostForm
          actor={actor}
          action="/checks-held/new/send"
          hidden={{ startKey: refill.value("startKey", randomUUID()), ...(only && { policy: only.slug }) }}
        >
          {only ? (
            <p>On {only.title}, as it is now.</p>
          ) : (
            <RadioQuestion
              name="policy"
              heading={false}
              question="Which policy was checked?"
              error={refill.errorOf("policy")}
              options={policies.map(({ slug, title }) => ({
                ...{ value: slug, label: title, checked: refill.isChosen("policy", slug) },
              }))}
            />
          )}
          <RadioQuestion
            name="kind"
            heading={false}
            question="What was it?"
            error={refill.errorOf("kind")}
            options={CHECK_KINDS.map((kind) => ({
              ...{ value: kind, label: CHECK_KIND_WORDS[kind], checked: refill.isChosen("kind", kind) },
            }))}
          />
          <DateField
            name="heldOn"
            legend="When was it held?"
            hint="The last day, if it took several. For example, 27 3 2026"
            values={dateValues(refill, "heldOn")}
            error={refill.errorOf("heldOn")}
          />
          <TextField {...text("heldBy")} label="Who held it?" hint="A role or a team." width="half" />
          <TextField
            {...text("takenBy")}
            label="Who took part?"
            hint="A team or a number: “40 of 60 in Housing”. Name nobody."
            width="half"
          />
          <TextField {...text("result")} label="What came out?" lines={5} />
          <TextField {...text("actions")} label="What is done about it, if anything?" lines={3} />
          <Button>Record the check</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ searchParams }: Props) {
  const actor = await requireActor();
  const policies = await listPoliciesToCheck(actor);
  if (!policies) return null;
  return { actor, policies, refill: await refillFor(actor, (await searchParams).kept, "/checks-held/new") };
}
