import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { randomUUID } from "node:crypto";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { HOLD_REASONS, LONGEST_HOLD_TEXT } from "#domain/registers/hold/hold.ts";
import { listGroupsToHold } from "#server/registers/hold/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { TargetFields } from "../target-fields.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADING = "Place a hold";
const UP_TO = `Up to ${LONGEST_HOLD_TEXT.toLocaleString("en-GB")} characters.`;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const actor = await requireActor();
  if (!(await listGroupsToHold(actor))) return { title: "Page not found" };
  const refill = await refillFor(actor, (await searchParams).kept, "/holds/new");
  return { title: `${refill.titlePrefix}${HEADING}` };
}

/** For governance officers: why, since when, what must be kept, and whom to tell. */
export default async function NewHoldPage({ searchParams }: Props) {
  const actor = await requireActor();
  const groups = await listGroupsToHold(actor);
  if (!groups) notFound();
  const { kept, group } = await searchParams;
  const refill = await refillFor(actor, kept, "/holds/new");
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/holds">Holds</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>{HEADING}</PageHeading>
          <p>It stands the moment you press the button. Everybody whom it concerns is told at once, and confirms.</p>
        </Stack>
        <PostForm actor={actor} action="/holds/new/send" hidden={{ startKey: refill.value("startKey", randomUUID()) }}>
          <RadioQuestion
            name="reason"
            heading={false}
            question="Why is it placed?"
            error={refill.errorOf("reason")}
            options={Object.entries(HOLD_REASONS).map(([value, label]) => ({
              ...{ value, label, checked: refill.isChosen("reason", value) },
            }))}
          />
          <DateField
            name="occurredOn"
            legend="When did the request come in, or when did it happen?"
            hint="Needed for a request. For example, 24 11 2026"
            values={{
              day: refill.value("occurredOn-day"),
              month: refill.value("occurredOn-month"),
              year: refill.value("occurredOn-year"),
            }}
            error={refill.errorOf("occurredOn")}
          />
          <TextField
            name="keep"
            label="What must not be deleted?"
            hint={`Those whom it concerns read this, also in a mail: which messages, about what, from when to when. Do not say who asked. ${UP_TO}`}
            lines={5}
            defaultValue={refill.value("keep")}
            error={refill.errorOf("keep")}
          />
          <CheckboxQuestion
            name="onSubject"
            heading={false}
            question="Whom does it concern?"
            help="Choose everybody, or name groups and people below."
            error={refill.errorOf("onSubject")}
            options={[
              {
                value: "yes",
                label: "Everybody in the body",
                hint: "For a subject, when nobody can say who has messages about it.",
                checked: refill.isChosen("onSubject", "yes"),
              },
            ]}
          />
          <TargetFields groups={groups} refill={refill} chosen={typeof group === "string" ? group : undefined} />
          <TextField
            name="note"
            label="Your note (optional)"
            hint={`Governance officers and auditors alone see it: who asked, the number of the file. ${UP_TO}`}
            lines={4}
            defaultValue={refill.value("note")}
            error={refill.errorOf("note")}
          />
          <Button>Place the hold and tell them</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}
