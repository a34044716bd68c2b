import type { ReactNode } from "react";
import { signOutAction } from "#app/sign-out/actions.ts";
import { Button } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { SiteFrame, type Notice } from "#app/_ui/site-frame.tsx";
import type { Actor } from "#domain/access/actor.ts";
import { ROLE_NAMES } from "#domain/access/role.ts";
import { getEnv } from "#server/env.ts";
import { getBodyName } from "#server/policy/queries.ts";

const PLACES = [
  { place: "check", href: "/check", label: "Check a message" },
  { place: "policies", href: "/policies", label: "Policies" },
  { place: "matrix", href: "/matrix", label: "Matrix" },
] as const;

type PortalPageProps = {
  actor: Actor;
  /** Which of the main places the page belongs to. */
  place?: (typeof PLACES)[number]["place"] | undefined;
  children: ReactNode;
};

/** The frame of every page behind the sign-in: where one is, who one is, how to leave. */
export async function PortalPage({ actor, place, children }: PortalPageProps) {
  const bodyName = await getBodyName(actor);
  const roles = actor.roles.map((role) => ROLE_NAMES[role]).join(", ");
  return (
    <SiteFrame
      notices={evaluationNotices()}
      nav={PLACES.map((item) => ({ href: item.href, label: item.label, current: item.place === place }))}
      account={{ name: actor.name, detail: roles }}
      accountActions={
        <form action={signOutAction}>
          <Button look="link">Sign out</Button>
        </form>
      }
      footer={
        <p>
          {bodyName} · <Link href="/accessibility-statement">Accessibility</Link>
        </p>
      }
    >
      {children}
    </SiteFrame>
  );
}

/** In evaluation mode every page says so. */
export function evaluationNotices(): Notice[] {
  if (!getEnv().evaluation) return [];
  return [{ tone: "warning", text: "Evaluation: everyone here is invented. Enter nothing real." }];
}
