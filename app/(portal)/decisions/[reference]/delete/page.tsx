import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/identity/session.ts";
import { getReceipt } from "#server/receipt/queries.ts";

type Props = { params: Promise<{ reference: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const view = await getReceipt(await requireActor(), (await params).reference);
  return { title: view?.reader === "owner" ? `Delete ${view.reference}` : "Page not found" };
}

/** Asks before a receipt is deleted. */
export default async function DeletePage({ params }: Props) {
  const actor = await requireActor();
  const view = await getReceipt(actor, (await params).reference);
  if (view?.reader !== "owner") notFound();
  const { reference } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/decisions/${reference}`}>Receipt {reference}</BackLink>
          <PageHeading>Delete {reference}?</PageHeading>
        </Stack>
        <p>
          The receipt and your note are deleted, for you and for everybody you shared it with. You cannot get it back.
          The evidence goes on saying that you kept and deleted a result, and not what it said.
        </p>
        <p>If somebody has asked for this information, or you expect it, do not delete it.</p>
        <PostForm actor={actor} action={`/decisions/${reference}/send`} hidden={{ do: "delete" }}>
          <Cluster>
            <Button>Delete this receipt</Button>
            <ButtonLink href={`/decisions/${reference}`} look="quiet">
              Keep it
            </ButtonLink>
          </Cluster>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}
