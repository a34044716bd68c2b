import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import type { Route } from "next";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { CorruptBanner } from "#app/(portal)/(answers)/_receipt/corrupt-banner.tsx";
import { PrintedReceipt } from "#app/(portal)/(answers)/_receipt/printed-receipt.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { getReceiptByLink } from "#server/answers/receipt/queries.ts";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { view } = await readPage(props);
  return { title: view ? `Receipt ${view.reference}` : "Page not found" };
}

/** A receipt for those who were given its link. */
export default async function SharedReceiptPage(props: Props) {
  const { actor, view } = await readPage(props);
  if (!view) notFound();
  if (view.reader === "owner") redirect(`/decisions/${view.reference}` as Route);
  const { content, ofItsDay, version, reference } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <CorruptBanner ofItsDay={ofItsDay} version={version} />
        {content ? (
          <PrintedReceipt view={view} content={content} headingLevel={1} />
        ) : (
          <PageHeading kicker={reference}>This receipt cannot be read</PageHeading>
        )}
        <PrintHint />
      </Stack>
    </PortalPage>
  );
}

const readPage = readOnce(async ({ params }: Props) => {
  const actor = await requireActor();
  return { actor, view: await getReceiptByLink(actor, (await params).token) };
});
