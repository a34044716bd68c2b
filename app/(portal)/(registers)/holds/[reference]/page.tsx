import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { HOLD_REASONS, lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { getHold, listGroupsToHold, type HoldView } from "#server/registers/hold/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { OfficerForms } from "./officer-forms.tsx";
import { HoldDetails } from "./hold-record.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (!page) return { title: "Page not found" };
  return { title: `${page.refill.titlePrefix}${headingOf(page.hold)}, ${page.hold.reference}` };
}

/** One hold: what must be kept and the way to confirm it, for those whom it concerns; the record, for officers and auditors. */
export default async function HoldPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, hold, refill, isDone, law, groups } = page;
  const { reference, reason, keep, placedAt, endedAt, own, record, mayPlace } = hold;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack gap="loose">
          <Stack>
            <BackLink href="/holds">Holds</BackLink>
            <ErrorSummary errors={[...refill.problems]} />
            <PageHeading kicker={`${reference}, ${endedAt ? "ended" : "it stands"}`}>{headingOf(hold)}</PageHeading>
          </Stack>
          {isDone && record && !endedAt && (
            <Banner title="The hold stands">
              <p>
                {record.concerned.length === 1 ? "One person is" : `${record.concerned.length} people are`} told now,
                and asked to confirm.
              </p>
            </Banner>
          )}
          <SummaryList
            rows={[
              { term: endedAt ? "What had to be kept" : "What to keep", value: <UserText>{keep}</UserText> },
              { term: "Why", value: HOLD_REASONS[reason] },
              { term: "Since", value: <Moment at={placedAt} /> },
              ...(endedAt ? [{ term: "Ended", value: <Moment at={endedAt} /> }] : []),
              ...(own?.confirmedAt ? [{ term: "You confirmed it", value: <Moment at={own.confirmedAt} /> }] : []),
            ]}
          />
          {endedAt ? (
            <p>The usual rules for keeping and deleting hold again, unless another hold concerns you.</p>
          ) : (
            <p>{law}</p>
          )}
          {own && !own.confirmedAt && !endedAt && <ConfirmForm actor={actor} reference={reference} />}
        </Stack>
        {record && <HoldDetails hold={hold} record={record} />}
        {mayPlace && record && !endedAt && (
          <OfficerForms actor={actor} reference={reference} record={record} groups={groups} refill={refill} />
        )}
      </Stack>
    </PortalPage>
  );
}

function ConfirmForm({ actor, reference }: { actor: Actor; reference: string }) {
  return (
    <Stack as="section">
      <h2>Confirm that you have read this</h2>
      <p>Turn off disappearing messages where they would take some of these. Keep them on your phone.</p>
      <PostForm actor={actor} action={`/holds/${reference}/send`} hidden={{ do: "confirm" }}>
        <Button>I will not delete them</Button>
      </PostForm>
    </Stack>
  );
}

function headingOf({ endedAt }: HoldView): string {
  return endedAt ? "This hold has ended" : "Do not delete these messages";
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const hold = await getHold(actor, (await params).reference);
  if (!hold) return null;
  const { kept, done } = await searchParams;
  const [refill, body, groups] = await Promise.all([
    refillFor(actor, kept, `/holds/${hold.reference}`),
    getOwnBody(actor),
    listGroupsToHold(actor),
  ]);
  const law = lawOnDeleting({ nation: body?.nation ?? "uk" });
  return { actor, hold, refill, isDone: Boolean(done), law, groups: groups ?? [] };
}
