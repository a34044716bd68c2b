import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { LINK_HOLDS_DAYS } from "#domain/registers/group/member.ts";
import { searchPeople } from "#server/people/directory/queries.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getInvitation } from "#server/registers/group/join-service.ts";
import { groupMetadata, readGroupPage, type GroupPageProps } from "../read-group.ts";
import { SubPage } from "../sub-page.tsx";

const TITLE = "Add people";

export function generateMetadata(props: GroupPageProps): Promise<Metadata> {
  return groupMetadata(props, "/members", TITLE);
}

/** An administrator adds somebody: of the directory by a search, from outside by name and organisation. */
export default async function MembersPage(props: GroupPageProps) {
  const page = await readGroupPage(props, "/members");
  if (!page || !page.group.may.has("manage-members")) notFound();
  const { actor, group, query, refill, path } = page;
  const one = (name: string) => [query[name] ?? ""].flat().at(-1) ?? "";
  const typed = refill.value("q", one("q")).slice(0, 200);
  const link = await shownOnce(actor, one("link"));
  const [found, invitation] = await Promise.all([
    searchPeople(actor, typed),
    link === null ? null : getInvitation(link),
  ]);
  const listed = new Set(
    group.members.flatMap(({ personId, standing }) =>
      personId && standing !== "removed" && standing !== "refused" ? [personId] : [],
    ),
  );
  const free = found.filter(({ id }) => !listed.has(id));
  return (
    <SubPage actor={actor} group={group} refill={refill} title={TITLE}>
      {one("link") !== "" && !invitation && (
        <Banner title="The link is not shown again">
          <p>
            Nobody can read it any more. If you have not sent it, make a new one{" "}
            <Link href={`/groups/${group.reference}`}>on the group’s page</Link>: the earlier one stops working.
          </p>
        </Banner>
      )}
      {invitation && (
        <Panel title={`Send this link to ${invitation.name}`}>
          <p>
            It works once, until <Moment at={invitation.until} />. It is shown this once. If it is lost, make a new one:
            the earlier one stops working. Send it by e-mail, not in the chat.
          </p>
          <CopyText id="link" label="Link" text={`${getEnv().appUrl}/groups/join/${link}`} lines={2} />
          <p>
            <Link href={`/groups/${group.reference}`}>Back to the group</Link>
          </p>
        </Panel>
      )}
      <p>Nobody is put into the chat before they have agreed to share their number.</p>
      <Stack as="section">
        <h2>Somebody of the directory</h2>
        <form action={path} method="get" noValidate className="space-y-4">
          <TextField name="q" label="Name or work e-mail address" type="search" defaultValue={typed} width="half" />
          <Button look="quiet">Search</Button>
        </form>
        {typed !== "" && free.length === 0 && (
          <p role="status">
            {found.length > 0
              ? "They are on the list already."
              : "Nobody fits. Check the spelling, or type less of the name."}
          </p>
        )}
        {free.length > 0 && (
          <PostForm actor={actor} action={`${path}/send`} hidden={{ do: "add", q: typed }}>
            <RadioQuestion
              name="person"
              heading={false}
              question="Whom do you want to add?"
              error={refill.errorOf("person")}
              options={free.map(({ id, name, team, email }) => ({
                value: id,
                label: name,
                hint: [team, email].filter(Boolean).join(", "),
                checked: refill.value("person") === id,
              }))}
            />
            <Button>Add and ask them</Button>
          </PostForm>
        )}
      </Stack>
      {group.kind !== "team" && (
        <Stack as="section">
          <h2>Somebody outside</h2>
          <p>
            They get a link that works once, for {LINK_HOLDS_DAYS} days, and agree there without signing in. Only their
            name and organisation are recorded.
          </p>
          <PostForm
            actor={actor}
            action={`${path}/send`}
            hidden={{ do: "invite", startKey: refill.value("startKey", randomUUID()) }}
          >
            <TextField
              name="name"
              label="Their name"
              hint="No phone number."
              defaultValue={refill.value("name")}
              error={refill.errorOf("name")}
              width="half"
            />
            <TextField
              name="organisation"
              label="Their organisation"
              defaultValue={refill.value(
                "organisation",
                group.kind === "emergency" ? (group.settings.emergencyPartner ?? "") : "",
              )}
              error={refill.errorOf("organisation")}
              width="half"
            />
            {group.kind === "emergency" && (
              <SelectField
                name="role"
                label="Role in the group"
                options={[
                  { value: "member", label: "Member" },
                  { value: "administrator", label: "Administrator of the resilience partner" },
                ]}
                defaultValue={refill.value("role", "member")}
              />
            )}
            <Button>Add and make the link</Button>
          </PostForm>
        </Stack>
      )}
    </SubPage>
  );
}
