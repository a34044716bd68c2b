import { framedPage } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/form.tsx";
import { Banner, DataTable, Tag } from "#app/_ui/content.tsx";
import { ButtonLink, Link } from "#app/_ui/layout.tsx";
import { listWebhooks } from "#server/evidence/webhook/queries.ts";
import { CHANNEL_WORDS, webhookPath } from "./webhook-fields.tsx";

/** The addresses outside to which events of the reader's body go, for administrators. */
const page = definePage({
  path: "/admin/webhooks",
  read: ({ actor }) => listWebhooks(actor),
  heading: "Webhooks",
});

const { generateMetadata, Page } = framedPage(page, ({ query, view: { webhooks, hosts } }) => (
  <>
    {query["done"] === "deleted" && (
      <Banner title="The address is deleted">
        <p>Nothing goes there any more.</p>
      </Banner>
    )}
    {hosts.length === 0 && (
      <Banner tone="warning" title="Nothing can be sent yet">
        <p>
          The people who run the server first name the hosts that may be sent to, in the setting WEBHOOK_HOSTS, and
          start the portal again.
        </p>
      </Banner>
    )}
    <p>
      When something happens here, the portal can tell another program or a channel in Teams or Slack at once. It says
      what kind of thing happened, when, and where to read it. Whoever follows the link signs in as usual.
    </p>
    {hosts.length > 0 && (
      <>
        <p>
          The portal may send to: <span className="wrap-anywhere">{hosts.join(", ")}</span>.
        </p>
        <p>
          <ButtonLink href="/admin/webhooks/new">Name an address</ButtonLink>
        </p>
      </>
    )}
    <DataTable
      caption="Addresses of your body"
      columns={{
        For: (one) => <Link href={webhookPath(one.reference)}>{one.name}</Link>,
        To: (one) => (
          <>
            {CHANNEL_WORDS[one.kind]}
            <span className="block text-small wrap-anywhere text-soft">{one.host}</span>
          </>
        ),
        State: (one) => (one.isOn ? <Tag tone="good">On</Tag> : <Tag tone="warning">Off</Tag>),
        Waiting: (one) => one.waiting,
        "Not taken": (one) => one.dead,
      }}
      rows={webhooks}
      empty="No address is named yet, so nothing leaves the portal."
    />
  </>
));

export { generateMetadata, Page as default };
