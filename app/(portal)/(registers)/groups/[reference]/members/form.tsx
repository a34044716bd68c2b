import { current, openChoice, select, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { searchPeople } from "#server/people/directory/queries.ts";
import { addMember, addOutsider } from "#server/registers/group/member-service.ts";
import type { GroupView } from "#server/registers/group/view-queries.ts";
import { addressOfLink } from "../form.tsx";
import { groupPage, ofGroup } from "../group-page.tsx";

type Found = Awaited<ReturnType<typeof searchPeople>>;

const { definition } = groupPage("members", "manage-members", "Add people");

/** An administrator adds somebody: from the directory by a search, from outside by name and organisation. */
export const page = definePage<typeof definition.path, GroupView & { typed: string; found: Found; free: Found }>({
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

export const addForm = defineForm(page, {
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
export const inviteForm = defineForm(page, {
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
        field("role", {
          options: { member: "Member", administrator: "Administrator of the resilience partner" },
        })}
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
