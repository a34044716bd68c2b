import { framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Button, ButtonLink, Link, LinkLine, PageSection, Stack } from "#app/_ui/layout.tsx";
import { DataTable, Missing, SummaryList } from "#app/_ui/content.tsx";
import { browserInWords } from "#domain/access/identity/browser.ts";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { Assistants } from "./assistants.tsx";
import { OwnRecords, RecordsAbout } from "./own-data.tsx";
import { digestForm, page, sessionForm, type ShownMe } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => (
  <>
    <WhoYouAre shown={shown} />
    <OwnMailSection shown={shown} />
    <Sessions shown={shown} />
    <Assistants shown={shown} />
    <PageSection gap="loose" title="What we hold about you">
      <OwnRecords data={shown.view.data} />
      <RecordsAbout data={shown.view.data} />
      <Stack gap="tight">
        <h3>Take it with you</h3>
        <p>
          Everything we hold about you. It includes more than this page shows, such as where you decided, answered or
          were told something. Choose a page to read, with a copy for programs, or a file for programs only.
        </p>
        <p className="flex flex-wrap gap-3">
          <ButtonLink href="/me/data/zip" look="quiet">
            Download all my data (ZIP)
          </ButtonLink>
          <ButtonLink href="/me/data" look="quiet">
            Download my data (JSON)
          </ButtonLink>
        </p>
      </Stack>
    </PageSection>
  </>
));

export { generateMetadata, Page as default };

function WhoYouAre({ shown: { actor, view } }: { shown: ShownMe }) {
  const { bodyName } = view;
  const { directory, accounts } = view.data;
  const { userName, groups } = view.data.directoryNames;
  const { team, joinedAt, lineManager, kind, startsOn, leavesOn, awayUntil } = directory;
  const days = { Start: startsOn, "Leaving date": leavesOn, "Away until": awayUntil };
  const manager = lineManager && `${lineManager.name}, ${lineManager.roles.map((role) => ROLE_NAMES[role]).join(", ")}`;
  return (
    <PageSection title="Who you are here">
      <SummaryList
        rows={[
          { term: "Name", value: actor.name },
          { term: "E-mail", value: actor.email },
          { term: "Roles", value: actor.roles.map((role) => ROLE_NAMES[role]).join(", ") },
          { term: "Team", value: team?.name ?? "You are not in a team" },
          { term: "Line manager", value: lineManager?.isActor ? "You" : (manager ?? <Missing what="line manager" />) },
          { term: "Employer", value: actor.employer },
          bodyName !== actor.employer && { term: "Body", value: bodyName },
          { term: "Kind", value: PERSON_KIND_NAMES[kind] },
          ...Object.entries(days).map(([term, day]) => day && { term, value: dateInWords(day) }),
          userName && userName.toLowerCase() !== actor.email && { term: "User name in the directory", value: userName },
          groups.length > 0 && { term: "Groups in the directory", value: groups.join(", ") },
          { term: "In the directory since", value: <Moment at={joinedAt} /> },
          ...accounts.map(({ issuer, boundAt }) => ({
            term: "Your work account",
            value: (
              <>
                The one at <span className="wrap-anywhere">{new URL(issuer).host}</span> that you first signed in with
                on <Moment at={boundAt} />. No other account opens the portal as you.
              </>
            ),
          })),
        ]}
      />
      <LinkLine href={`/absences/${actor.personId}`}>When you are away</LinkLine>
      <p className="text-small text-soft">This comes from the directory. Ask your administrator to correct it.</p>
    </PageSection>
  );
}

/** Which mail the reader gets, with a switch for the digest, and what was or would have been sent. */
function OwnMailSection({ shown }: { shown: ShownMe }) {
  const { mail, feed } = shown.view.data;
  const { hasServer, wantsDigest, count, lines } = mail;
  return (
    <PageSection id="mail" title="Mail to you">
      {!hasServer && <p>This portal sends no mail now. Below is what it would have sent you.</p>}
      <p>
        {wantsDigest
          ? "You get a digest of your tasks once a working day at most, when something is new, falls due or is overdue."
          : "You get no digest. Your tasks are under Tasks."}{" "}
        Urgent mail, such as not to delete something, comes at once and cannot be switched off.
      </p>
      {digestForm.show(shown)}
      {lines.length === 0 ? (
        <p>You have no mail.</p>
      ) : (
        <>
          <p>{count > lines.length ? `The last ${lines.length} of ${count} mails:` : "All mail that is still kept:"}</p>
          <ul>
            {lines.map(({ id, subject, createdAt }) => (
              <li key={id}>
                <Link href={`/admin/mail/${id}`}>{subject}</Link>, <Moment at={createdAt} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        {feed === null ? (
          <>
            Your tasks are not in a calendar. <Link href="/tasks#calendar">Get a calendar address</Link>
          </>
        ) : (
          <>
            A secret address has shown your tasks in a calendar since <Moment at={feed.madeAt} />.{" "}
            <Link href="/tasks#calendar">See it or end it</Link>
          </>
        )}
      </p>
    </PageSection>
  );
}

/** Where the reader is signed in, with a button to end each session. */
function Sessions({ shown }: { shown: ShownMe }) {
  const { sessions } = shown.view;
  return (
    <PageSection id="sessions" title="Where you are signed in">
      <DataTable
        caption="Your sessions, newest first"
        columns={{
          Browser: ({ userAgent, isShared, isThisOne }) =>
            `${browserInWords(userAgent)}${isShared ? ", shared device" : ""}${isThisOne ? ", this one" : ""}`,
          "Signed in": ({ createdAt }) => <Moment at={createdAt} />,
          "Ends at the latest": ({ expiresAt }) => <Moment at={expiresAt} />,
          "End it": ({ id, createdAt, isThisOne }) =>
            isThisOne
              ? "Sign out above"
              : sessionForm.show(shown, {
                  stored: { which: id },
                  button: (
                    <Button look="link" about={` the session that began on ${momentInWords(createdAt)}`}>
                      End
                    </Button>
                  ),
                }),
        }}
        rows={sessions}
      />
      {sessions.length > 1 && sessionForm.show(shown, { stored: { which: "others" } })}
    </PageSection>
  );
}
