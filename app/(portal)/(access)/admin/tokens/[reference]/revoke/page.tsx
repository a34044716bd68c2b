import { lastUse, TokenScopes } from "#app/(portal)/(access)/admin/tokens/token-words.tsx";
import { framedPage } from "#app/_portal/form/form.tsx";
import { Banner, SummaryList } from "#app/_ui/content.tsx";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { reference, scopes, state } = shown.view;
  return (
    <>
      {state === "active" ? (
        <Banner tone="warning" title="The program loses access at once">
          <p>Its next request is refused. This cannot be undone; to let it in again, make a new token.</p>
        </Banner>
      ) : (
        <p>It has ended already. If you revoke it, nobody is asked to make the next one.</p>
      )}
      <SummaryList
        rows={[
          { term: "Reference", value: reference },
          { term: "What it may do", value: <TokenScopes scopes={scopes} /> },
          { term: "Last used", value: lastUse(shown.view) },
        ]}
      />
      {form.show(shown)}
    </>
  );
});

export { generateMetadata, Page as default };
