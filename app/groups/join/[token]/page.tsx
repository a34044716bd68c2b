import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OpenPage } from "#app/_portal/open-page.tsx";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { Moment, readOnce } from "#app/_portal/portal-page.tsx";
import { Button, Cluster, PageHeading, PageSection } from "#app/_ui/layout.tsx";
import { SummaryList, UserText } from "#app/_ui/content.tsx";
import { retentionInWords } from "#domain/registers/group/group.ts";
import { getInvitation } from "#server/registers/group/join-service.ts";

type Props = { params: Promise<{ token: string }> };

const TITLE = "Do you agree to share your number?";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const invitation = await readInvitation(props);
  return { title: invitation ? TITLE : "Page not found", robots: { index: false }, referrer: "same-origin" };
}

/** Somebody outside the directory says whether they agree to be in a group. The secret address is their sign-in. */
export default async function JoinPage(props: Props) {
  const { token } = await props.params;
  const invitation = await readInvitation(props);
  if (!invitation) notFound();
  const { bodyName, group, invitedBy, name, organisation, administrators, until, contacts } = invitation;
  const asks = invitedBy ? `${invitedBy} of ${bodyName}` : bodyName;
  return (
    <OpenPage home="/sign-in">
      <PageHeading kicker={bodyName}>{TITLE}</PageHeading>
      <p>
        <bdi>{asks}</bdi> asks you to be in a group on {group.app}. Everybody in it sees the number of everybody else.
      </p>
      <SummaryList
        rows={[
          { term: "Group", value: <bdi>{group.name}</bdi> },
          { term: "What it is for", value: <UserText>{group.purpose}</UserText> },
          { term: "Messages", value: retentionInWords(group) },
          { term: "Administrators", value: administrators.join(", ") || "Not named yet" },
          { term: "You", value: `${name}, ${organisation}` },
          { term: "This page works until", value: <Moment at={until} /> },
        ]}
      />
      <PageSection title="What is recorded">
        <p>
          Your name, your organisation, your answer and its time. No phone number. You are free to say no. If you agree,
          you can change your mind at any time: tell an administrator, and they take you out.
        </p>
      </PageSection>
      <form method="post" action={`/groups/join/${token}/send`} noValidate>
        <Cluster>
          <Button name="answer" value="agree">
            I agree to share my number
          </Button>
          <Button name="answer" value="refuse" look="quiet">
            I do not agree
          </Button>
        </Cluster>
      </form>
      <PageSection title="Is something wrong?">
        <p>If you are not {name}, or do not know who asks, do nothing and tell:</p>
        <ContactList contacts={contacts.slice(0, 2)} />
      </PageSection>
    </OpenPage>
  );
}

const readInvitation = readOnce(async ({ params }: Props) => getInvitation((await params).token));
