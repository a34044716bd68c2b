import { notFound } from "next/navigation";
import { choice, revision, text } from "#app/_portal/form/field.tsx";
import { defineForm, formsPage } from "#app/_portal/form/form.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { Banner, SummaryList, UserText } from "#app/_ui/content.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { GROUP_KINDS, retentionInWords, settingsInWords } from "#domain/registers/group/group.ts";
import { decideGroup } from "#server/registers/group/register-service.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

const page = groupPage("decide", null, "Decide on this group");

/** A governance officer approves a group that somebody else asked for, sends it back, or declines it. */
const form = defineForm(page, {
  fields: {
    revision: revision(),
    decision: choice("What do you decide?", {
      approve: { label: "Approve it", hint: "It counts from now on; the check offers it to its members." },
      "send-back": "Send it back for changes",
      decline: "Decline it",
    }),
    reason: text("Why?", { hint: "Needed unless you approve it. The person who asked for it reads this.", lines: 4 }),
  },
  stored: ({ view }) => ({ revision: view.revision }),
  button: "Send my decision",
  submit: ({ actor, params, values }) => decideGroup(actor, params.reference, values),
  done: ofGroup,
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
  const { actor, view: group, formState } = shown;
  const isOwn = group.deciders.length > 0 && can(actor, "group.decide", actor);
  if (!group.may.has("approve") && !isOwn && formState.problems.length === 0) notFound();
  const { blockers, members } = group;
  const administrators = members
    .filter(({ role, standing }) => role === "administrator" && standing !== "removed")
    .map(({ name, standing }) => `${name} (${standing === "in" ? "agreed" : "has not agreed"})`);
  return (
    <>
      <SummaryList
        rows={{
          Name: group.name,
          Purpose: <UserText>{group.purpose}</UserText>,
          Kind: GROUP_KINDS[group.kind].label,
          App: group.app,
          "Carries the logo": group.hasLogo ? "Yes" : "No",
          Messages: retentionInWords(group),
          ...Object.fromEntries(settingsInWords(group)),
          "Responsible for it": group.responsible,
          "Shared under": group.agreement,
          Members: String(members.filter(({ standing }) => standing !== "removed").length),
          Administrators: <>{administrators.join(", ")}</>,
          "Asked for by": group.requester.name,
        }}
      />
      {blockers.length > 0 && (
        <Banner tone="warning" title="It can't be approved yet">
          {blockers.map((blocker) => (
            <p key={blocker}>{blocker}</p>
          ))}
        </Banner>
      )}
      {group.may.has("approve") ? (
        form.show(shown)
      ) : isOwn ? (
        <p>You asked for this group, so somebody else decides on it: {group.deciders.join(", ")}.</p>
      ) : (
        <p>
          It has already been decided. <Link href={`/groups/${group.reference}`}>See the group</Link>.
        </p>
      )}
    </>
  );
});
