import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { QrCode } from "#app/_ui/qr-code.tsx";
import { BackLink } from "#app/_ui/layout.tsx";
import { getEnv } from "#server/base/environment/env.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";

const page = definePage({
  path: "/policies/[slug]/poster",
  /** Of the reader's own body, and one that can be answered: others have no poster. */
  async read({ actor, params }) {
    const policy = await getPolicy(actor, params.slug);
    return policy?.isMine && policy.isPublished && policy.state !== "withdrawn" ? policy : null;
  },
  heading: ({ view }) => `Poster: ${view.version.frontMatter.title}`,
});

/** A sheet for a wall that leads people to the page where they answer a policy, by camera or by typing. */
const { generateMetadata, Page } = showPage(page, ({ actor, view: { version, body } }) => {
  const address = `${getEnv().appUrl}/policies/${version.slug}/acknowledge`;
  return (
    <PortalPage actor={actor} section="policies" gap="loose">
      <div className="no-print space-y-4">
        <BackLink href={`/policies/${version.slug}`}>Back to the policy</BackLink>
        <p>It prints on one A4 page. People have to sign in to open the address.</p>
        <PrintButton />
      </div>
      <article data-paper="" className={`space-y-6 rounded-card border border-line bg-raised p-5 sm:p-8 ${ON_PAPER}`}>
        <p className="text-lead font-bold">{body.name}</p>
        <h1 className="text-display">{version.frontMatter.title}</h1>
        <p className="text-lead">
          Read it, and say whether you accept it. It is version {version.version}. Point the camera of your phone or
          tablet at the square, or type the address into a browser.
        </p>
        <div className="mx-auto max-w-80 print:max-w-[95mm]">
          <QrCode text={address} label="QR code with the address below" />
        </div>
        <p className="text-center text-lead font-bold wrap-anywhere">{address}</p>
        <p className="text-lead">No suitable device? Ask your line manager for one to use, or for a copy on paper.</p>
      </article>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

const ON_PAPER =
  "print:border-0 print:p-0 print:[page:card] print:[--text-display:34pt] print:[--text-display--line-height:1.15] print:[--text-lead:17pt] print:[--text-lead--line-height:1.3]";
