import type { Metadata } from "next";
import { cache } from "react";
import { notFound } from "next/navigation";
import { OwnHolds } from "#app/_hold/own-holds.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { refillFor } from "#app/_portal/form-values.ts";
import { CorruptBanner } from "#app/_receipt/corrupt-banner.tsx";
import { PrintedReceipt } from "#app/_receipt/printed-receipt.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { getReceipt, type ReceiptView } from "#server/answers/receipt/queries.ts";
import { markSeen } from "#server/answers/receipt/service.ts";
import { ReceiptRerun } from "./receipt-rerun.tsx";
import { SharingForms } from "./sharing-forms.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const KEPT = "You have kept this result";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (!page) return { title: "Page not found" };
  return { title: `${page.refill.titlePrefix}${page.isDone ? KEPT : headingOf(page.view)}` };
}

/** A decision receipt: for who kept it, and for their line manager where it is shared. */
export default async function ReceiptPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, view, refill, isDone } = page;
  const link = await shownOnce(actor, (await props.searchParams)["link"]);
  const { reference, reader, content, ofItsDay, version, sharing, today } = view;
  if (today?.kind === "run" && today.today.kind !== "same" && (await isLookedAt()))
    await markSeen(actor, { reference });
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <div className="no-print space-y-4">
          {!isDone && (
            <BackLink href="/decisions">{reader === "owner" ? "Your kept results" : "Kept results"}</BackLink>
          )}
          <ErrorSummary errors={[...refill.problems]} />
          {isDone && (
            <Confirmation title={KEPT} reference={reference}>
              <p>Only you can see it. You find it in “Your kept results”, from the start page.</p>
            </Confirmation>
          )}
          <CorruptBanner ofItsDay={ofItsDay} version={version} />
          {content && <OwnHolds actor={actor} beside={content.obligations.map(({ text }) => text).join(" ")} />}
          {today?.kind === "run" && today.today.kind === "different" && today.content && (
            <Banner tone="warning" title={`This would be different now: ${today.content.sentence}`}>
              <p>
                <a href="#again">See what changed</a>
              </p>
            </Banner>
          )}
        </div>
        {content ? (
          <PrintedReceipt view={view} content={content} headingLevel={isDone ? 2 : 1} />
        ) : (
          <PageHeading kicker={reference}>This receipt cannot be read</PageHeading>
        )}
        <PrintHint />
        <ReceiptRerun view={view} />
        {sharing && <SharingForms actor={actor} reference={reference} sharing={sharing} link={link} />}
      </Stack>
    </PortalPage>
  );
}

function headingOf({ reference, content }: ReceiptView): string {
  return content ? `${content.sentence} Receipt ${reference}` : `Receipt ${reference}`;
}

const readReceipt = cache(getReceipt);

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const view = await readReceipt(actor, (await params).reference);
  if (!view) return null;
  const { kept, done } = await searchParams;
  const refill = await refillFor(actor, kept, `/decisions/${view.reference}`);
  return { actor, view, refill, isDone: Boolean(done) && view.reader === "owner" && view.content !== null };
}
