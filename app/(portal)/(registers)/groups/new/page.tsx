import { randomUUID } from "node:crypto";
import { AboutFields, MessageFields } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { BegunBanner } from "#app/_portal/begun-banner.tsx";
import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { BackLink, Button, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { ErrorSummary } from "#app/_ui/content.tsx";
import { RadioQuestion } from "#app/_ui/fields.tsx";
import { addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { GROUP_KINDS, isGroupKind, SOCIAL } from "#domain/registers/group/group.ts";
import { clock } from "#server/base/clock.ts";
import { getKnownAnswers } from "#server/answers/known-answer/queries.ts";
import { getNewGroup } from "#server/registers/group/view-queries.ts";
import { CheckStep, SocialPage } from "./check-step.tsx";
import { carried, HEADINGS, isStepName, NEW_PATH, formStateOf, STEP_NAMES, stepOf, type StepName } from "./steps.ts";
import { WhoFields } from "./who-fields.tsx";

/** Asks for a group to be registered: one thing per page, then all of it to check. */
const page = definePage({
  path: NEW_PATH,
  async read({ actor, query, formState }) {
    const asked = await getNewGroup(actor, formState.value("policy") || [query["policy"] ?? ""].flat().at(-1));
    if (!asked) return null;
    const named = query["step"];
    const wanted = typeof named === "string" ? named : formState.value("step");
    const wrong = formState.problems[0];
    const requested: StepName = isStepName(wanted) ? wanted : "kind";
    const step = wrong && wrong.field !== "" ? stepOf(wrong.field) : requested;
    return {
      ...asked,
      isSocial: named === SOCIAL,
      back: query["back"] === "check" || formState.value("back") === "check",
      // What was typed is deleted after a day: the form then starts again.
      step: formState.isReturned ? step : ("kind" as const),
    };
  },
  heading: ({ view }) => (view.isSocial ? "Social groups are outside the policy" : HEADINGS[view.step]),
});

const { generateMetadata, Page } = showPage(page, async ({ actor, view, formState, query }) => {
  const { body, rules, apps, policy, step, back } = view;
  if (view.isSocial)
    return (
      <PortalPage actor={actor}>
        <SocialPage contacts={body.contacts} />
      </PortalPage>
    );
  const { group: known } = await getKnownAnswers();
  // The kind that fits the answers of the result that somebody came from.
  const suggested = known?.kinds.find(({ fact, answer }) => [query[fact] ?? ""].flat().includes(answer))?.kind;
  const shown = formStateOf(formState, step);
  const kind = formState.value("kind");
  const hidden = carried(formState, step, {
    startKey: formState.value("startKey") || randomUUID(),
    ...(policy !== "" && { policy }),
    ...(back && { back: "check" }),
  });
  const keptQuery = typeof query["kept"] === "string" ? `&kept=${query["kept"]}` : "";
  const nth = STEP_NAMES.indexOf(step);
  const previous = STEP_NAMES[nth - 1];
  const common = { formState: shown, settings: body.groups, rules };
  return (
    <PortalPage actor={actor} gap="loose">
      <Stack>
        <BackLink href={previous ? `${NEW_PATH}?step=${back ? "check" : previous}${keptQuery}` : "/groups"}>
          {previous ? "Back" : "Chat groups"}
        </BackLink>
        <ErrorSummary errors={[...formState.problems]} />
        {step !== "kind" && (
          <PageHeading kicker={`Register a group, step ${nth + 1} of ${STEP_NAMES.length}`}>
            {HEADINGS[step]}
          </PageHeading>
        )}
      </Stack>
      <BegunBanner actor={actor} at={formState.value("startKey")} />
      <PostForm actor={actor} action={`${NEW_PATH}/send`} hidden={hidden}>
        {step === "kind" && (
          <RadioQuestion
            name="kind"
            question={HEADINGS.kind}
            error={formState.errorOf("kind")}
            options={[
              ...Object.entries(GROUP_KINDS).map(([value, words]) => ({ value, ...words })),
              { value: SOCIAL, label: "A social group", hint: "Talk that is not about work." },
            ].map((option) => ({ ...option, checked: option.value === (kind || suggested) }))}
          />
        )}
        {step === "about" && <AboutFields {...common} apps={apps} />}
        {step === "who" && <WhoFields {...common} actor={actor} kind={isGroupKind(kind) ? kind : "team"} />}
        {step === "messages" && (
          <MessageFields
            {...common}
            isEmergency={kind === "emergency"}
            firstReview={addMonths(calendarDay(clock.now()), body.groups.reviewEveryMonths)}
          />
        )}
        {step === "check" && <CheckStep actor={actor} formState={formState} keptQuery={keptQuery} rules={rules} />}
        <Button>{step === "check" ? "Send it for approval" : "Continue"}</Button>
      </PostForm>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };
