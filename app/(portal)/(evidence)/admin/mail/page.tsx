import { PageLinks, PortalPage } from "#app/_portal/portal-page.tsx";
import { showPage } from "#app/_portal/form/form.tsx";
import { Banner, ErrorSummary } from "#app/_ui/content.tsx";
import { PageHeading, PillLinks, Stack } from "#app/_ui/layout.tsx";
import { MAIL_LISTS, MOST_COUNTED } from "#server/evidence/outbox/queries.ts";
import { form, page as mailPage, resendForm } from "./form.tsx";
import { MAIL_LABELS, MailTable } from "./mail-table.tsx";

const { generateMetadata, Page } = showPage(mailPage, (shown) => {
  const { actor, query, view, formState } = shown;
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
              portal again. Mail that has waited longer than a day is then not sent automatically.
            </p>
          </Banner>
        )}
        <p>
          Urgent things are mailed at once. Everything else comes in one digest for each person and working day. Mail is
          deleted after 90 days, unless your body says otherwise.
        </p>
        {query["tested"] !== undefined && (
          <Banner title="A test mail to you is on its way">
            <p>{hasServer ? "Look in your mail program." : "It waits below, because there is no mail server."}</p>
          </Banner>
        )}
        {query["again"] !== undefined && (
          <Banner
            title={query["again"] === "1" ? "One mail is sent again" : `${Number(query["again"])} mails are sent again`}
          >
            <p>{hasServer ? "They go out within a minute." : "They wait below, because there is no mail server."}</p>
          </Banner>
        )}
        <ErrorSummary errors={formState.problems.map(({ message }) => ({ message }))} />
        {form.show(shown)}
        <PillLinks
          label="Which mail"
          items={MAIL_LISTS.map((name) => ({
            href: `/admin/mail?list=${name}`,
            label: `${MAIL_LABELS[name]} (${numberOf(counts[name])})`,
            current: name === which,
          }))}
        />
        {which === "dead" && page.rows.length > 0 ? (
          resendForm.show(shown)
        ) : (
          <MailTable which={which} hasServer={hasServer} rows={page.rows} />
        )}
        <PageLinks label="Pages of the mail" page={page} path="/admin/mail" filters={[["list", which]]} />
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
