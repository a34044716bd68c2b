import { Moment } from "#app/_portal/moment.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { PersonPage } from "#server/people/directory/admin-queries.ts";
import { hasProvider } from "#server/access/identity/session.ts";

type WorkAccountProps = { page: PersonPage & { actor: Actor } };

/** Which account at the identity provider opens the portal as somebody, and the way to release them from it. */
export function WorkAccount({ page: { actor, person, isActor, accounts } }: WorkAccountProps) {
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
            <PostForm actor={actor} action={`/admin/people/${person.id}/account/send`}>
              <p>
                Only this account opens the portal as {person.name}. Release them if they have been given another one.
                They are told by mail and signed out at once. The next account that signs in with their e-mail address
                becomes theirs, so first make sure that it is really they who ask.
              </p>
              <Button look="quiet">Release {person.name} from this account</Button>
            </PostForm>
          )}
        </>
      )}
    </Stack>
  );
}
