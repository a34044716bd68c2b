import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { LinkLine, PageHeading, Stack } from "../../_ui/layout.tsx";
import { BrandedFrame } from "#app/_portal/branded-frame.tsx";
import { isSharedDevice } from "#app/sign-in/sign-in-cookies.ts";
import { getBrand } from "#server/gather/statement/queries.ts";
import { getActor, getProviderSignOut } from "#server/access/identity/session.ts";

export const metadata = { title: "You are signed out" };

/**
 * After signing out here, goes on to the identity provider, where the session ends too. By a page, not a redirect: the
 * browser would count that as sending our form to another site, which our pages forbid.
 */
export default async function SignedOutPage() {
  // Somebody who goes on in another window stays signed in.
  const isSignedIn = (await getActor()) !== null;
  if (isSignedIn) redirect("/sign-in");
  const url = await getProviderSignOut();
  const isShared = isSharedDevice(await cookies());
  if (url === null && !isShared) redirect("/sign-in");
  return (
    <BrandedFrame notices={[]} account={null} home="/sign-in" footer={null}>
      {url !== null && <meta httpEquiv="refresh" content={`0; url=${url}`} />}
      <Stack gap="loose">
        <PageHeading size="display">You are signed out of {(await getBrand()).name}</PageHeading>
        {url !== null && <LinkLine href={url}>Sign out of your work account, too</LinkLine>}
        <LinkLine href={isShared ? "/sign-in?shared=1" : "/sign-in"}>Sign in again</LinkLine>
      </Stack>
    </BrandedFrame>
  );
}
