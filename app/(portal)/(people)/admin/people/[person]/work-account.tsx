import { Moment } from "#app/_portal/moment.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { hasProvider } from "#server/access/identity/session.ts";
import { releaseForm, type ShownPerson } from "./form.tsx";

/** Which account at the identity provider signs somebody in, and how to release them from it. */
export function WorkAccount({ shown }: { shown: ShownPerson }) {
  const { isActor, accounts } = shown.view;
  if (!hasProvider() && accounts.length === 0) return null;
  return (
    <Stack as="section">
      <h2 id="account">{isActor ? "Your work account" : "Their work account"}</h2>
      {accounts.length === 0 ? (
        <p>They are not tied to one yet. The first account that signs in with their e-mail address becomes theirs.</p>
      ) : (
        <>
          {accounts.map(({ issuer, subject, boundAt }) => (
            <SummaryList
              key={issuer}
              rows={[
                { term: "Identity provider", value: <span className="wrap-anywhere">{issuer}</span> },
                { term: "Account", value: <span className="wrap-anywhere">{subject}</span> },
                { term: "Tied since", value: <Moment at={boundAt} /> },
              ]}
            />
          ))}
          {isActor ? (
            <p>Another administrator can release you from it. You cannot do it yourself.</p>
          ) : (
            releaseForm.show(shown)
          )}
        </>
      )}
    </Stack>
  );
}
