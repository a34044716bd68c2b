import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import { Banner } from "#app/_ui/banner.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PillLinks } from "#app/_ui/pill-links.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { MAIL_LISTS, MOST_COUNTED, type MailListName } from "#server/evidence/outbox/queries.ts";
import { form, page as mailPage } from "./form.tsx";
import { MailStanding, mailTitle } from "./mail-words.tsx";

const LABELS: Record<MailListName, string> = { unsent: "Not sent", dead: "Given up", sent: "Sent" };
const EMPTY: Record<MailListName, string> = {
  unsent: "No mail waits. What the portal tells people appears here until it is sent.",
  dead: "No mail was given up. One is after twelve tries, or when the server says that it will never take it.",
  sent: "No mail was sent lately.",
};

const { generateMetadata, Page } = showPage(mailPage, (shown) => {
  const { actor, query, view } = shown;
  const { which, hasServer, counts, page } = view;
  const numberOf = (count: number) =>
    count < MOST_COUNTED ? count : `${MOST_COUNTED.toLocaleString("en-GB")} or more`;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <PageHeading>Mail</PageHeading>
        {!hasServer && (
          <Banner tone="warning" title="No mail is sent: no mail server is set">
            <p>
              Below is what the portal would have sent. To send it, name a server in the setting SMTP_URL and start the
              portal again. What has waited longer than a day is not sent by itself then.
            </p>
          </Banner>
        )}
        <p>
          Urgent things are mailed at once. Everything else comes in one digest a person and working day. Mail is
          deleted when its time is over, after 90 days unless your body says otherwise.
        </p>
        {query["tested"] !== undefined && (
          <Banner title="A test mail to you is on its way">
            <p>{hasServer ? "Look into your mail program." : "It waits below, because there is no mail server."}</p>
          </Banner>
        )}
        {form.show(shown)}
        <PillLinks
          label="Which mail"
          items={MAIL_LISTS.map((name) => ({
            href: `/admin/mail?list=${name}`,
            label: `${LABELS[name]} (${numberOf(counts[name])})`,
            current: name === which,
          }))}
        />
        <DataTable
          caption={`Mail: ${LABELS[which]}`}
          captionHidden
          columns={[
            { key: "subject", label: "Mail" },
            { key: "to", label: "To" },
            { key: "written", label: "Written" },
            { key: "standing", label: "State" },
          ]}
          rows={page.rows.map((mail) => ({
            key: mail.id,
            cells: {
              subject: (
                <>
                  <Link href={`/admin/mail/${mail.id}`}>{mailTitle(mail)}</Link>
                  <span className="block text-small font-normal text-soft">{mail.kind}</span>
                </>
              ),
              to: mail.to,
              written: <Moment at={mail.createdAt} />,
              standing: <MailStanding mail={mail} hasServer={hasServer} />,
            },
          }))}
          empty={EMPTY[which]}
        />
        <PageLinks label="Pages of the mail" page={page} path="/admin/mail" filters={[["list", which]]} />
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
