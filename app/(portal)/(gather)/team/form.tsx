import { custom } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, lastOf, showPage, wholeQuery } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { REPORT_PART_COLUMNS } from "#app/_portal/report-words.ts";
import { Banner, DataTable, ErrorSummary } from "#app/_ui/content.tsx";
import { Button, Cluster, Link, LinkLine, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { StackedBar } from "#app/_ui/stacked-bar.tsx";
import { TickBox } from "#app/_ui/tick-box.tsx";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import { readFollowUpFilter, type FollowUp } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { remindToAnswer } from "#server/policy/acknowledgement/follow-up-service.ts";
import { countTeamAnswers } from "#server/policy/acknowledgement/report-queries.ts";
import { type ExceptionEntry, listTeamExceptions } from "#server/policy/exception/queries.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { teamAnswers } from "./register.tsx";

/** With more than this, names and bars say less than the table below them. */
const MOST_TEAMS_DRAWN = 12;

/** What the people the reader manages have answered, and the exceptions they asked for. For line managers. */
export const page = definePage({
  path: "/team",
  suffix: wholeQuery,
  async read({ actor, query }) {
    const [answers, exceptions] = await Promise.all([teamAnswers.read(actor, query), listTeamExceptions(actor)]);
    const byTeam = answers && (await countTeamAnswers(actor, answers.found.slug));
    return answers && byTeam && exceptions && { ...answers, byTeam, exceptions };
  },
  heading: "Your team",
});

/** Reminds people of the reader's who have not answered a policy: those who are ticked, or all who match the filters. */
export const remindTeamForm = defineForm(page, {
  fields: { people: custom((sent) => sent.all("person")) },
  body: ({ view, formState }) => (
    <>
      <input type="hidden" name="policy" value={view.found.slug} />
      {teamAnswers.table(view, ({ id, state }, named) =>
        REMINDED_STATES.includes(state) ? (
          <TickBox name="person" value={id} isChosen={formState.isChosen("person", id)}>
            {named}
          </TickBox>
        ) : (
          <span className="flex ps-9">{named}</span>
        ),
      )}
    </>
  ),
  button: ({ view: { found, asked } }) => {
    const waiting = waitingIn(found, asked["state"]);
    return (
      <Cluster>
        <Button name="then" value="chosen" look="quiet">
          Remind those ticked
        </Button>
        <Button name="then" value="all" look="quiet">
          {waiting === 1 ? "Remind the one who has not answered" : `Remind all ${waiting} who have not answered`}
        </Button>
      </Cluster>
    );
  },
  async submit({ actor, query, values: { people }, form }) {
    const policy = form.text("policy");
    const result = await remindToAnswer(actor, policy, readFollowUpFilter(query), {
      chosen: form.text("then") === "all" ? null : people,
      whose: "team",
    });
    if (result.code !== "reminded") return result.code === "not-found" ? "not-found" : { ...result };
    const asked = { ...teamAnswers.asked(query), policy, done: String(result.reminded) };
    return { to: `/team?${new URLSearchParams(asked).toString()}` };
  },
});

/** How many can be reminded, of those in one state or in any. */
const waitingIn = ({ counts }: FollowUp, state: string | undefined): number =>
  REMINDED_STATES.filter((one) => state === undefined || one === state).reduce(
    (sum, one) => sum + (counts.get(one) ?? 0),
    0,
  );

export const { generateMetadata, Page } = showPage(page, async (shown) => {
  const { actor, query, view, formState } = shown;
  const { found, asked, byTeam, exceptions } = view;
  const titles = new Map((await listPolicies(actor)).map(({ slug: of, title }) => [of, title]));
  const names = found.teams.slice(0, MOST_TEAMS_DRAWN).map(({ name }) => name);
  const kicker = [...names, ...(found.teams.length > names.length ? ["and others"] : [])].join(", ");
  const hasPeople = byTeam.length > 0;
  const done = lastOf(query, "done");
  return (
    <PortalPage actor={actor} gap="section">
      <Stack>
        <ErrorSummary errors={formState.problems.map(({ message }) => ({ message }))} />
        {done !== undefined && (
          <Banner title={done === "0" ? "They were reminded already" : "They are reminded"}>
            <p>
              They see it in their tasks and in their mail on the next working day. Nobody is reminded more than once a
              day.
            </p>
          </Banner>
        )}
        <PageHeading kicker={kicker || undefined}>Your team</PageHeading>
      </Stack>
      {!hasPeople && (
        <p>
          Nobody reports to you yet. Ask an administrator to enter you as somebody&apos;s line manager, or as the
          manager of a team.
        </p>
      )}
      {hasPeople && (
        <Stack as="section">
          <h2>
            <Link href={`/policies/${found.slug}`}>{found.title}</Link>, version {found.version}
          </h2>
          {byTeam.length <= MOST_TEAMS_DRAWN && (
            <StackedBar
              id="team"
              label={`Answers by team on “${found.title}”; the table below names everybody.`}
              parts={[...REPORT_PART_COLUMNS]}
              rows={byTeam.map(({ team, counts }) => ({ label: team ?? "In no team", values: counts }))}
            />
          )}
          {teamAnswers.show(view, waitingIn(found, asked["state"]) > 0 ? remindTeamForm.show(shown) : undefined)}
        </Stack>
      )}
      <TeamExceptions entries={exceptions} titles={titles} />
      <LinkLine onPaper={false} href="/decisions">
        Results that your team shares with you
      </LinkLine>
    </PortalPage>
  );
});

type TeamExceptionsProps = {
  /** Without drafts, newest first. */
  entries: readonly ExceptionEntry[];
  /** Policy by slug. */
  titles: ReadonlyMap<string, string>;
};

const TeamExceptions = ({ entries, titles }: TeamExceptionsProps) => (
  <PageSection title="Exceptions">
    <DataTable
      caption="Exceptions that your team asked for, newest first"
      empty="Nobody in your team has asked for an exception. When somebody does, you are asked to decide, and it appears here."
      columns={{
        Reference: ({ exception }) => <Link href={`/exceptions/${exception.reference}`}>{exception.reference}</Link>,
        "Asked by": ({ exception }) => exception.requester.name,
        From: ({ exception }) => titles.get(exception.policy) ?? exception.policy,
        State: ({ state }) => EXCEPTION_STATE_WORDS[state],
        Ends: ({ exception }) => (exception.endsAt ? dateInWords(lastDay(exception.endsAt)) : "Not decided"),
      }}
      rows={entries}
    />
  </PageSection>
);
