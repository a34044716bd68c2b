import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
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
import { ROLE_NAMES } from "#domain/access/permission/role.ts";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { listGroupsOfPerson } from "#server/registers/group/queries.ts";
import { PersonTags } from "../person-tags.tsx";
import { PersonHistory } from "./history.tsx";
import { personTitle, readPersonPage, type PersonPageProps } from "./read-person-page.ts";
import { WhatChanged } from "./what-changed.tsx";
import { WorkAccount } from "./work-account.tsx";

export async function generateMetadata(props: PersonPageProps): Promise<Metadata> {
  return personTitle(await readPersonPage(props, ""));
}

/** What the directory says of a person, and all that an administrator can say of them. */
export default async function PersonPage(props: PersonPageProps) {
  const page = await readPersonPage(props, "");
  if (!page) notFound();
  const { actor, person, today, isActor, sessions, history, rolesComeFromGroups, refill, query } = page;
  const { done } = query;
  const groups = await listGroupsOfPerson(actor, person.id);
  const { id, name, email, employer, team, lineManager, roles, kind, startsOn, leavesOn, awayUntil, createdAt } =
    person;
  const days = { Start: startsOn, "Leaving date": leavesOn, "Away until": awayUntil };
  const details = `/admin/people/${id}/details` as const;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <BackLink href="/admin/people">People</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading kicker={<PersonTags person={person} today={today} />}>{name}</PageHeading>
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
        <Stack as="section">
          <h2>What the directory says</h2>
          <SummaryList
            rows={[
              { term: "Name", value: name, change: { href: details, context: "what the directory says" } },
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
          {rolesComeFromGroups && <p className="text-small text-soft">{GROUPS_DECIDE}</p>}
        </Stack>
        <WhatChanged page={page} />
        <WorkAccount page={page} />
        <Stack as="section">
          <h2>{isActor ? "Where you are signed in" : "Where they are signed in"}</h2>
          <DataTable
            caption="Sessions, newest first"
            captionHidden
            columns={[
              { key: "browser", label: "Browser" },
              { key: "started", label: "Signed in" },
              { key: "seen", label: "Last used" },
              { key: "end", label: "End it" },
            ]}
            rows={sessions.map((session) => ({
              key: session.id,
              cells: {
                browser: browserInWords(session.userAgent),
                started: <Moment at={session.createdAt} />,
                seen: <Moment at={session.seenAt} />,
                end: (
                  <PostForm
                    actor={actor}
                    action={`/admin/people/${id}/send`}
                    hidden={{ what: "end", session: session.id }}
                  >
                    <Button look="link">
                      End<VisuallyHidden> the session that began on {momentInWords(session.createdAt)}</VisuallyHidden>
                    </Button>
                  </PostForm>
                ),
              },
            }))}
            empty="Nowhere."
          />
          {sessions.length > 1 && (
            <PostForm actor={actor} action={`/admin/people/${id}/send`} hidden={{ what: "end", session: "all" }}>
              <Button look="quiet">End all {sessions.length} sessions</Button>
            </PostForm>
          )}
        </Stack>
        <Stack as="section">
          <h2>{isActor ? "Chat groups you are in" : "Chat groups they are in"}</h2>
          <DataTable
            caption="Chat groups, by name"
            captionHidden
            columns={[
              { key: "name", label: "Group" },
              { key: "state", label: "State" },
            ]}
            rows={groups.map((group) => ({
              key: group.reference,
              cells: { name: `${group.name} (${group.reference})`, state: GROUP_STATES[group.state] },
            }))}
            empty="None on the register."
          />
        </Stack>
        <PersonHistory events={history} />
      </Stack>
    </PortalPage>
  );
}

const GROUPS_DECIDE =
  "Roles come from the groups of your identity provider: at the next sign-in those decide again, whatever is chosen here.";

const GROUP_STATES = { in: "Is in it", asked: "Was asked, has not agreed yet", leaving: "Is to be taken out" } as const;
