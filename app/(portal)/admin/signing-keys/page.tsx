import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/refill.ts";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { JWKS_PATH } from "#server/evidence/export-queries.ts";
import { requireActor } from "#server/identity/session.ts";
import { listSigningKeys } from "#server/signing-key/queries.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await readPage(props)).refill.titlePrefix}Signing keys` };
}

/** The keys that exports of evidence are signed with, for administrators. */
export default async function SigningKeysPage(props: Props) {
  const { actor, query, refill } = await readPage(props);
  const keys = await listSigningKeys(actor);
  if (!keys) notFound();
  const current = keys.find(({ isCurrent }) => isCurrent);
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <ErrorSummary errors={[...refill.problems]} />
        <PageHeading>Signing keys</PageHeading>
        {query["done"] === "1" && (
          <Banner title="There is a new key">
            <p>It signs from now on. What the earlier ones signed still verifies.</p>
          </Banner>
        )}
        <p>
          Exports of the evidence are signed with a key of this portal, one for all its bodies. The public halves are{" "}
          <Link href={JWKS_PATH} file>
            published
          </Link>
          , so that anybody can check who signed. Tell your auditor the name of the key by another way than the portal.
        </p>
        <DataTable
          caption="Keys"
          captionHidden
          columns={[
            { key: "kid", label: "Name" },
            { key: "made", label: "Made" },
            { key: "state", label: "State" },
          ]}
          rows={keys.map(({ kid, isCurrent, madeAt, retiredAt }) => ({
            key: kid,
            cells: {
              kid: <code className="wrap-anywhere">{kid}</code>,
              made: <Moment at={madeAt} />,
              state: isCurrent || !retiredAt ? "Signs now" : <>Replaced <Moment at={retiredAt} /></>, // prettier-ignore
            },
          }))}
          empty="There is no key yet. The first export makes one."
        />
        {current && (
          <Stack as="section">
            <h2>Make a new key</h2>
            <p>
              Do this when the portal’s secret may have become known, or as often as your rules ask. The private half of
              the present key is deleted. Its public half stays published.
            </p>
            <PostForm actor={actor} action="/admin/signing-keys/send" hidden={{ seen: current.kid }}>
              <Button look="quiet">Make a new key</Button>
            </PostForm>
          </Stack>
        )}
      </Stack>
    </PortalPage>
  );
}

async function readPage({ searchParams }: Props) {
  const [actor, query] = [await requireActor(), await searchParams];
  return { actor, query, refill: await refillFor(actor, query["kept"], "/admin/signing-keys") };
}
