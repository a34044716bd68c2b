import type { Route } from "next";
import { redirect } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { RefusalBanner } from "../refusal-banner.tsx";
import { ButtonLink, LinkLine, PageHeading } from "../../_ui/layout.tsx";
import { RECENT_MINUTES } from "#domain/access/identity/recent-sign-in.ts";
import { safeReturnPath, signInPath } from "#domain/access/identity/return-path.ts";
import { getActor, hasProvider } from "#server/access/identity/session.ts";
import { refusalOf } from "#domain/access/identity/refusal.ts";
import { startPath } from "#app/sign-in/sign-in-path.ts";

export const metadata = { title: "Sign in again" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** For people who are signed in, before an action that needs a recent sign-in; leads back to what they typed. */
export default async function SignInAgainPage({ searchParams }: Props) {
  const query = await searchParams;
  const returnTo = safeReturnPath(query.returnTo);
  const actor = await getActor();
  if (!actor || !hasProvider()) redirect(signInPath(returnTo) as Route);
  const refusal = refusalOf(query.refused);
  return (
    <PortalPage actor={actor} gap="loose">
      {refusal && <RefusalBanner {...refusal} />}
      <PageHeading>Sign in again</PageHeading>
      <p className="text-lead">
        To do this you need to have signed in within the last {RECENT_MINUTES} minutes, so that nobody else can do it at
        a screen that you left open.
      </p>
      <p>Nothing has been changed yet. We keep what you typed. Sign in, check it, and send it again.</p>
      <div>
        <ButtonLink href={startPath(returnTo, true)}>Sign in again</ButtonLink>
      </div>
      <LinkLine href={returnTo}>Go back without signing in</LinkLine>
    </PortalPage>
  );
}
