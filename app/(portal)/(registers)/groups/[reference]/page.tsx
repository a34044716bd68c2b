import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ClearDownState } from "#app/_clear-down/clear-down-state.tsx";
import { DoNotDelete } from "#app/_hold/hold-check.tsx";
import { DisappearingWarning } from "#app/_group/entry-fields.tsx";
import { GroupStateTag } from "#app/_group/group-tags.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { disappearingInWords, GROUP_KINDS, GROUP_STEPS, retentionInWords } from "#domain/registers/group/group.ts";
import type { GroupView } from "#server/registers/group/view-queries.ts";
import { EmergencyPart } from "./emergency-part.tsx";
import { MemberList } from "./member-list.tsx";
import { OwnMembershipSection } from "./own-membership.tsx";
import { readGroupPage, type GroupPageProps } from "./read-group.ts";

const SENT = "You have asked for the group";

export async function generateMetadata(props: GroupPageProps): Promise<Metadata> {
  const page = await readGroupPage(props);
  if (!page) return { title: "Page not found" };
  const isDone = page.query.done !== undefined && page.group.isRequester;
  return { title: `${page.refill.titlePrefix}${isDone ? SENT : `${page.group.name}, ${page.group.reference}`}` };
}

/** A group of the register: what it is, who is in it, what its reader can do. */
export default async function GroupPage(props: GroupPageProps) {
  const page = await readGroupPage(props);
  if (!page) notFound();
  const { actor, group, query, refill, path } = page;
  const { reference, name, may, holds } = group;
  const isDone = query.done !== undefined && group.isRequester;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        {isDone ? (
          <Stack gap="loose">
            <Confirmation title={SENT} reference={reference} />
            <Stack as="section">
              <h2>What happens next</h2>
              <ul>
                <li>Its administrators and deputy are asked to agree to share their numbers.</li>
                <li>A governance officer decides. Until it is approved, do not use it for work.</li>
                <li>
                  You find it in <Link href="/groups">your groups</Link>.
                </li>
              </ul>
            </Stack>
          </Stack>
        ) : (
          <Stack>
            <BackLink href="/groups">Chat groups</BackLink>
            <ErrorSummary errors={[...refill.problems]} />
            <PageHeading kicker={`${GROUP_KINDS[group.kind].label}, ${reference}`}>
              <bdi>{name}</bdi>
            </PageHeading>
            <GroupStateTag state={group.state} />
          </Stack>
        )}
        <StateNotice group={group} />
        <DoNotDelete holds={holds} />
        <DisappearingWarning days={group.disappearDays} />
        {!group.isOver && <OwnMembershipSection actor={actor} group={group} refill={refill} />}
        <Stack as="section">
          <h2>About the group</h2>
          <SummaryList
            rows={[
              { term: "Purpose", value: <UserText>{group.purpose}</UserText> },
              { term: "App", value: group.app },
              { term: "Carries the logo", value: group.hasLogo === null ? "Not said" : group.hasLogo ? "Yes" : "No" },
              {
                term: "Messages",
                value: (
                  <>
                    {retentionInWords(group)}
                    {group.settings.retentionNote && (
                      <span className="block text-small text-soft">{group.settings.retentionNote}</span>
                    )}
                  </>
                ),
              },
              { term: "Disappearing messages", value: disappearingInWords(group.disappearDays) },
              { term: "Next review", value: dateInWords(group.reviewOn) },
              ...(group.contactsOn
                ? [{ term: "Contact details next compared", value: dateInWords(group.contactsOn) }]
                : []),
              {
                term: "Asked for",
                value: (
                  <>
                    {group.isRequester ? "By you" : `By ${group.requester.name}`}, <Moment at={group.requestedAt} />
                  </>
                ),
              },
              ...(group.decidedAt && group.decidedBy
                ? [
                    {
                      term: group.state === "declined" ? "Declined" : "Approved",
                      value: (
                        <>
                          By {group.decidedBy.name}, <Moment at={group.decidedAt} />
                        </>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          <Cluster>
            {may.has("approve") && <ButtonLink href={`${path}/decide`}>Decide on it</ButtonLink>}
            {may.has("change") && (
              <ButtonLink href={`${path}/change`} look={group.state === "sent-back" ? "primary" : "quiet"}>
                Change the details
              </ButtonLink>
            )}
            {may.has("review") && (
              <ButtonLink href={`${path}/review`} look="quiet">
                Review it
              </ButtonLink>
            )}
            {may.has("close") && (
              <Link href={`${path}/close`} className="inline-flex min-h-12 items-center">
                Close the group
              </Link>
            )}
            {can(actor, "hold.place", actor) && (
              <Link href={`/holds/new?group=${reference}`} className="inline-flex min-h-12 items-center">
                Place a hold on it
              </Link>
            )}
          </Cluster>
        </Stack>
        <ClearDownState actor={actor} reference={reference} />
        <MemberList actor={actor} group={group} />
        {group.kind === "emergency" && <EmergencyPart group={group} />}
        <Stack as="section">
          <h2>What happened</h2>
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
        </Stack>
      </Stack>
    </PortalPage>
  );
}

function wordsOf(step: string): string {
  const words: Readonly<Record<string, string>> = GROUP_STEPS;
  return words[step] ?? step;
}

/** What its reader must know of where it stands. */
function StateNotice({ group }: { group: GroupView }) {
  const { state, decisionReason, closeReason, isLarge, memberCount, settings, holds, blockers } = group;
  if (state === "requested")
    return (
      <Banner title="Not approved yet">
        <p>Do not use it for work until a governance officer has approved it.</p>
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
            ? "Its messages stay where they are: a hold stands on them."
            : "Closing it here deleted nothing: its messages go as its rule says."}
        </p>
      </Banner>
    );
  if (!isLarge) return null;
  return (
    <Banner title={`This group has grown to ${memberCount} people`}>
      <p>
        Groups are for short messages in a small group, of up to {settings.smallUpTo}. Does everybody still need it? A
        channel in Microsoft Teams or e-mail may fit better.
      </p>
    </Banner>
  );
}
