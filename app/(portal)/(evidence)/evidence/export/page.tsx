import { framedPage } from "#app/_portal/form/form.tsx";
import { Thumbprint } from "#app/_portal/thumbprint.tsx";
import { Link, Stack } from "#app/_ui/layout.tsx";
import { JWKS_PATH } from "#server/evidence/journal/queries.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => (
  <>
    {form.show(shown)}
    <Stack as="section">
      <h2>Check who signed it</h2>
      {shown.view.thumbprint === null ? (
        <p>Your body has no key yet. The first export makes one, and this page then shows its thumbprint.</p>
      ) : (
        <Thumbprint text={shown.view.thumbprint}>
          The key that signs exports of your body. Whoever checks one needs this thumbprint from you, and not from the
          export: read it out by telephone, or send it by letter.
        </Thumbprint>
      )}
      <p>
        Or they fetch the keys from <Link href={JWKS_PATH}>{JWKS_PATH}</Link> of this portal, where earlier keys stay.{" "}
        <Link href="/evidence/proof">How to check an export, command by command</Link>
      </p>
    </Stack>
  </>
));

export { generateMetadata, Page as default };
