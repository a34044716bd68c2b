import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { Route } from "next";
import { EditingPage, readEditing, type EditingProps } from "#app/_exception/request-form-page.tsx";
import { sendPath } from "#app/_exception/section-path.ts";
import { DoNotDelete } from "#app/_hold/hold-check.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { listOwnHolds } from "#server/registers/hold/queries.ts";

export async function generateMetadata(props: EditingProps): Promise<Metadata> {
  const { exception } = await readEditing(props, "discard");
  return { title: `Discard ${exception.reference}` };
}

/** Asks before a draft is deleted. What was sent before is withdrawn instead. */
export default async function DiscardPage(props: EditingProps) {
  const editing = await readEditing(props, "discard");
  const { actor, exception } = editing;
  const { reference } = exception;
  const holds = await listOwnHolds(actor);
  if (exception.state === "changes-requested") redirect(`/exceptions/${reference}` as Route);
  return (
    <EditingPage editing={editing} title="Discard this draft?">
      <DoNotDelete holds={holds} />
      <PostForm actor={actor} action={sendPath(reference, "discard", false)}>
        {holds.length > 0 ? (
          <p>While a hold concerns you, nothing of yours is deleted here. The draft stays, and nobody else sees it.</p>
        ) : (
          <p>All that you wrote in {reference} is deleted. You cannot get it back. Nobody else has seen it.</p>
        )}
        <Cluster>
          {holds.length === 0 && <Button>Discard this draft</Button>}
          <ButtonLink href={`/exceptions/${reference}`} look="quiet">
            Keep it
          </ButtonLink>
        </Cluster>
      </PostForm>
    </EditingPage>
  );
}
