import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { CorruptBanner } from "#app/(portal)/(answers)/_receipt/corrupt-banner.tsx";
import { PrintedReceipt } from "#app/(portal)/(answers)/_receipt/printed-receipt.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { markSeen } from "#server/answers/receipt/service.ts";
import { KEPT, page } from "./form.tsx";
import { ReceiptRerun } from "./receipt-rerun.tsx";
import { SharingForms } from "./sharing-forms.tsx";

const { generateMetadata, Page } = showPage(page, async (shown) => {
  const { actor, view, formState } = shown;
  const { reference, reader, content, ofItsDay, version, sharing, today, isDone } = view;
  if (today?.kind === "run" && today.today.kind !== "same" && (await isLookedAt()))
    await markSeen(actor, { reference });
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <div className="no-print space-y-4">
          {!isDone && (
            <BackLink href="/decisions">{reader === "owner" ? "Your kept results" : "Kept results"}</BackLink>
          )}
          <ErrorSummary errors={[...formState.problems]} />
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
        {sharing && <SharingForms shown={shown} sharing={sharing} />}
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
