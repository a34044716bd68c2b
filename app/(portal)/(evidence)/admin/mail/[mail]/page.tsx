import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getMail } from "#server/evidence/outbox/queries.ts";
import { MailStanding, mailTitle } from "../mail-words.tsx";

type Props = {
  params: Promise<{ mail: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await readPage((await params).mail);
  return { title: page ? mailTitle(page.mail) : "Page not found" };
}

/** One mail: to whom, how it stands, and what it says, where the reader may know that. */
export default async function OneMailPage({ params, searchParams }: Props) {
  const page = await readPage((await params).mail);
  if (!page) notFound();
  const { actor, mail } = page;
  const isAdministrator = can(actor, "mail.manage", actor);
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          {isAdministrator ? (
            <BackLink href="/admin/mail">Mail</BackLink>
          ) : (
            <BackLink href="/me#mail">You in this portal</BackLink>
          )}
          <PageHeading>{mailTitle(mail)}</PageHeading>
        </Stack>
        {(await searchParams)["again"] !== undefined && (
          <Banner title="It is sent again">
            <p>It keeps its identity, so that mail programs can tell that it is the same.</p>
          </Banner>
        )}
        <SummaryList
          rows={[
            { term: "Kind", value: mail.kind },
            { term: "To", value: mail.to },
            { term: "Written", value: <Moment at={mail.createdAt} /> },
            { term: "State", value: <MailStanding mail={mail} hasServer={mail.hasServer} /> },
          ]}
        />
        <Stack as="section">
          <h2>What it says</h2>
          {mail.text === null ? (
            <p>It is about an accident. Only the person it went to can read it.</p>
          ) : (
            <div className="max-w-form rounded-card border border-line bg-sunk px-5 py-4 wrap-anywhere">
              <UserText>{mail.text}</UserText>
            </div>
          )}
        </Stack>
        {isAdministrator && mail.state !== "waiting" && (
          <PostForm actor={actor} action={`/admin/mail/${mail.id}/send`}>
            <Button look="quiet">Send it again</Button>
          </PostForm>
        )}
      </Stack>
    </PortalPage>
  );
}

const readPage = cache(async (id: string) => {
  const actor = await requireActor();
  const mail = await getMail(actor, id);
  return mail && { actor, mail };
});
