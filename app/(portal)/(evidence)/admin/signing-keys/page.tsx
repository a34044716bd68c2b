import { framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Thumbprint } from "#app/_portal/thumbprint.tsx";
import { Banner, DataTable } from "#app/_ui/content.tsx";
import { ButtonLink, Link, Stack } from "#app/_ui/layout.tsx";
import { JWKS_PATH } from "#server/evidence/journal/queries.ts";
import type { SigningKeyView } from "#server/evidence/signing-key/queries.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { query, view } = shown;
  const { keys, current } = view;
  return (
    <>
      {query["done"] === "1" && (
        <Banner title="There is a new key">
          <p>It signs from now on. What the earlier ones signed still verifies. Tell your auditor its thumbprint.</p>
        </Banner>
      )}
      {query["done"] === "revoked" && (
        <Banner title="The key is revoked">
          <p>Tell everybody who has an export that it signed.</p>
        </Banner>
      )}
      <p>
        Exports of the evidence are signed with a key of your body. The public halves are{" "}
        <Link href={JWKS_PATH}>published</Link>, so that anybody can check who signed.
      </p>
      {current && (
        <Thumbprint text={current.spoken}>
          The key that signs now. Give its thumbprint to your auditor outside the portal: read it out by telephone, or
          send it by letter.
        </Thumbprint>
      )}
      <DataTable
        caption="Keys"
        columns={{
          Thumbprint: (key) => (
            <>
              <code className="wrap-anywhere">{key.spoken}</code>
              {!key.isOfBody && (
                <span className="block text-small text-soft">Of the whole portal, as keys were at first</span>
              )}
            </>
          ),
          Made: (key) => <Moment at={key.madeAt} />,
          State: (key) => <State of={key} />,
        }}
        rows={keys}
        empty="There is no key yet. The first export makes one."
      />
      <Stack as="section">
        <h2>{current ? "Make a new key" : "Make the first key"}</h2>
        <p>
          {current
            ? "Do this as often as your rules ask; the portal does it every two years. The private half of the present key is deleted. Its public half stays published, and what it signed still verifies."
            : "Your auditor can then note its thumbprint before the first export."}
        </p>
        {form.show(shown)}
      </Stack>
      {keys.some(({ isRevocable }) => isRevocable) && (
        <Stack as="section">
          <h2>Revoke a key</h2>
          <p>
            Do this when somebody else may have a private half: of the key that signs now, or of an earlier one. It
            cannot be undone.
          </p>
          <p>
            <ButtonLink href="/admin/signing-keys/revoke" look="quiet">
              Revoke a key
            </ButtonLink>
          </p>
        </Stack>
      )}
    </>
  );
});

export { generateMetadata, Page as default };

function State({ of: { isCurrent, expiresAt, retiredAt, revokedAt, revokedBecause } }: { of: SigningKeyView }) {
  if (revokedAt !== null)
    return (
      <>
        Revoked <Moment at={revokedAt} />
        <span className="block text-small text-soft">
          {revokedBecause === "superseded" ? "What it signed before is still proven." : "Proves nothing any more."}
        </span>
      </>
    );
  if (isCurrent)
    return (
      <>
        Signs now, until <Moment at={expiresAt} />
      </>
    );
  return (
    retiredAt && (
      <>
        Replaced <Moment at={retiredAt} />
      </>
    )
  );
}
