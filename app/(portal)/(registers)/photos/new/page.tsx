import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
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
import { requireActor } from "#server/access/identity/session.ts";
import { ConsentFormLinks } from "../consent-form-links.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADING = "Record a photo consent";

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await readPage(props)).refill.titlePrefix}${HEADING}` };
}

/** What stands on the form that somebody in a picture has filled in. */
export default async function NewConsentPage(props: Props) {
  const { actor, refill } = await readPage(props);
  const text = (name: string) => ({ name, defaultValue: refill.value(name), error: refill.errorOf(name) });
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/photos">Photo consents</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>{HEADING}</PageHeading>
          <p>Copy what stands on the form. One consent for each person.</p>
          <ConsentFormLinks actor={actor} />
        </Stack>
        <PostForm actor={actor} action="/photos/new/send" hidden={{ startKey: refill.value("startKey", randomUUID()) }}>
          <TextField {...text("name")} label="Who is in the picture?" width="half" autoComplete="off" />
          <RadioQuestion
            name="age"
            heading={false}
            question="Is it a child?"
            error={refill.errorOf("age")}
            options={[
              { value: "adult", label: "No", checked: refill.isChosen("age", "adult") },
              {
                ...{ value: "child", label: "Yes", checked: refill.isChosen("age", "child") },
                hint: "A parent or guardian has to agree.",
              },
            ]}
          />
          <TextField
            {...text("guardian")}
            label="Who agreed for the child?"
            hint="Leave it empty for an adult."
            width="half"
            autoComplete="off"
          />
          <DateField
            name="givenOn"
            legend="Day on the form"
            hint="For example, 27 3 2026"
            values={dateValues(refill, "givenOn")}
            error={refill.errorOf("givenOn")}
          />
          <TextField
            {...text("purpose")}
            label="What may the picture be used for?"
            hint="As the form says: “The summer newsletter, on paper and online”."
            lines={2}
          />
          <DateField
            name="until"
            legend="Last day of the consent"
            hint="For example, 27 3 2028"
            values={dateValues(refill, "until")}
            error={refill.errorOf("until")}
          />
          <TextField
            {...text("formReference")}
            label="Where is the form?"
            hint="Its number, or the system or folder that it is in."
            width="half"
          />
          <Button>Record the consent</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ searchParams }: Props) {
  const actor = await requireActor();
  return { actor, refill: await refillFor(actor, (await searchParams).kept, "/photos/new") };
}
