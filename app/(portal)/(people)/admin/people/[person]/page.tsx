import { showPage } from "#app/_portal/form/page.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { browserInWords } from "#domain/access/identity/browser.ts";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { ROLE_NAMES } from "#domain/access/permission/role.ts";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { PersonTags } from "../person-tags.tsx";
import { endSessionForm, page, type ShownPerson } from "./form.tsx";
import { PersonHistory } from "./history.tsx";
import { WhatChanged } from "./what-changed.tsx";
import { WorkAccount } from "./work-account.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, query, formState, view } = shown;
  const { person, today, isActor, history } = view;
  const { done } = query;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <BackLink href="/admin/people">People</BackLink>
          <ErrorSummary errors={[...formState.problems]} />
          <PageHeading kicker={<PersonTags person={person} today={today} />}>{person.name}</PageHeading>
          {isActor && <p>This is you.</p>}
          {done !== undefined && (
            <Banner title="It is saved">
              {done === "groups" && <p>The administrators of their chat groups find it among their tasks.</p>}
              {done === "account" && (
                <p>They are signed out. The account that they sign in with next is tied to them.</p>
              )}
            </Banner>
          )}
        </Stack>
        <WhatDirectorySays {...view} />
        <WhatChanged shown={shown} />
        <WorkAccount shown={shown} />
        <PersonSessions shown={shown} />
        <PersonGroups {...view} />
        <PersonHistory events={history} />
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };

type View = ShownPerson["view"];

function WhatDirectorySays({ person, rolesComeFromGroups }: View) {
  const { id, name, email, employer, team, lineManager, roles, kind, startsOn, leavesOn, awayUntil, createdAt } =
    person;
  const days = { Start: startsOn, "Leaving date": leavesOn, "Away until": awayUntil };
  return (
    <Stack as="section">
      <h2>What the directory says</h2>
      <SummaryList
        rows={[
          {
            term: "Name",
            value: name,
            change: { href: `/admin/people/${id}/details`, context: "what the directory says" },
          },
          { term: "E-mail", value: email },
          { term: "Employer", value: employer },
          { term: "Team", value: team?.name ?? "None" },
          {
            term: "Line manager",
            value: lineManager ? (
              <>
                <Link href={`/admin/people/${lineManager.id}`}>{lineManager.name}</Link>
                {!lineManager.isNamed && ", as the team's manager"}
              </>
            ) : (
              "None"
            ),
          },
          { term: "Kind", value: PERSON_KIND_NAMES[kind] },
          ...Object.entries(days).flatMap(([term, day]) => (day ? [{ term, value: dateInWords(day) }] : [])),
          { term: "In the directory since", value: <Moment at={createdAt} /> },
          {
            term: "Roles",
            value: roles.map((role) => ROLE_NAMES[role]).join(", "),
            change: { href: `/admin/people/${id}/roles`, context: "roles" },
          },
        ]}
      />
      <p>
        <Link href={`/absences/${id}`}>When they are away</Link>
      </p>
      {rolesComeFromGroups && (
        <p className="text-small text-soft">
          Roles come from the groups of your identity provider: at the next sign-in those decide again, whatever is
          chosen here.
        </p>
      )}
    </Stack>
  );
}

function PersonSessions({ shown }: { shown: ShownPerson }) {
  const { isActor, sessions } = shown.view;
  return (
    <Stack as="section">
      <h2>{isActor ? "Where you are signed in" : "Where they are signed in"}</h2>
      <DataTable
        caption="Sessions, newest first"
        captionHidden
        columns={{
          Browser: ({ userAgent, isShared }) => `${browserInWords(userAgent)}${isShared ? ", shared device" : ""}`,
          "Signed in": ({ createdAt }) => <Moment at={createdAt} />,
          "Last used": ({ seenAt }) => <Moment at={seenAt} />,
          "End it": ({ id, createdAt }) =>
            endSessionForm.show(shown, {
              stored: { session: id },
              button: (
                <Button look="link">
                  End<VisuallyHidden> the session that began on {momentInWords(createdAt)}</VisuallyHidden>
                </Button>
              ),
            }),
        }}
        rows={sessions}
        empty="Nowhere."
      />
      {sessions.length > 1 && endSessionForm.show(shown, { stored: { session: "all" } })}
    </Stack>
  );
}

const GROUP_STATES = { in: "Is in it", asked: "Was asked, has not agreed yet", leaving: "To be taken out" } as const;

function PersonGroups({ isActor, groups }: View) {
  return (
    <Stack as="section">
      <h2>{isActor ? "Chat groups you are in" : "Chat groups they are in"}</h2>
      <DataTable
        caption="Chat groups, by name"
        captionHidden
        columns={{
          Group: ({ reference, name }) => `${name} (${reference})`,
          State: ({ state }) => GROUP_STATES[state],
        }}
        rows={groups}
        empty="None on the register."
      />
    </Stack>
  );
}
