import type { Metadata } from "next";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { requireReader } from "#app/_portal/reader.ts";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { MoreLinks } from "./more-links.tsx";

export const metadata: Metadata = { title: "All pages" };

/** Everything that the reader can open, one step behind the start page. */
export default async function MorePage() {
  const actor = await requireReader();
  return (
    <PortalPage actor={actor} section="more">
      <Stack gap="section">
        <PageHeading>All pages</PageHeading>
        <MoreLinks actor={actor} />
      </Stack>
    </PortalPage>
  );
}
