import { GroupStateTag } from "#app/(portal)/(registers)/_group/group-tags.tsx";
import { choice, current, date } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, type Shown } from "#app/_portal/form/form.tsx";
import { Confirmation } from "#app/_ui/content.tsx";
import { Button, Link, PageSection, Stack } from "#app/_ui/layout.tsx";
import { SelectField } from "#app/_ui/fields.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { TypedDate } from "#domain/base/form/form-values.ts";
import { GROUP_KINDS } from "#domain/registers/group/group.ts";
import { GROUP_ROLES } from "#domain/registers/group/member.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import type { GroupResult } from "#server/registers/group/change.ts";
import * as consent from "#server/registers/group/member-service.ts";
import * as members from "#server/registers/group/member-service.ts";
import { getChatGroup, type GroupView } from "#server/registers/group/view-queries.ts";

const ASKED = "You have asked for the group";

export type ShownGroup = Shown<GroupView & { isNew: boolean }, "/groups/[reference]">;

/** A group in the register: what it is, who is in it, and what the reader can do. */
export const page = definePage({
  path: "/groups/[reference]",
  reference: "GRP",
  async read({ actor, params, query }) {
    const group = await getChatGroup(actor, params.reference);
    return group && { ...group, isNew: query["done"] !== undefined && group.isRequester };
  },
  heading: ({ view }) => (view.isNew ? ASKED : view.name),
  title: ({ view }) => (view.isNew ? ASKED : `${view.name}, ${view.reference}`),
  isName: true,
  kicker: ({ view }) => `${GROUP_KINDS[view.kind].label}, ${view.reference}`,
  gap: "section",
  back: { href: "/groups", label: "Chat groups" },
  intro: ({ view }) => <GroupStateTag state={view.state} word={view.rules.word} />,
  confirmation: ({ view }) => view.isNew && <JustAsked group={view} />,
});

const JustAsked = ({ group }: { group: GroupView }) => (
  <Stack gap="loose">
    <Confirmation title={ASKED} reference={group.reference} />
    <PageSection title="What happens next">
      <ul>
        <li>Its administrators and deputy are asked to agree to share their numbers.</li>
        <li>
          {group.deciders.length > 0
            ? `One of these decides: ${group.deciders.join(", ")}.`
            : "Nobody can decide now. Ask an administrator of the portal."}{" "}
          Until it is {group.rules.word}, do not use it for work.
        </li>
        <li>
          You find it in <Link href="/groups">your groups</Link>.
        </li>
      </ul>
    </PageSection>
  </Stack>
);

/** What a member records about themselves with one press. */
const ofOneself = (
  name: string,
  label: string,
  say: (actor: Actor, reference: string) => Promise<GroupResult>,
  look: "primary" | "quiet" = "quiet",
) =>
  defineForm(page, {
    do: name,
    fields: {},
    button: <Button look={look}>{label}</Button>,
    submit: ({ actor, params }) => say(actor, params.reference),
  });

export const ownForms = {
  consent: ofOneself("consent", "I agree to share my number", consent.giveConsent, "primary"),
  refuse: ofOneself("refuse", "I do not agree", consent.refuseConsent),
  withdraw: ofOneself("withdraw", "Take back my agreement", consent.withdrawGroupConsent),
  leave: ofOneself("leave", "I no longer need this group", consent.leaveGroup),
  details: ofOneself("details", "My details changed", consent.reportNewDetails),
};

/** Records that an administrator or the deputy is away. */
export const awayForm = defineForm(page, {
  do: "away",
  fields: { from: date("First day", "the first day"), until: date("Last day", "the last day") },
  stored: ({ view: { own } }) => ({ from: own?.awayFrom, until: own?.awayUntil }),
  lead: <p>The deputy has your tasks for this group until you are back. Leave all fields empty if you are not away.</p>,
  button: <Button look="quiet">Save when I am away</Button>,
  async submit({ actor, params, values: { from, until } }) {
    if (from.kind === "empty" && until.kind === "empty") return consent.setAway(actor, params.reference, null);
    if (from.kind === "day" && until.kind === "day")
      return consent.setAway(actor, params.reference, { from: from.day, until: until.day });
    const problemOf = (field: string, typed: TypedDate) =>
      typed.kind === "day"
        ? []
        : [{ field, message: typed.kind === "wrong" ? typed.message : `Say ${field} which day you are away.` }];
    const role = (await getChatGroup(actor, params.reference))?.own?.role ?? "member";
    return role === "member" ? null : { problems: [...problemOf("from", from), ...problemOf("until", until)] };
  },
});

/** What an administrator records about a member with one press; the button says about whom. */
const ofMember = (
  name: string,
  say: (actor: Actor, reference: string, member: string) => Promise<GroupResult>,
  done?: typeof atMember,
) =>
  defineForm(page, {
    do: name,
    fields: { member: current() },
    submit: ({ actor, params, values }) => say(actor, params.reference, values.member),
    ...(done && { done }),
  });

export const memberForms = {
  removed: ofMember("removed", members.confirmRemoval),
  stays: ofMember("stays", members.keepMember, atMember),
  detailsTaken: ofMember("details-updated", members.takeOverDetails, atMember),
  renewLink: defineForm(page, {
    do: "renew-link",
    fields: { member: current() },
    submit: ({ actor, params, values }) => members.renewLink(actor, params.reference, values.member),
    done: (result, { actor, path }) => addressOfLink(result, actor, path),
  }),
};

/** Changes a member's part in the group. Each member has such a form on the page, so it shows what is stored. */
export const roleForm = defineForm(page, {
  do: "role",
  fields: { member: current(), role: choice("Role in the group", GROUP_ROLES) },
  body: ({ stored }) => (
    <SelectField
      id={`role-${String(stored["member"])}`}
      name="role"
      label="Role in the group"
      options={Object.entries(GROUP_ROLES).map(([value, label]) => ({ value, label }))}
      defaultValue={String(stored["role"])}
    />
  ),
  async submit({ actor, params, values: { member, role } }) {
    if (role) return members.changeRole(actor, params.reference, member, role);
    return { problems: [{ field: `role-${member}`, message: "Choose a role." }] };
  },
  done: atMember,
});

/** Where a form about a member leads: to that member. */
function atMember(_: unknown, { path, values }: { path: string; values: { member: string } }): string {
  return `${path}#member-${encodeURIComponent(values.member)}`;
}

/** The page that shows somebody's one-time link, once. */
export const addressOfLink = async (
  { memberId, link }: { memberId: string; link: string },
  actor: Actor,
  group: string,
) => `${group}/members?member=${memberId}&link=${await keepToShow(actor, link)}`;
