import { choice, current, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused } from "#app/_portal/form/form.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { nameKey } from "#domain/access/identity/name.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { releaseAccount } from "#server/access/identity/account-service.ts";
import { getPersonPage, listNamesOfTeams } from "#server/people/directory/queries.ts";
import { endPersonSessions, markLeft, markMoved, markReturned } from "#server/people/directory/service.ts";
import { listGroupsOfPerson } from "#server/registers/group/queries.ts";
import { successor } from "../new/form.tsx";
import { PersonTags } from "../person-tags.tsx";

/** What the directory says about a person, and everything that an administrator can change about them. */
export const page = definePage({
  path: "/admin/people/[person]",
  async read({ actor, params }) {
    const found = await getPersonPage(actor, params.person);
    return found && { ...found, groups: await listGroupsOfPerson(actor, params.person) };
  },
  heading: ({ view }) => view.person.name,
  kicker: ({ view: { person, today } }) => <PersonTags person={person} today={today} />,
  back: { href: "/admin/people", label: "People" },
  gap: "section",
  intro: ({ view: { isActor }, query: { done } }) => (
    <>
      {isActor && <p>This is you.</p>}
      {done !== undefined && (
        <Banner title="It is saved">
          {done === "groups" && <p>The administrators of their chat groups find it among their tasks.</p>}
          {done === "account" && <p>They are signed out. The account that they sign in with next is tied to them.</p>}
        </Banner>
      )}
    </>
  ),
});

export type ShownPerson = Parameters<typeof changedForm.show>[0];

/** Records that somebody has left, or moved. */
export const changedForm = defineForm(page, {
  fields: {
    what: choice("What happened?", {
      left: {
        label: "Has left",
        hint: "They are signed out at once and can't sign in any more. They have to be taken out of every chat group.",
      },
      moved: {
        label: "Has changed role or team",
        hint: "They have to sign in again. The administrators of their groups take them out, or say that they stay.",
      },
    }),
    team: text("Their team, if they changed role or team", {
      hint: "The name of the team. Leave it empty for no team.",
      width: "half",
    }),
    successor,
  },
  stored: ({ view }) => ({ team: view.person.team?.name }),
  button: "Save",
  async submit({ actor, params: { person }, values: { what, team, successor: next } }) {
    if (what === "left") return markLeft(actor, person, next);
    if (what === "moved") return move(actor, person, team);
    return (await getPersonPage(actor, person)) && refused("Choose what changed.", "what");
  },
  done: (_, { path }) => `${path}?done=groups`,
});

async function move(actor: Actor, person: string, typed: string) {
  const teams = await listNamesOfTeams(actor);
  const team = teams.find(({ name }) => nameKey(name) === nameKey(typed));
  if (typed === "" || team || !(await getPersonPage(actor, person))) return markMoved(actor, person, team?.id ?? null);
  return refused(`There is no team “${typed}”. Make it by changing what the directory says of them.`, "team");
}

export const returnedForm = defineForm(page, {
  do: "returned",
  fields: {},
  body: ({ view }) => (
    <p>
      {view.person.name} has left and can&apos;t sign in. If that is a mistake, or they are back, say so. Groups that
      they were taken out of in the meantime have to ask them again.
    </p>
  ),
  button: ({ view }) => `${view.person.name} is back`,
  submit: ({ actor, params }) => markReturned(actor, params.person),
  done: (_, { path }) => `${path}?done=groups`,
});

/** Ends one session of theirs, or with "all" every one. */
export const endSessionForm = defineForm(page, {
  do: "end",
  fields: { session: current() },
  button: ({ view }) => <Button look="quiet">End all {view.sessions.length} sessions</Button>,
  submit: ({ actor, params, values }) => endPersonSessions(actor, params.person, values.session),
  done: (_, { path }) => `${path}?done=sessions`,
});

export const releaseForm = defineForm(page, {
  action: "/admin/people/[person]/account/send",
  fields: {},
  body: ({ view }) => (
    <p>
      Only this account opens the portal as {view.person.name}. Release them if they have been given another one. They
      are told by mail and signed out at once. The next account that signs in with their e-mail address becomes theirs,
      so first make sure that it really is them asking.
    </p>
  ),
  button: ({ view }) => <Button look="quiet">Release {view.person.name} from this account</Button>,
  submit: ({ actor, params }) => releaseAccount(actor, params.person),
  done: ({ code }, { path }) =>
    code === "own"
      ? refused("Another administrator has to release you from your work account.")
      : `${path}?done=account`,
});
