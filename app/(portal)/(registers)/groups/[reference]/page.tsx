import { ClearDownState } from "#app/(portal)/(registers)/_clear-down/clear-down-state.tsx";
import { DisappearingWarning } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { ButtonLink, Cluster, Link, PageSection } from "#app/_ui/layout.tsx";
import { Banner, Steps, SummaryList, UserText } from "#app/_ui/content.tsx";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { appSlug } from "#domain/registers/app/app.ts";
import { GROUP_STEPS, retentionInWords, settingsInWords } from "#domain/registers/group/group.ts";
import type { GroupView } from "#server/registers/group/view-queries.ts";
import { page } from "./form.tsx";
import { MemberList, OwnMembershipSection } from "./members.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { actor, view: group } = shown;
  return (
    <>
      <StateNotice group={group} />
      <DoNotDelete holds={group.holds} />
      <DisappearingWarning days={group.disappearDays} />
      {group.holds.length > 0 && group.canExport === false && (
        <p>Messages cannot be exported now: switch off advanced chat privacy in the app first.</p>
      )}
      {!group.isOver && <OwnMembershipSection shown={shown} />}
      <PageSection title="About the group">
        <GroupFacts group={group} />
        <Commands actor={actor} group={group} />
      </PageSection>
      <ClearDownState actor={actor} reference={group.reference} />
      <MemberList shown={shown} />
      {group.kind === "emergency" && <EmergencyPart group={group} />}
      <PageSection title="What happened">
        <Steps
          items={group.steps.map(({ step, at, person, detail, reason }) => ({
            title: wordsOf(step),
            when: <Moment at={at} />,
            who: person ? (person.id === actor.personId ? "You" : person.name) : undefined,
            children:
              detail || reason ? (
                <>
                  {detail && <UserText>{detail}</UserText>}
                  {reason && <UserText>{`Why: ${reason}`}</UserText>}
                </>
              ) : undefined,
          }))}
        />
      </PageSection>
    </>
  );
});
export { generateMetadata, Page as default };

function GroupFacts({ group }: { group: GroupView }) {
  const { decidedAt, decidedBy, contactsOn, settings } = group;
  return (
    <SummaryList
      rows={{
        Purpose: <UserText>{group.purpose}</UserText>,
        App: (
          <>
            <Link href={`/apps/${appSlug(group.app)}`}>{group.app}</Link>
            {!group.apps.includes(group.app) && " (not approved on the register of apps)"}
          </>
        ),
        "Responsible for it": group.responsible,
        "Shared under": group.agreement,
        "Carries the logo": group.hasLogo === null ? "Not said" : group.hasLogo ? "Yes" : "No",
        Messages: (
          <>
            {retentionInWords(group)}
            {settings.retentionNote && <span className="block text-small text-soft">{settings.retentionNote}</span>}
          </>
        ),
        ...Object.fromEntries(settingsInWords(group)),
        "Settings confirmed": group.settingsConfirmedAt ? <Moment at={group.settingsConfirmedAt} /> : "Not yet",
        "Next review": dateInWords(group.reviewOn),
        "Contact details next compared": contactsOn && dateInWords(contactsOn),
        "Asked for": (
          <>
            {group.isRequester ? "By you" : `By ${group.requester.name}`}, <Moment at={group.requestedAt} />
          </>
        ),
        [group.state === "declined" ? "Declined" : group.rules.word === "approved" ? "Approved" : "Registered"]:
          decidedAt && decidedBy && (
            <>
              By {decidedBy.name}, <Moment at={decidedAt} />
            </>
          ),
      }}
    />
  );
}

function Commands({ actor, group: { may, reference, state } }: { actor: Actor; group: GroupView }) {
  const path = `/groups/${reference}`;
  const button = (part: string, label: string, look: "primary" | "quiet" = "quiet") => (
    <ButtonLink href={`${path}/${part}`} look={look}>
      {label}
    </ButtonLink>
  );
  const link = (href: string, label: string) => (
    <Link href={href} className="inline-flex min-h-12 items-center">
      {label}
    </Link>
  );
  return (
    <Cluster>
      {may.has("approve") && button("decide", "Decide on it", "primary")}
      {may.has("change") && button("change", "Change the details", state === "sent-back" ? "primary" : "quiet")}
      {may.has("review") && button("review", "Review it")}
      {state === "requested" && may.has("confirm-settings") && button("settings", "Confirm the settings")}
      {may.has("close") && link(`${path}/close`, "Close the group")}
      {can(actor, "hold.place", actor) && link(`/holds/new?group=${reference}`, "Place a hold on it")}
    </Cluster>
  );
}

function wordsOf(step: string): string {
  const words: Readonly<Record<string, string>> = GROUP_STEPS;
  return words[step] ?? step;
}

/** What the reader must know about its state. */
function StateNotice({ group }: { group: GroupView }) {
  const { state, decisionReason, closeReason, isLarge, memberCount, settings, holds, blockers } = group;
  if (state === "requested")
    return (
      <Banner title={`Not ${group.rules.word} yet`}>
        <p>
          Do not use it for work until it has been decided on.
          {group.isRequester && ` Who decides: ${group.deciders.join(", ") || "nobody can now"}.`}
        </p>
        {blockers.map((blocker) => (
          <p key={blocker}>{blocker}</p>
        ))}
      </Banner>
    );
  if (state === "sent-back" || state === "declined")
    return (
      <Banner tone="warning" title={state === "declined" ? "It was declined" : "It was sent back for changes"}>
        {decisionReason && <UserText>{decisionReason}</UserText>}
      </Banner>
    );
  if (state === "closed")
    return (
      <Banner tone="warning" title="This group is closed">
        {closeReason && <UserText>{closeReason}</UserText>}
        <p>
          Do not use it for work.{" "}
          {holds.length > 0
            ? "Its messages must be kept: there is a hold on them."
            : "Closing it here did not delete anything: its messages are deleted as its rule says."}
        </p>
      </Banner>
    );
  if (!isLarge) return null;
  return (
    <Banner title={`This group has grown to ${memberCount} people`}>
      <p>
        Groups are for short messages in a small group, of up to {settings.smallUpTo}. Does everybody still need it? A
        channel in Microsoft Teams or e-mail may work better.
      </p>
    </Banner>
  );
}

/**
 * What an emergency response group has in addition: first notifications, who was told of them, what is kept for an
 * inquiry.
 */
export const EmergencyPart = ({ group: { reference, alerts, may } }: { group: GroupView }) => (
  <PageSection title="First notifications">
    <p>
      The group is for a first alert and for updates. Nothing that identifies anybody: phone or e-mail that. After a
      first alert each member is phoned, to be sure that it reached them.
    </p>
    {alerts.length === 0 ? (
      <p className="text-soft">None are logged yet.</p>
    ) : (
      <ul>
        {alerts.slice(0, 5).map(({ id, postedAt, postedBy, calls }) => (
          <li key={id}>
            <Moment at={postedAt} />, by <bdi>{postedBy}</bdi>: {calls.filter(({ confirmedAt }) => confirmedAt).length}{" "}
            of {calls.length} confirmed
          </li>
        ))}
      </ul>
    )}
    <Cluster>
      <ButtonLink href={`/groups/${reference}/alerts`} look="quiet">
        {may.has("log-alert") ? "Log a notification, and calls" : "See the notifications"}
      </ButtonLink>
      {may.has("log-alert") && (
        <p>
          An inquiry? Its messages must be kept: <Link href="/holds">place a hold</Link>, or ask a governance officer
          to.
        </p>
      )}
    </Cluster>
  </PageSection>
);
