import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { ButtonLink, Link, PageSection, Stack } from "#app/_ui/layout.tsx";
import { OPENAPI_PATH } from "#domain/answers/api/problem.ts";
import { listTokens } from "#server/access/api-token/queries.ts";
import { scimBase } from "#server/people/scim/user-writer.ts";
import { lastDayOfToken, lastUse, tokenPath, TokenScopes, TokenStateTag } from "./token-words.tsx";

const page = definePage({
  path: "/admin/tokens",
  read: ({ actor }) => listTokens(actor),
  heading: "Tokens for programs",
});

const { generateMetadata, Page } = framedPage(page, ({ view: tokens }) => (
  <>
    <Stack>
      <p>
        With a token, another program such as an intranet page or a chat assistant can read policies here and ask for
        verdicts. It sees what every employee may read, and never people or records.
      </p>
      <p>
        Your identity provider can keep the people here up to date. It needs a token of its own, which opens nothing
        else. That token ends when you leave or are no longer an administrator. Another administrator then makes the
        next one.
      </p>
      <p>
        People can make tokens of their own on their page, with which an assistant asks as them. They are listed here so
        that you can revoke one that is lost.
      </p>
      <p>Every token ends within a year. We tell you 30 days, 7 days and 1 day before.</p>
      <p>
        <ButtonLink href="/admin/tokens/new">Make a token</ButtonLink>
      </p>
    </Stack>
    <DataTable
      caption="Tokens of your body"
      columns={{
        For: (token) => <Link href={tokenPath(token.reference)}>{token.name}</Link>,
        State: (token) => <TokenStateTag {...token} />,
        "What it may do": (token) => <TokenScopes scopes={token.scopes} />,
        "Last used": (token) => lastUse(token),
        "Last day": (token) => lastDayOfToken(token),
      }}
      rows={tokens}
      empty="There are no tokens yet. Make the first one when somebody wants to connect a program."
    />
    <PageSection title="For developers">
      <p>
        Give them the token, and the address of the{" "}
        <Link href={OPENAPI_PATH}>description of the interface (OpenAPI)</Link>. It needs no token.
      </p>
      <p>
        For an identity provider, the address is <code className="wrap-anywhere">{scimBase()}</code> (SCIM 2.0).
      </p>
    </PageSection>
  </>
));
export { generateMetadata, Page as default };
