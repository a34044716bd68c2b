import { framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Stack } from "#app/_ui/layout.tsx";
import { Banner, SummaryList, UserText } from "#app/_ui/content.tsx";
import { MailStanding } from "../mail-words.tsx";
import { form, page, settleForm } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { query, view: mail } = shown;
  return (
    <>
      {query["again"] !== undefined && (
        <Banner title="It is sent again">
          <p>If it did arrive before, they now have it twice.</p>
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
      {mail.isManaged && mail.state !== "waiting" && form.show(shown)}
      {mail.isManaged && mail.state === "dead" && mail.settledAt === null && settleForm.show(shown)}
    </>
  );
});

export { generateMetadata, Page as default };
