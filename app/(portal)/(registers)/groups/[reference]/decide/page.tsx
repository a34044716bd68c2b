import { notFound } from "next/navigation";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { Banner } from "#app/_ui/banner.tsx";
import { Link } from "#app/_ui/link.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { GROUP_KINDS, retentionInWords, settingsInWords } from "#domain/registers/group/group.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
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

export { generateMetadata, Page as default };
