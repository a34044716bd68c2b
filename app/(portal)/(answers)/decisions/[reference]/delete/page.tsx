import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DoNotDelete, HoldCheck } from "#app/_hold/hold-check.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { HOLD_ANSWERS } from "#domain/registers/hold/hold.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { getReceipt } from "#server/answers/receipt/queries.ts";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}Delete ${page.view.reference}` : "Page not found" };
}

/** Asks before a receipt is deleted; a hold on its owner stops it. */
export default async function DeletePage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, view, holds, body, refill } = page;
  const { reference } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/decisions/${reference}`}>Receipt {reference}</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>Delete {reference}?</PageHeading>
        </Stack>
        <DoNotDelete holds={holds} />
        {holds.length > 0 ? (
          <p>
            While a hold concerns you, nothing of yours is deleted here. <Link href="/holds">Read the holds</Link>
          </p>
        ) : (
          <>
            <p>
              The receipt and your note are deleted, for you and for everybody you shared it with. You cannot get it
              back. The evidence goes on saying that you kept and deleted a result, and not what it said.
            </p>
            <PostForm actor={actor} action={`/decisions/${reference}/delete/send`}>
              <HoldCheck
                nation={body?.nation ?? "uk"}
                about="this result"
                chosen={HOLD_ANSWERS.find((answer) => refill.isChosen("holdAnswer", answer))}
                error={refill.errorOf("holdAnswer")}
              />
              <Cluster>
                <Button>Delete this receipt</Button>
                <ButtonLink href={`/decisions/${reference}`} look="quiet">
                  Keep it
                </ButtonLink>
              </Cluster>
            </PostForm>
          </>
        )}
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const view = await getReceipt(actor, (await params).reference);
  if (view?.reader !== "owner") return null;
  const [holds, body, refill] = await Promise.all([
    listOwnHolds(actor),
    getOwnBody(actor),
    refillFor(actor, (await searchParams).kept, `/decisions/${view.reference}/delete`),
  ]);
  return { actor, view, holds, body, refill };
}
