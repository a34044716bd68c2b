import { current, openChoice, select, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { Banner, CopyText } from "#app/_ui/content.tsx";
import { Button, Link, LinkLine, PageSection, Panel } from "#app/_ui/layout.tsx";
import { TextField } from "#app/_ui/fields.tsx";
import { LINK_HOLDS_DAYS } from "#domain/registers/group/member.ts";
import { searchPeople } from "#server/people/directory/queries.ts";
import { addMember, addOutsider } from "#server/registers/group/member-service.ts";
import type { GroupView } from "#server/registers/group/view-queries.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getInvitation } from "#server/registers/group/join-service.ts";
import { addressOfLink } from "../form.tsx";
import { groupPage, ofGroup, type ShownOfGroup } from "../group-page.tsx";

type Found = Awaited<ReturnType<typeof searchPeople>>;

const { definition } = groupPage("members", "manage-members", "Add people");

/** An administrator adds somebody: from the directory by a search, from outside by name and organisation. */
const page = definePage<typeof definition.path, GroupView & { typed: string; found: Found; free: Found }>({
  ...definition,
  async read(visit) {
    const group = await definition.read(visit);
    if (!group) return null;
    const typed = visit.formState.value("q", [visit.query["q"] ?? ""].flat().at(-1)).slice(0, 200);
    const found = await searchPeople(visit.actor, typed);
    const isListed = (id: string) =>
      group.members.some(
        ({ personId, standing }) => personId === id && standing !== "removed" && standing !== "refused",
      );
    return { ...group, typed, found, free: found.filter(({ id }) => !isListed(id)) };
  },
});

const addForm = defineForm(page, {
  do: "add",
  fields: { q: current(), person: openChoice("Who do you want to add?") },
  stored: ({ view }) => ({ q: view.typed }),
  body: ({ view, field }) =>
    field("person", {
      options: Object.fromEntries(
        view.free.map(({ id, name, team, email }) => [
          id,
          { label: name, hint: [team, email].filter(Boolean).join(", ") },
        ]),
      ),
    }),
  button: "Add and ask them",
  submit: ({ actor, params, values }) => addMember(actor, params.reference, values.person),
  done: ofGroup,
});

/** Adds somebody outside the directory, who gets a link. */
const inviteForm = defineForm(page, {
  do: "invite",
  fields: {
    startKey: startKey(),
    name: text("Their name", { hint: "No phone number.", width: "half" }),
    organisation: text("Their organisation", { width: "half" }),
    role: select("Role in the group"),
  },
  stored: ({ view: { kind, settings } }) => ({
    organisation: kind === "emergency" ? settings.emergencyPartner : "",
    role: "member",
  }),
  body: ({ view, field }) => (
    <>
      {field("name")}
      {field("organisation")}
      {view.kind === "emergency" &&
        field("role", { options: { member: "Member", administrator: "Administrator of the resilience partner" } })}
    </>
  ),
  button: "Add and make the link",
  submit: ({ actor, params, values }) =>
    addOutsider(actor, params.reference, {
      ...values,
      role: values.role === "administrator" ? "administrator" : "member",
    }),
  done: (result, { actor, params }) => addressOfLink(result, actor, `/groups/${params.reference}`),
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [addForm, inviteForm], (shown) => {
  const { kind, typed, found, free } = shown.view;
  return (
    <>
      <InvitationLink shown={shown} />
      <p>Nobody is put into the chat before they have agreed to share their number.</p>
      <PageSection title="Somebody in the directory">
        <form action={shown.path} method="get" noValidate className="space-y-4">
          <TextField name="q" label="Name or work e-mail address" type="search" defaultValue={typed} width="half" />
          <Button look="quiet">Search</Button>
        </form>
        {typed !== "" && free.length === 0 && (
          <p role="status">
            {found.length > 0
              ? "They are on the list already."
              : "Nobody found. Check the spelling, or type less of the name."}
          </p>
        )}
        {free.length > 0 && addForm.show(shown)}
      </PageSection>
      {kind !== "team" && (
        <PageSection title="Somebody outside">
          <p>
            They get a link that works once, for {LINK_HOLDS_DAYS} days, and agree there without signing in. Only their
            name and organisation are recorded.
          </p>
          {inviteForm.show(shown)}
        </PageSection>
      )}
    </>
  );
});

/** The one-time link that was just made, shown only once. */
async function InvitationLink({ shown: { actor, query, view } }: { shown: ShownOfGroup }) {
  const key = [query["link"] ?? ""].flat().at(-1);
  if (!key) return null;
  const link = await shownOnce(actor, key);
  const invitation = link === null ? null : await getInvitation(link);
  const group = `/groups/${view.reference}`;
  if (!invitation)
    return (
      <Banner title="The link is not shown again">
        <p>
          Nobody can read it any more. If you have not sent it, make a new one{" "}
          <Link href={group}>on the group’s page</Link>: the earlier one stops working.
        </p>
      </Banner>
    );
  return (
    <Panel title={`Send this link to ${invitation.name}`}>
      <p>
        It works once, until <Moment at={invitation.until} />. We only show it once. If it is lost, make a new one: the
        earlier one then stops working. Send it by e-mail, not in the chat.
      </p>
      <CopyText id="link" label="Link" text={`${getEnv().appUrl}/groups/join/${link}`} lines={2} />
      <LinkLine href={group}>Back to the group</LinkLine>
    </Panel>
  );
}
