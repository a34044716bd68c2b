import { StandingTag } from "#app/(portal)/(registers)/_group/group-tags.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Button, ButtonLink, Cluster, Disclosure, PageSection, Panel, VisuallyHidden } from "#app/_ui/layout.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { GROUP_ROLES, REMOVAL_REASONS } from "#domain/registers/group/member.ts";
import type { MemberView } from "#server/registers/group/view-queries.ts";
import { memberForms, roleForm, type ShownGroup, awayForm, ownForms } from "./form.tsx";

type Props = { shown: ShownGroup };

/** Who is in the group, and what an administrator can do about each of them. */
export function MemberList({ shown }: Props) {
  const { may, reference, members } = shown.view;
  const listed = members.filter(({ standing }) => standing !== "removed");
  const gone = members.filter(({ standing }) => standing === "removed");
  return (
    <PageSection title={`People: ${listed.length}`}>
      {listed.length === 0 && <p>Nobody is in it.</p>}
      <ul role="list" className="list-none divide-y divide-line border-y border-line">
        {listed.map((member) => (
          <li key={member.id} id={`member-${member.id}`} className="space-y-2 py-3">
            <Member shown={shown} member={member} />
          </li>
        ))}
      </ul>
      {may.has("manage-members") && (
        <ButtonLink href={`/groups/${reference}/members`} look="quiet">
          Add people
        </ButtonLink>
      )}
      {gone.length > 0 && (
        <Disclosure summary={`Taken out: ${gone.length}`}>
          <ul>
            {gone.map(({ id, name, removedAt }) => (
              <li key={id}>
                <bdi>{name}</bdi>, {removedAt && <Moment at={removedAt} />}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </PageSection>
  );
}

function Member({ shown, member }: Props & { member: MemberView }) {
  const { view: group } = shown;
  const { name, belongsTo, role, standing, isActor, isOutside } = member;
  const isManaged = group.may.has("manage-members") && !isActor;
  const press: Press = (form, label, look = "quiet") =>
    form.show(shown, {
      stored: { member: member.id },
      button: (
        <Button look={look}>
          {label}
          <VisuallyHidden> for {name}</VisuallyHidden>
        </Button>
      ),
    });
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <div className="min-w-0">
          <span className="font-bold">
            <bdi>{name}</bdi>
            {isActor && " (you)"}
          </span>
          <span className="block text-small text-soft">
            {[role === "member" ? null : GROUP_ROLES[role], isOutside ? `Outside, ${belongsTo ?? ""}` : belongsTo]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </div>
        <Cluster>
          {member.isAway && member.awayUntil && <Tag>Away until {dateInWords(member.awayUntil)}</Tag>}
          {member.changedAt && <Tag tone="warning">Details changed</Tag>}
          <StandingTag standing={standing} />
        </Cluster>
      </div>
      {standing === "leaving" && (
        <p className="text-small">
          {name} {REMOVAL_REASONS[member.removalReason ?? "left"]}.
        </p>
      )}
      {isManaged && !group.isOver && (
        <Cluster>
          {standing === "leaving" && press(memberForms.removed, "Out of the chat: confirm", "primary")}
          {standing === "leaving" &&
            member.removalReason === "changed-role" &&
            press(memberForms.stays, "Stays in the group")}
          {member.changedAt && press(memberForms.detailsTaken, "New details noted")}
          {isOutside &&
            (standing === "waiting" || standing === "refused") &&
            press(memberForms.renewLink, "Make a new link")}
          {standing !== "leaving" && <Manage shown={shown} member={member} press={press} />}
        </Cluster>
      )}
    </>
  );
}

type Press = (form: (typeof memberForms)["removed"], label: string, look?: "primary" | "quiet") => React.ReactNode;

/** Rarely needed actions, folded away. */
function Manage({ shown, member, press }: Props & { member: MemberView; press: Press }) {
  const mayRole = !member.isOutside || shown.view.kind === "emergency";
  return (
    <Disclosure
      summary={
        <>
          Change or take out<VisuallyHidden> {member.name}</VisuallyHidden>
        </>
      }
    >
      {mayRole &&
        member.standing !== "refused" &&
        roleForm.show(shown, {
          stored: { member: member.id, role: member.role },
          button: (
            <Button look="quiet">
              Save the role<VisuallyHidden> of {member.name}</VisuallyHidden>
            </Button>
          ),
        })}
      {press(memberForms.removed, "Out of the chat: confirm")}
    </Disclosure>
  );
}

/** What a member records about themselves: that they agree, that they are leaving, or that something changed. */
export function OwnMembershipSection({ shown }: { shown: ShownGroup }) {
  const { own } = shown.view;
  if (!own) return null;
  if (own.standing === "waiting" || own.standing === "refused")
    return (
      <Panel title={own.standing === "waiting" ? "Do you agree to share your number?" : "You did not agree"}>
        <p>
          Everybody in the group sees the number of everybody else. You are free to say no. If you agree, you can change
          your mind here at any time.
        </p>
        <p>We do not record your number here. We record your answer and the time.</p>
        <Cluster>
          {ownForms.consent.show(shown)}
          {own.standing === "waiting" && ownForms.refuse.show(shown)}
        </Cluster>
      </Panel>
    );
  if (own.standing === "leaving")
    return (
      <Panel title="You will be taken out of the chat">
        <p>{leavingWords(own)} You can also leave the chat in the app yourself.</p>
        {own.removalReason === "withdrew-consent" || own.removalReason === "no-longer-needed"
          ? ownForms.consent.show(shown, {
              button: <Button look="quiet">Stay after all: I agree to share my number</Button>,
            })
          : null}
      </Panel>
    );
  return (
    <PageSection title="You in this group">
      <p>
        You agreed to share your number with its members.{" "}
        {own.role === "administrator" && "You are one of its administrators."}
        {own.role === "deputy" && "You are the deputy of its administrators."}
        {own.changedAt && " An administrator has been told that your details changed."}
      </p>
      <Cluster>
        {ownForms.leave.show(shown)}
        {!own.changedAt && ownForms.details.show(shown)}
        {ownForms.withdraw.show(shown)}
      </Cluster>
      {own.role !== "member" && <Away shown={shown} own={own} />}
    </PageSection>
  );
}

function leavingWords({ removalReason }: MemberView): string {
  if (removalReason === "withdrew-consent") return "You took back your agreement. The administrators have been told.";
  if (removalReason === "no-longer-needed") return "You no longer need the group. The administrators have been told.";
  return `The register says that somebody ${REMOVAL_REASONS[removalReason ?? "left"]}: you. Ask an administrator if that is wrong.`;
}

function Away({ shown, own }: { shown: ShownGroup; own: MemberView }) {
  const isOpen = shown.formState.problems.some(({ field }) => field === "from" || field === "until");
  return (
    <>
      {own.awayFrom && own.awayUntil && (
        <p>
          You said that you will be away from {dateInWords(own.awayFrom)} to {dateInWords(own.awayUntil)}. The deputy
          has your tasks until you are back.
        </p>
      )}
      <Disclosure summary="I will be away" open={isOpen}>
        {awayForm.show(shown)}
      </Disclosure>
    </>
  );
}
