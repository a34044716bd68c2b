import { PortalPage } from "#app/_portal/portal-page.tsx";
import { requireActor } from "#server/access/identity/session.ts";

/** The portal's frame and nothing in it: what every page costs before it says anything. Never part of the product. */
export default async function EmptyPage() {
  return (
    <PortalPage actor={await requireActor()}>
      <h1>Empty</h1>
    </PortalPage>
  );
}
