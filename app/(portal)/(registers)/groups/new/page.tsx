import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { AboutFields, MessageFields } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { readFormState } from "#app/_portal/form-state.ts";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { GROUP_KINDS, isGroupKind, SOCIAL } from "#domain/registers/group/group.ts";
import { clock } from "#server/base/clock.ts";
import { getKnownAnswers } from "#server/answers/known-answer/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getNewGroup } from "#server/registers/group/view-queries.ts";
import { CheckStep } from "./check-step.tsx";
import { SocialPage } from "./social-page.tsx";
import { carried, HEADINGS, isStepName, NEW_PATH, formStateOf, STEP_NAMES, stepOf, type StepName } from "./steps.ts";
import { WhoFields } from "./who-fields.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (page.isSocial) return { title: "Social groups are outside the policy" };
  return { title: `${page.formState.titlePrefix}${HEADINGS[page.step]}` };
}

/** Asks for a group to be registered: one thing per page, then all of it to check. */
export default async function NewGroupPage(props: Props) {
  const { actor, asked, step, formState, isSocial, query, back } = await readPage(props);
  if (!asked) notFound();
  const { body, rules, apps } = asked;
  if (isSocial)
    return (
      <PortalPage actor={actor}>
        <SocialPage contacts={body.contacts} />
      </PortalPage>
    );
  const { group: known } = await getKnownAnswers();
  const shown = formStateOf(formState, step);
  const kind = formState.value("kind");
  const { policy } = asked;
  const hidden = carried(formState, step, {
    startKey: formState.value("startKey") || randomUUID(),
    ...(policy !== "" && { policy }),
    ...(back && { back: "check" }),
  });
  const keptQuery = typeof query.kept === "string" ? `&kept=${query.kept}` : "";
  const previous = STEP_NAMES[STEP_NAMES.indexOf(step) - 1];
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={previous ? `${NEW_PATH}?step=${back ? "check" : previous}${keptQuery}` : "/groups"}>
            {previous ? "Back" : "Chat groups"}
          </BackLink>
          <ErrorSummary errors={[...formState.problems]} />
          {step !== "kind" && (
            <PageHeading kicker={`Register a group, step ${STEP_NAMES.indexOf(step) + 1} of ${STEP_NAMES.length}`}>
              {HEADINGS[step]}
            </PageHeading>
          )}
        </Stack>
        <PostForm actor={actor} action={`${NEW_PATH}/send`} hidden={hidden}>
          {step === "kind" && (
            <RadioQuestion
              name="kind"
              question={HEADINGS.kind}
              error={formState.errorOf("kind")}
              options={[
                ...Object.entries(GROUP_KINDS).map(([value, words]) => ({ value, ...words })),
                { value: SOCIAL, label: "A social group", hint: "Talk that is not about work." },
              ].map((option) => ({ ...option, checked: option.value === (kind || suggested()) }))}
            />
          )}
          {step === "about" && <AboutFields formState={shown} settings={body.groups} apps={apps} />}
          {step === "who" && (
            <WhoFields
              actor={actor}
              formState={shown}
              kind={isGroupKind(kind) ? kind : "team"}
              settings={body.groups}
              rules={rules}
            />
          )}
          {step === "messages" && (
            <MessageFields
              formState={shown}
              settings={body.groups}
              rules={rules}
              isEmergency={kind === "emergency"}
              firstReview={addMonths(calendarDay(clock.now()), body.groups.reviewEveryMonths)}
            />
          )}
          {step === "check" && <CheckStep actor={actor} formState={formState} keptQuery={keptQuery} rules={rules} />}
          <Button>{step === "check" ? "Send it for approval" : "Continue"}</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );

  /** The kind that fits the answers of the result that somebody came from. */
  function suggested(): string | undefined {
    return known?.kinds.find(({ fact, answer }) => [query[fact] ?? ""].flat().includes(answer))?.kind;
  }
}

const readPage = readOnce(async ({ searchParams }: Props) => {
  const actor = await requireActor();
  const query = await searchParams;
  const formState = await readFormState(actor, query.kept, NEW_PATH);
  const asked = await getNewGroup(actor, formState.value("policy") || [query.policy ?? ""].flat().at(-1));
  const named = typeof query.step === "string" ? query.step : formState.value("step");
  const wrong = formState.problems[0];
  const requested: StepName = isStepName(named) ? named : "kind";
  const step = wrong && wrong.field !== "" ? stepOf(wrong.field) : requested;
  // What was typed is deleted after a day: the form then starts again.
  return {
    actor,
    query,
    formState,
    asked,
    isSocial: query.step === SOCIAL,
    back: query.back === "check" || formState.value("back") === "check",
    step: formState.isReturned ? step : ("kind" as const),
  };
});
