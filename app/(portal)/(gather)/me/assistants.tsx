import { lastDayOfToken, lastUse, TokenStateTag } from "#app/(portal)/(access)/admin/tokens/token-words.tsx";
import { Confirmation, CopyText, DataTable } from "#app/_ui/content.tsx";
import { Button, PageSection } from "#app/_ui/layout.tsx";
import { mcpAddress } from "#server/access/identity/access-token-queries.ts";
import { hasProvider } from "#server/access/identity/session.ts";
import { makeTokenForm, revokeTokenForm, type ShownMe } from "./form.tsx";

/** How an assistant of the reader's asks the portal, and their tokens for it. */
export function Assistants({ shown }: { shown: ShownMe }) {
  const { own, secret } = shown.view;
  return (
    <PageSection id="assistants" title="Ask from an assistant">
      <p>
        An assistant that speaks MCP can ask this portal for you: what a policy says, what you may send, your tasks and
        your groups. It only reads. It cannot accept, send, decide or report anything.
      </p>
      <p>
        Its address: <code className="wrap-anywhere">{mcpAddress()}</code>
        {hasProvider() && ". You sign in there with your work account."}
      </p>
      {secret !== null && (
        <Confirmation title="You have made the token">
          <p>Copy it now. We show it only once, and keep no copy. Whoever has it can read your tasks and groups.</p>
          <CopyText id="token" label="Your token" text={secret} lines={1} />
        </Confirmation>
      )}
      {own.tokens.length > 0 && (
        <DataTable
          caption="Your tokens, newest first"
          columns={{
            For: ({ name }) => <bdi>{name}</bdi>,
            State: (token) => <TokenStateTag {...token} />,
            "Last used": (token) => lastUse(token),
            "Last day": (token) => lastDayOfToken(token),
            "Revoke it": ({ reference, name, state }) =>
              state === "active" &&
              revokeTokenForm.show(shown, {
                stored: { which: reference },
                button: (
                  <Button look="link" about={` the token for ${name}`}>
                    Revoke
                  </Button>
                ),
              }),
          }}
          rows={own.tokens}
        />
      )}
      {own.mayMake ? (
        makeTokenForm.show(shown)
      ) : (
        <p className="text-small text-soft">Your body does not let people make tokens of their own.</p>
      )}
    </PageSection>
  );
}
