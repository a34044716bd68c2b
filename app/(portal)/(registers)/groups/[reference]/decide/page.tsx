import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { disappearingInWords, GROUP_KINDS, retentionInWords } from "#domain/registers/group/group.ts";
import { groupMetadata, readGroupPage, type GroupPageProps } from "../read-group.ts";
import { SubPage } from "../sub-page.tsx";

const TITLE = "Decide on this group";

export function generateMetadata(props: GroupPageProps): Promise<Metadata> {
  return groupMetadata(props, "/decide", TITLE);
}

/** A governance officer approves a group that somebody else asked for, sends it back, or declines it. */
export default async function DecidePage(props: GroupPageProps) {
  const page = await readGroupPage(props, "/decide");
  if (!page) notFound();
  const { actor, group, refill, path } = page;
  if (!group.may.has("approve") && refill.problems.length === 0) notFound();
  const { blockers, members } = group;
  return (
    <SubPage actor={actor} group={group} refill={refill} title={TITLE}>
      <SummaryList
        rows={[
          { term: "Name", value: group.name },
          { term: "Purpose", value: <UserText>{group.purpose}</UserText> },
          { term: "Kind", value: GROUP_KINDS[group.kind].label },
          { term: "App", value: group.app },
          { term: "Carries the logo", value: group.hasLogo ? "Yes" : "No" },
          { term: "Messages", value: retentionInWords(group) },
          { term: "Disappearing messages", value: disappearingInWords(group.disappearDays) },
          {
            term: "Administrators",
            value: members
              .filter(({ role, standing }) => role === "administrator" && standing !== "removed")
              .map(({ name, standing }) => `${name} (${standing === "in" ? "agreed" : "has not agreed"})`)
              .join(", "),
          },
          { term: "Asked for by", value: group.requester.name },
        ]}
      />
      {blockers.length > 0 && (
        <Banner tone="warning" title="It can't be approved yet">
          {blockers.map((blocker) => (
            <p key={blocker}>{blocker}</p>
          ))}
        </Banner>
      )}
      {group.may.has("approve") ? (
        <PostForm actor={actor} action={`${path}/send`} hidden={{ revision: group.revision }}>
          <RadioQuestion
            name="decision"
            heading={false}
            question="What do you decide?"
            error={refill.errorOf("decision")}
            options={[
              {
                value: "approve",
                label: "Approve it",
                hint: "It counts from now on; the wizard offers it to its members.",
              },
              { value: "send-back", label: "Send it back for changes" },
              { value: "decline", label: "Decline it" },
            ].map((option) => ({ ...option, checked: refill.value("decision") === option.value }))}
          />
          <TextField
            name="reason"
            label="Why?"
            hint="Needed unless you approve it. Who asked for it reads this."
            lines={4}
            defaultValue={refill.value("reason")}
            error={refill.errorOf("reason")}
          />
          <Button>Send my decision</Button>
        </PostForm>
      ) : (
        <p>
          It was decided on already. <Link href={`/groups/${group.reference}`}>See the group</Link>.
        </p>
      )}
    </SubPage>
  );
}
