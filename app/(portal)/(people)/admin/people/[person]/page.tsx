import { z } from "zod";
import { framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { DataTable, Steps, SummaryList } from "#app/_ui/content.tsx";
import { Button, Link, LinkLine, PageSection, Lines } from "#app/_ui/layout.tsx";
import { browserInWords } from "#domain/access/identity/browser.ts";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { ROLE_NAMES, ROLES } from "#domain/access/permission/permission.ts";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { EVIDENCE_EVENT_LABELS, isEvidenceEventName } from "#domain/evidence/journal/event.ts";
import { hasProvider } from "#server/access/identity/session.ts";
import type { PersonEvent } from "#server/evidence/journal/queries.ts";
import { changedForm, endSessionForm, page, releaseForm, returnedForm, type ShownPerson } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => (
  <>
    <WhatDirectorySays {...shown.view} />
    <WhatChanged shown={shown} />
    <WorkAccount shown={shown} />
    <PersonSessions shown={shown} />
    <PersonGroups {...shown.view} />
    <PersonHistory events={shown.view.history} />
  </>
));
export { generateMetadata, Page as default };

type View = ShownPerson["view"];

function WhatDirectorySays({ person, rolesComeFromGroups }: View) {
  const { id, name, email, employer, team, lineManager, roles, kind, startsOn, leavesOn, awayUntil, createdAt } =
    person;
  const days = { Start: startsOn, "Leaving date": leavesOn, "Away until": awayUntil };
  return (
    <PageSection title="What the directory says">
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
          ...Object.entries(days).map(([term, day]) => day && { term, value: dateInWords(day) }),
          { term: "In the directory since", value: <Moment at={createdAt} /> },
          {
            term: "Roles",
            value: roles.map((role) => ROLE_NAMES[role]).join(", "),
            change: { href: `/admin/people/${id}/roles`, context: "roles" },
          },
        ]}
      />
      <LinkLine href={`/absences/${id}`}>When they are away</LinkLine>
      {person.rolesUnconfirmedSince && (
        <p>
          Since <Moment at={person.rolesUnconfirmedSince} /> their sign-in service has not listed their groups. Save
          their roles to confirm them. Otherwise they end.
        </p>
      )}
      {rolesComeFromGroups && (
        <p className="text-small text-soft">
          Roles come from the groups of your identity provider: at the next sign-in those decide again, whatever is
          chosen here.
        </p>
      )}
    </PageSection>
  );
}

function PersonSessions({ shown }: { shown: ShownPerson }) {
  const { isActor, sessions } = shown.view;
  return (
    <PageSection title={isActor ? "Where you are signed in" : "Where they are signed in"}>
      <DataTable
        caption="Sessions, newest first"
        columns={{
          Browser: ({ userAgent, isShared }) => `${browserInWords(userAgent)}${isShared ? ", shared device" : ""}`,
          "Signed in": ({ createdAt }) => <Moment at={createdAt} />,
          "Last used": ({ seenAt }) => <Moment at={seenAt} />,
          "End it": ({ id, createdAt }) =>
            endSessionForm.show(shown, {
              stored: { session: id },
              button: (
                <Button look="link" about={` the session that began on ${momentInWords(createdAt)}`}>
                  End
                </Button>
              ),
            }),
        }}
        rows={sessions}
        empty="Nowhere."
      />
      {sessions.length > 1 && endSessionForm.show(shown, { stored: { session: "all" } })}
    </PageSection>
  );
}

const GROUP_STATES = { in: "Is in it", asked: "Was asked, has not agreed yet", leaving: "To be taken out" } as const;

const PersonGroups = ({ isActor, groups }: View) => (
  <PageSection title={isActor ? "Chat groups you are in" : "Chat groups they are in"}>
    <DataTable
      caption="Chat groups, by name"
      columns={{
        Group: ({ reference, name }) => `${name} (${reference})`,
        State: ({ state }) => GROUP_STATES[state],
      }}
      rows={groups}
      empty="None on the register."
    />
  </PageSection>
);

