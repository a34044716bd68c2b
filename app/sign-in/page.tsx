import { setTimeout as pause } from "node:timers/promises";
import { cookies } from "next/headers";
import { OpenPage } from "#app/_portal/open-page.tsx";
import { Banner } from "../_ui/content.tsx";
import {
  Button,
  ButtonLink,
  Link,
  LinkLine,
  PageHeading,
  PageSection,
  PillLinks,
  VisuallyHidden,
} from "../_ui/layout.tsx";
import { safeReturnPath } from "#domain/access/identity/return-path.ts";
import { refusalOf } from "#domain/access/identity/refusal.ts";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { inOneSentence } from "#domain/policy/policy/wording.ts";
import { listSamplePeople, type SamplePersonView } from "#server/access/identity/queries.ts";
import { getSignInWords } from "#server/gather/statement/queries.ts";
import { getActor, hasProvider } from "#server/access/identity/session.ts";
import { RefusalBanner } from "./refusal-banner.tsx";
import { isSharedDevice } from "./sign-in-cookies.ts";
import { startPath } from "./sign-in-path.ts";

export const metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const ANSWER_WITHIN_MS = 2_500;
const AWAY = {
  title: "The portal cannot reach its records just now",
  text: "This is our fault, not yours, and usually passes within minutes. Load the page again in a minute.",
};

/** With a work account; in evaluation mode, as one of the invented people. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const returnTo = safeReturnPath(query.returnTo);
  const isShared = isSharedDevice(await cookies(), query.shared);
  const isProvided = hasProvider();
  // Also while the database is down: people who come then are told so, and need not know who else is here.
  const asked = Promise.all([getActor(), listSamplePeople()]).catch((error: unknown) => {
    console.error("The sign-in page does without the database:", error);
    return null;
  });
  const found = await Promise.race([asked, pause(ANSWER_WITHIN_MS, null)]);
  const [actor, bodies] = found ?? [null, []];
  const refusal = found ? refusalOf(query.refused) : AWAY;
  const own = await getSignInWords();
  return (
    <OpenPage home="/sign-in">
      {refusal && <RefusalBanner {...refusal} />}
      {actor && (
        <Banner title={`You are signed in as ${actor.name}`}>
          <p>
            <Link href={returnTo}>Go on as {actor.name}</Link>
            {!isProvided && ", or choose somebody else"}.
          </p>
        </Banner>
      )}
      {isProvided ? (
        <>
          <PageHeading size="display" kicker={inOneSentence(own.bodies)}>
            Sign in
          </PageHeading>
          <p>{own.words ?? "Use your work account. Then see what you may send, and with which app."}</p>
          <div>
            <ButtonLink href={startPath(returnTo, false, isShared)}>Sign in with your work account</ButtonLink>
          </div>
        </>
      ) : (
        <>
          <PageHeading size="display">Who are you today?</PageHeading>
          {own.words !== null && <p>{own.words}</p>}
          {found && (
            <p>Choose an invented person. Each sees the portal with their own role. You can change at any time.</p>
          )}
        </>
      )}
      <SharedChoice isShared={isShared} returnTo={returnTo} />
      {bodies.length > 1 && (
        <PillLinks label="Go to" items={bodies.map(({ body }) => ({ href: `#${body.slug}`, label: body.name }))} />
      )}
      {bodies.map(({ body, people }) => (
        <PageSection key={body.slug} title={body.name} id={body.slug}>
          <ul className="grid list-none grid-cols-[repeat(auto-fill,minmax(min(100%,20rem),1fr))] gap-3">
            {people.map((person) => (
              <li key={person.personId}>
                <PersonForm person={person} bodyName={body.name} returnTo={returnTo} isShared={isShared} />
              </li>
            ))}
          </ul>
        </PageSection>
      ))}
    </OpenPage>
  );
}

type PersonFormProps = { person: SamplePersonView; bodyName: string; returnTo: string; isShared: boolean };

/** Whether the device is somebody's own, and the way to say otherwise. */
function SharedChoice({ isShared, returnTo }: { isShared: boolean; returnTo: string }) {
  const path = `/sign-in?${new URLSearchParams({ returnTo, shared: isShared ? "0" : "1" }).toString()}`;
  if (!isShared) return <LinkLine href={path}>This is a shared device</LinkLine>;
  return (
    <p>
      Shared device: you are signed out after two minutes without use, and after fifteen minutes in all.{" "}
      <Link href={path}>This is my own device</Link>
    </p>
  );
}

function PersonForm({ person, bodyName, returnTo, isShared }: PersonFormProps) {
  const role = person.hasLeft ? "Leaver" : person.roles.map((name) => ROLE_NAMES[name]).join(", ");
  const unit = person.employer === bodyName ? person.team : [person.team, person.employer].filter(Boolean).join(", ");
  return (
    <form
      method="post"
      action="/sign-in/send"
      className="flex h-full flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-card border border-line bg-raised px-4 py-2"
    >
      <input type="hidden" name="personId" value={person.personId} />
      <input type="hidden" name="returnTo" value={returnTo} />
      {isShared && <input type="hidden" name="shared" value="1" />}
      <p className="min-w-0">
        <span className="block font-bold">{person.name}</span>
        <span className="block text-small text-soft">
          {role}
          {unit ? `, ${unit}` : ""}
          <VisuallyHidden>, {bodyName}</VisuallyHidden>
        </span>
      </p>
      <Button look="link" about={` as ${person.name}, ${role}, ${bodyName}`}>
        Sign in
      </Button>
    </form>
  );
}
