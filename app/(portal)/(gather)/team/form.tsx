import { custom, hidden } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, lastOf, showPage, wholeQuery } from "#app/_portal/form/form.tsx";
import { Button, Cluster, Link, LinkLine, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { readFollowUpFilter } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { remindToAnswer } from "#server/policy/acknowledgement/follow-up-service.ts";
import { getTeamReport, MOST_TEAMS_NAMED } from "#server/policy/acknowledgement/report-queries.ts";
import { type ExceptionEntry, listTeamExceptions } from "#server/policy/exception/queries.ts";
import { TeamAnswers } from "./team-answers.tsx";
import { REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { Fragment } from "react";
import { BY_NAME, PageLinks, PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner, DataTable, ErrorSummary } from "#app/_ui/content.tsx";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { PolicyPills } from "../policy-pills.tsx";

/** What the people the reader manages have answered, and the exceptions they asked for. For line managers. */
export const page = definePage({
  path: "/team",
  suffix: wholeQuery,
  async read({ actor, query }) {
    const slug = lastOf(query, "policy");
    const [report, exceptions] = await Promise.all([
      getTeamReport(actor, { ...(slug !== undefined && { slug }), cursor: readPageCursor(query) }),
      listTeamExceptions(actor),
    ]);
    return report && exceptions && { report, exceptions };
  },
  heading: "Your team",
});

/** Reminds people of the reader's who have not answered a policy: those who are ticked, or all. */
export const remindTeamForm = defineForm(page, {
  fields: { policy: hidden(), people: custom((sent) => sent.all("person")) },
  body({ view, formState, stored }) {
    const shown = view.report.answers.find(({ policy }) => policy.slug === stored["policy"]);
    return shown && <TeamAnswers {...shown} isChosen={(id) => formState.isChosen("person", id)} />;
  },
  button: (
    <Cluster>
      <Button name="then" value="chosen" look="quiet">
        Remind those ticked
      </Button>
      <Button name="then" value="all" look="quiet">
        Remind all who have not answered
      </Button>
    </Cluster>
  ),
  async submit({ actor, values: { policy, people }, form }) {
    const all = readFollowUpFilter({});
    const result = await remindToAnswer(actor, policy, all, {
      chosen: form.text("then") === "all" ? null : people,
      whose: "team",
    });
    if (result.code !== "reminded") return result.code === "not-found" ? "not-found" : { ...result };
    return { to: `/team?policy=${policy}&done=${result.reminded}` };
  },
});

export const { generateMetadata, Page } = showPage(page, async (shown) => {
  const { actor, query, view, formState } = shown;
  const { report, exceptions } = view;
  const slug = lastOf(query, "policy");
  const titles = new Map((await listPolicies(actor)).map(({ slug: of, title }) => [of, title]));
  const { teams, people, policies, answers } = report;
  const names = teams.slice(0, MOST_TEAMS_NAMED).map(({ name }) => name);
  const kicker = [...names, ...(teams.length > names.length ? ["and others"] : [])].join(", ");
  const hasPeople = people.rows.length > 0 && answers.length > 0;
  const [only] = answers;
  return (
    <PortalPage actor={actor} gap="section">
      <Stack>
        <ErrorSummary errors={formState.problems.map(({ message }) => ({ message }))} />
        {query["done"] !== undefined && (
          <Banner title={query["done"] === "0" ? "They were reminded already" : "They are reminded"}>
            <p>
              They see it in their tasks and in their mail on the next working day. Nobody is reminded more than once a
              day.
            </p>
          </Banner>
        )}
        <PageHeading kicker={kicker || undefined}>Your team</PageHeading>
      </Stack>
      {teams.length === 0 && (
        <p>
          You do not manage anybody yet. Ask an administrator to enter you as somebody&apos;s line manager, or as the
          manager of a team.
        </p>
      )}
      {teams.length > 0 && !hasPeople && <p>There is nobody in your team, or no policy to answer yet.</p>}
      {hasPeople && only && answers.length < policies.length && (
        <PolicyPills path="/team" policies={policies} chosen={only.policy.slug} />
      )}
      {hasPeople &&
        answers.map(({ policy, members }) => (
          <Fragment key={policy.slug}>
            {members.some(({ state }) => REMINDED_STATES.includes(state)) ? (
              remindTeamForm.show(shown, { stored: { policy: policy.slug } })
            ) : (
              <TeamAnswers policy={policy} members={members} />
            )}
          </Fragment>
        ))}
      <PageLinks
        label="Pages of your people"
        page={people}
        path="/team"
        filters={slug === undefined ? [] : [["policy", slug]]}
        words={BY_NAME}
      />
      {hasPeople && (
        <LinkLine onPaper={false} href="/team/acknowledgements.csv">
          Save all answers as a table (CSV)
        </LinkLine>
      )}
      {teams.length > 0 && <TeamExceptions entries={exceptions} titles={titles} />}
      {teams.length > 0 && (
        <LinkLine onPaper={false} href="/decisions">
          Results that your team shares with you
        </LinkLine>
      )}
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
