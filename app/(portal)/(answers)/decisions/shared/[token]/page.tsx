import type { Route } from "next";
import { redirect } from "next/navigation";
import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { CorruptBanner } from "#app/(portal)/(answers)/_receipt/corrupt-banner.tsx";
import { PrintedReceipt } from "#app/(portal)/(answers)/_receipt/printed-receipt.tsx";
import { PrintHint } from "#app/_ui/layout.tsx";
import { getReceiptByLink } from "#server/answers/receipt/queries.ts";

const page = definePage({
  path: "/decisions/shared/[token]",
  read: ({ actor, params }) => getReceiptByLink(actor, params.token),
  heading: ({ view }) => `Receipt ${view.reference}`,
});

const { generateMetadata, Page } = showPage(page, ({ actor, view }) => {
  const { ofItsDay, version, reference } = view;
  if (view.reader === "owner") redirect(`/decisions/${reference}` as Route);
  return (
    <PortalPage actor={actor} gap="loose">
      <CorruptBanner ofItsDay={ofItsDay} version={version} />
      <PrintedReceipt view={view} headingLevel={1} />
      <PrintHint />
    </PortalPage>
  );
});
export { generateMetadata, Page as default };
