import { definePage, lastOf, showPage } from "#app/_portal/form/form.tsx";
import { cache } from "react";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner, Confirmation, SummaryList } from "#app/_ui/content.tsx";
import { BackLink, ButtonLink, Cluster, Link, LinkLine, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { DIRECTORY_SCOPE, END_REASONS, isPersonal } from "#domain/access/api-token/api-token.ts";
import { OPENAPI_PATH } from "#domain/answers/api/problem.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getToken, type TokenView } from "#server/access/api-token/queries.ts";
import { takeSecret } from "#server/access/api-token/service.ts";
import { scimBase } from "#server/people/scim/user-writer.ts";
import * as words from "../token-words.tsx";

/** One token: what is known about it and, right after it was made, the token itself, once. */
const page = definePage({
  path: "/admin/tokens/[reference]",
  async read({ actor, params, query }) {
    const token = await getToken(actor, params.reference);
    if (!token) return null;
    const showKey = lastOf(query, "show") ?? "";
    const isAskedAgain = showKey !== "";
    const secret = isAskedAgain && (await isLookedAt()) ? await takeOnce(actor, token.reference, showKey) : null;
    return { token, secret, isAskedAgain };
  },
  heading: ({ view: { secret, token } }) => (secret === null ? `Token for ${token.name}` : "You have made the token"),
});

const { generateMetadata, Page } = showPage(page, ({ actor, view: { token, secret, isAskedAgain } }) => (
  <PortalPage actor={actor} gap="loose">
    {secret === null ? (
      <Stack>
        <BackLink href="/admin/tokens">Tokens for programs</BackLink>
        <PageHeading>Token for {token.name}</PageHeading>
        {isAskedAgain && token.state === "active" && (
          <Banner title="The token itself is not shown again">
            <p>Nobody can read it any more, including us. If you have not copied it, revoke it and make another.</p>
          </Banner>
        )}
        {token.state === "ended" && token.ended && (
          <Banner tone="warning" title="This token has ended">
            <p>
              {END_REASONS[token.ended.reason]}. The program is refused: it no longer keeps the directory up to date,
              and people who leave are not signed out. Make the next token and enter it in the program. This one cannot
              be used again.
            </p>
          </Banner>
        )}
      </Stack>
    ) : (
      <JustMade secret={secret} token={token} />
    )}
    <Stack as="section">
      {secret !== null && <h2>What you have made</h2>}
      <Facts token={token} />
    </Stack>
    {secret === null && token.state !== "revoked" && (
      <Cluster>
        {token.followedBy === null && !isPersonal(token) && (
          <ButtonLink href={words.nextTokenPath(token.reference)}>Make the next token</ButtonLink>
        )}
        <ButtonLink href={words.tokenPath(token.reference, "revoke")} look="quiet">
          Revoke it
        </ButtonLink>
      </Cluster>
    )}
    {secret !== null && <LinkLine href="/admin/tokens">All tokens</LinkLine>}
  </PortalPage>
));
export { generateMetadata, Page as default };

const JustMade = ({ secret, token: { scopes, follows } }: { secret: string; token: TokenView }) => (
  <>
    <Confirmation title="You have made the token">
      <p>Copy it now. We show it only once, and keep no copy.</p>
      <p className="pt-2">
        <code className="block rounded-small bg-raised px-3 py-2.5 font-bold wrap-anywhere select-all">{secret}</code>
      </p>
    </Confirmation>
    <PageSection title="What happens next">
      {scopes.includes(DIRECTORY_SCOPE) ? <ForProvider /> : <ForProgram />}
      {follows !== null && (
        <p>
          The earlier token, <Link href={words.tokenPath(follows)}>{follows}</Link>, works until it ends. Enter the new
          one in the program, check that it works, then revoke the earlier one.
        </p>
      )}
    </PageSection>
  </>
);

const ForProvider = () => (
  <>
    <p>
      Enter it in your identity provider as the secret token, with the address{" "}
      <code className="wrap-anywhere">{scimBase()}</code>.
    </p>
    <p>
      From then on the provider adds people, changes them and says who has left. Revoke the token if it is lost, or if
      somebody sees it.
    </p>
  </>
);

const ForProgram = () => (
  <>
    <p>
      Put it where the program keeps its secrets, never into its code or a message. The program sends it with each
      request: <code className="wrap-anywhere">Authorization: Bearer wc_…</code>
    </p>
    <p>
      What it can ask for is in the <Link href={OPENAPI_PATH}>description of the interface (OpenAPI)</Link>. Revoke the
      token if it is lost, or if somebody sees it.
    </p>
  </>
);

function Facts({ token }: { token: TokenView }) {
  const { reference, name, scopes, madeBy, madeAt, revoked, ended, follows, followedBy } = token;
  return (
    <SummaryList
      rows={[
        { term: "For", value: name },
        { term: "Reference", value: reference },
        { term: "State", value: <words.TokenStateTag {...token} /> },
        { term: "What it may do", value: <words.TokenScopes scopes={scopes} /> },
        { term: "Last day", value: words.lastDayOfToken(token) },
        { term: "Last used", value: words.lastUse(token) },
        { term: "Made by", value: words.tokenPerson(madeBy) },
        { term: "Made on", value: <Moment at={madeAt} /> },
        ended && { term: "Ended on", value: <Moment at={ended.at} /> },
        follows && { term: "In place of", value: <Link href={words.tokenPath(follows)}>{follows}</Link> },
        followedBy && { term: "Next token", value: <Link href={words.tokenPath(followedBy)}>{followedBy}</Link> },
        revoked && { term: "Revoked by", value: revoked.by ? words.tokenPerson(revoked.by) : "Somebody who has left" },
        revoked && { term: "Revoked on", value: <Moment at={revoked.at} /> },
      ]}
    />
  );
}

/** Read only once for a page that needs it twice: for its title and for its text. */
const takeOnce = cache((actor: Actor, reference: string, showKey: string) => takeSecret(actor, reference, showKey));
