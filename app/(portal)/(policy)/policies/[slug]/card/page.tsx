import { definePage, showPage } from "#app/_portal/form/page.ts";
import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PillLinks } from "#app/_ui/pill-links.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getEnv } from "#server/base/environment/env.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { PolicyCard } from "./policy-card.tsx";

const page = definePage({
  path: "/policies/[slug]/card",
  /** A policy that is no longer in force has no card: people would follow one on a wall. */
  async read({ actor, params }) {
    const policy = await getPolicy(actor, params.slug);
    return policy?.state === "withdrawn" ? null : policy;
  },
  heading: ({ view: { version, body } }) => `On one page: ${version.frontMatter.title}, ${body.shortName}`,
});

/** A policy on one sheet of paper, for a wall or folded for a wallet. */
const { generateMetadata, Page } = showPage(page, ({ actor, view: policy, query }) => {
  const size = [query["size"]].flat().at(-1) === "wallet" ? "wallet" : "wall";
  const { slug } = policy.version;
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="loose">
        <div className="no-print space-y-4">
          <BackLink href={`/policies/${slug}`}>Back to the whole policy</BackLink>
          <PillLinks
            label="For what"
            items={[
              { href: `/policies/${slug}/card`, label: "For a wall", current: size === "wall" },
              { href: `/policies/${slug}/card?size=wallet`, label: "For a wallet", current: size === "wallet" },
            ]}
          />
          <p>{SIZE_WORDS[size]}</p>
          <PrintButton />
          {policy.isMine && (
            <p>
              <Link href="/offline">Keep the essentials on your phone, for when you are offline</Link>
            </p>
          )}
          {policy.isMine && <OwnHolds actor={actor} />}
        </div>
        <PolicyCard policy={policy} size={size} address={`${getEnv().appUrl}/policies/${slug}`} />
      </Stack>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

const SIZE_WORDS = {
  wall: "It prints on one A4 page.",
  wallet: "It prints on one A4 page. Cut along the dashed line and fold twice.",
} as const;