/** Says that somebody has left, moved or come back, and what follows from it. */
function WhatChanged({ shown }: { shown: ShownPerson }) {
  const { person, isActor } = shown.view;
  return (
    <PageSection id="changed" title={`What changed for ${person.name}?`}>
      {isActor ? (
        <p>Another administrator has to say that you have left, or have changed role or team.</p>
      ) : (
        (person.status === "left" ? returnedForm : changedForm).show(shown)
      )}
    </PageSection>
  );
}

/** Which account at the identity provider signs somebody in, and how to release them from it. */
function WorkAccount({ shown }: { shown: ShownPerson }) {
  const { isActor, accounts } = shown.view;
  if (!hasProvider() && accounts.length === 0) return null;
  return (
    <PageSection id="account" title={isActor ? "Your work account" : "Their work account"}>
      {accounts.length === 0 ? (
        <p>They are not tied to one yet. The first account that signs in with their e-mail address becomes theirs.</p>
      ) : (
        <>
          {accounts.map(({ issuer, subject, boundAt }) => (
            <SummaryList
              key={issuer}
              rows={[
                { term: "Identity provider", value: <span className="wrap-anywhere">{issuer}</span> },
                { term: "Account", value: <span className="wrap-anywhere">{subject}</span> },
                { term: "Tied since", value: <Moment at={boundAt} /> },
              ]}
            />
          ))}
          {isActor ? (
            <p>Another administrator can release you from it. You cannot do it yourself.</p>
          ) : (
            releaseForm.show(shown)
          )}
        </>
      )}
    </PageSection>
  );
}

/** Who changed what about somebody, and when: the latest fifty changes, oldest first. */
const PersonHistory = ({ events }: { events: readonly PersonEvent[] }) => (
  <PageSection title="Who changed what">
    {events.length === 0 ? (
      <p className="text-soft">Nothing has changed since they were added to the directory.</p>
    ) : (
      <Steps
        items={[...events].reverse().map(({ row, by, detail }) => ({
          title: isEvidenceEventName(row.event) ? EVIDENCE_EVENT_LABELS[row.event] : row.event,
          when: <Moment at={row.at} />,
          who: by ?? "A program",
          children: <What data={row.data} detail={detail} />,
        }))}
      />
    )}
  </PageSection>
);

const rolesSchema = z.preprocess(readJson, z.object({ roles: z.string(), before: z.string().optional() }));
const stateSchema = z.preprocess(readJson, z.record(z.string(), z.string().nullable()));
const detailSchema = z.preprocess(readJson, z.object({ before: stateSchema, after: stateSchema }));

const FIELDS: Readonly<Record<string, string>> = {
  email: "E-mail",
  name: "Name",
  employer: "Employer",
  kind: "Kind",
  startsOn: "Start",
  leavesOn: "Leaving date",
  awayUntil: "Away until",
  firstDay: "First day away",
  lastDay: "Last day away",
};

function What({ data, detail }: { data: string; detail: string | null }) {
  const roles = rolesSchema.safeParse(data);
  if (roles.success)
    return (
      <p>
        {roles.data.before !== undefined && `From ${inWords(roles.data.before)} to `}
        {inWords(roles.data.roles)}
      </p>
    );
  const found = detailSchema.safeParse(detail);
  if (!found.success) return null;
  const { before, after } = found.data;
  return (
    <Lines
      lines={Object.keys(after).map((field) =>
        FIELDS[field] ? `${FIELDS[field]}: ${before[field] ?? "none"} → ${after[field] ?? "none"}` : "Line manager",
      )}
    />
  );
}

function inWords(roles: string): string {
  const known = roles.split(" ").flatMap((one) => ROLES.find((role) => role === one) ?? []);
  return known.map((role) => ROLE_NAMES[role]).join(", ");
}

function readJson(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
