import { Banner } from "../_ui/content.tsx";
import { Link } from "../_ui/layout.tsx";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import { policyNotices } from "./policy-notices.ts";

/** What a reader must know about a policy before relying on it: draft, interim, overdue, or another body's. */
export const PolicyBanners = ({ policy }: { policy: ReadablePolicy }) =>
  policyNotices(policy).map(({ tone, title, says, link }) => (
    <Banner key={title} {...(tone && { tone })} title={title}>
      <p>
        {says}
        {link && (
          <>
            {" "}
            <Link href={link.href}>{link.label}</Link>
          </>
        )}
      </p>
    </Banner>
  ));
