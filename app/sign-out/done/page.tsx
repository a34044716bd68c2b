import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SiteFrame } from "#app/_ui/site-frame.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getActor, getProviderSignOut } from "#server/access/identity/session.ts";

export const metadata: Metadata = { title: "You are signed out" };

/**
 * After signing out here, goes on to the identity provider, where the session ends too. By a page, not a redirect: the
 * browser would count that as sending our form to another site, which our pages forbid.
 */
export default async function SignedOutPage() {
  const url = (await getActor()) === null ? await getProviderSignOut() : null;
  if (url === null) redirect("/sign-in");
  return (
    <SiteFrame notices={[]} account={null} home="/sign-in" footer={null}>
      <meta httpEquiv="refresh" content={`0; url=${url}`} />
      <Stack gap="loose">
        <PageHeading size="display">You are signed out of With Care</PageHeading>
        <p>
          <Link href={url}>Sign out of your work account, too</Link>
        </p>
        <p>
          <Link href="/sign-in">Sign in again</Link>
        </p>
      </Stack>
    </SiteFrame>
  );
}
