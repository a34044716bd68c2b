import { StandingTag } from "#app/_group/group-tags.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { GROUP_ROLES, REMOVAL_REASONS } from "#domain/registers/group/member.ts";
import type { GroupView, MemberView } from "#server/registers/group/view-queries.ts";

type Props = { actor: Actor; group: GroupView };

/** Who is in the group, and what an administrator does about each of them. */
export function MemberList({ actor, group }: Props) {
  const { may, reference } = group;
  const listed = group.members.filter(({ standing }) => standing !== "removed");
  const gone = group.members.filter(({ standing }) => standing === "removed");
  return (
    <Stack as="section">
      <h2>People: {listed.length}</h2>
      {listed.length === 0 && <p>Nobody is in it.</p>}
      <ul role="list" className="list-none divide-y divide-line border-y border-line">
        {listed.map((member) => (
          <li key={member.id} id={`member-${member.id}`} className="space-y-2 py-3">
            <Member actor={actor} group={group} member={member} />
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
    </Stack>
  );
}

function Member({ actor, group, member }: Props & { member: MemberView }) {
  const { name, place, role, standing, isActor, isOutside } = member;
  const isManaged = group.may.has("manage-members") && !isActor;
  const press = (command: string, label: string, look: "primary" | "quiet" | "link" = "quiet") => (
    <PostForm actor={actor} action={`/groups/${group.reference}/send`} hidden={{ do: command, member: member.id }}>
      <Button look={look}>
        {label}
        <VisuallyHidden> for {name}</VisuallyHidden>
      </Button>
    </PostForm>
  );
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <div className="min-w-0">
          <span className="font-bold">
            <bdi>{name}</bdi>
            {isActor && " (you)"}
          </span>
          <span className="block text-small text-soft">
            {[role === "member" ? null : GROUP_ROLES[role], isOutside ? `Outside, ${place ?? ""}` : place]
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
          {standing === "leaving" && press("removed", "Out of the chat: confirm", "primary")}
          {standing === "leaving" && member.removalReason === "changed-role" && press("stays", "Stays in the group")}
          {member.changedAt && press("details-updated", "New details taken over")}
          {isOutside && (standing === "waiting" || standing === "refused") && press("renew-link", "Make a new link")}
          {standing !== "leaving" && <Manage actor={actor} group={group} member={member} press={press} />}
        </Cluster>
      )}
    </>
  );
}

type ManageProps = Props & {
  member: MemberView;
  press: (command: string, label: string, look?: "quiet") => React.ReactNode;
};

/** What is seldom needed, folded away. */
function Manage({ actor, group, member, press }: ManageProps) {
  const mayRole = !member.isOutside || group.kind === "emergency";
  return (
    <Disclosure
      summary={
        <>
          Change or take out<VisuallyHidden> {member.name}</VisuallyHidden>
        </>
      }
    >
      {mayRole && member.standing !== "refused" && (
        <PostForm actor={actor} action={`/groups/${group.reference}/send`} hidden={{ do: "role", member: member.id }}>
          <Stack>
            <SelectField
              id={`role-${member.id}`}
              name="role"
              label="Role in the group"
              options={Object.entries(GROUP_ROLES).map(([value, label]) => ({ value, label }))}
              defaultValue={member.role}
            />
            <Button look="quiet">
              Save the role<VisuallyHidden> of {member.name}</VisuallyHidden>
            </Button>
          </Stack>
        </PostForm>
      )}
      {press("removed", "Out of the chat: confirm")}
    </Disclosure>
  );
}
