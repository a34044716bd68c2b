import { ContactList } from "#app/_portal/contact-list.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PolicyLine } from "#app/_portal/policy-line.tsx";
import { ErrorSummary } from "#app/_ui/content.tsx";
import { BackLink, Button, Disclosure, Link, LinkLine, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { SearchField } from "#app/_ui/fields.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { tallyUnfound } from "#server/policy/question/service.ts";
import { LONGEST_QUERY } from "#server/policy/search/queries.ts";
import type { StartShown, WayShown } from "#server/policy/search/way-queries.ts";
import { getOwnLineManager } from "#server/people/directory/manager-queries.ts";
import type { StartPlace } from "./form.tsx";

/** Where the check begins: in somebody's own words, or with what it is about. */
export async function StartPage({ actor, place }: { actor: Actor; place: StartPlace }) {
  const { policy, words, found, starts, isNone } = place;
  const { slug, version } = policy.version;
  const error =
    words.length > LONGEST_QUERY
      ? `Your question has ${words.length} characters. Use ${LONGEST_QUERY} or fewer: a few words are enough.`
      : null;
  const isUnfound = found?.length === 0;
  if ((isNone || isUnfound) && (await isLookedAt())) await tallyUnfound(actor, { slug, version });
  if (isNone) return <AskPage actor={actor} place={place} />;
  return (
    <Stack gap="loose">
      {words !== "" && <BackLink href={startHref(slug)}>Back</BackLink>}
      {error && <ErrorSummary errors={[{ field: "say", message: error }]} />}
      <PageHeading kicker={policy.version.words.question}>
        {words === "" ? "What is it about?" : "What fits your question"}
      </PageHeading>
      <PolicyLine policy={policy} />
      <SayField slug={slug} words={words} error={error} />
      {found && (
        <p role="status" className="font-bold">
          {isUnfound ? "Nothing fits these words. Try other ones, or ask a person." : "The best fit comes first."}
        </p>
      )}
      {found && found.length > 0 && <Ways ways={found} />}
      {words === "" && <Starts starts={starts} slug={slug} />}
      <LinkLine href={`/check?${new URLSearchParams({ policy: slug }).toString()}`}>
        Answer the questions one by one
      </LinkLine>
      {words !== "" && <AskSection actor={actor} place={place} title={isUnfound ? "Ask a person" : "None of these?"} />}
    </Stack>
  );
}

/** One field for somebody's own words; what is typed is kept nowhere. */
const SayField = ({ slug, words, error }: { slug: string; words: string; error: string | null }) => (
  <form action="/check" method="get" noValidate>
    <input type="hidden" name="policy" value={slug} />
    <SearchField
      name="say"
      label="Say it in your own words"
      hint="For example: voice note to the team. Leave out names. What you type is not kept."
      button="Find"
      value={words}
      error={error}
    />
  </form>
);

const Starts = ({ starts, slug }: { starts: readonly StartShown[]; slug: string }) => (
  <div>
    {starts.map(({ about, title, hint, ways }) => (
      <Disclosure key={about} summary={title}>
        <p className="text-soft">{hint}</p>
        <Ways ways={about === "other" ? [...ways, askAPerson(slug)] : ways} />
      </Disclosure>
    ))}
  </div>
);

function askAPerson(slug: string): WayShown {
  return { href: noneHref(slug, ""), title: "Ask a person", leads: "Who answers questions, and how to reach them." };
}

const Ways = ({ ways }: { ways: readonly WayShown[] }) => (
  <ol className="max-w-text list-none divide-y divide-line border-y border-line">
    {ways.map(({ href, title, leads }) => (
      <li key={`${href} ${title}`} className="py-2">
        <Link href={href} className="inline-flex min-h-target items-center">
          {title}
        </Link>
        <p className="text-small text-soft">{leads}</p>
      </li>
    ))}
  </ol>
);

type AskProps = { actor: Actor; place: StartPlace };

const AskPage = ({ actor, place }: AskProps) => (
  <Stack gap="loose">
    <BackLink href={startHref(place.policy.version.slug)}>Back</BackLink>
    <PageHeading>Ask a person</PageHeading>
    <PolicyLine policy={place.policy} />
    <Ask actor={actor} place={place} />
  </Stack>
);

const AskSection = ({ actor, place, title }: AskProps & { title: string }) => (
  <PageSection title={title}>
    {place.found?.length === 0 ? (
      <Ask actor={actor} place={place} />
    ) : (
      <LinkLine href={noneHref(place.policy.version.slug, place.words)}>None of these: ask a person</LinkLine>
    )}
  </PageSection>
);

/** Who answers; and the policy owner, who reads words only where the asker gives them. */
async function Ask({ actor, place: { policy, words } }: AskProps) {
  const { slug } = policy.version;
  return (
    <>
      <ContactList contacts={policy.body.contacts} manager={policy.isMine ? await getOwnLineManager(actor) : null} />
      {policy.isMine && (
        <form action={`/policies/${encodeURIComponent(slug)}/ask`} method="get" className="space-y-3">
          <input type="hidden" name="say" value={words} />
          <p>
            The policy owner sees how often nothing fitted, but not your words. You can send them as a question; you see
            it before it goes.
          </p>
          <Button>Write to the policy owner</Button>
        </form>
      )}
      {policy.isMine && words !== "" && (
        <p>
          You need no answer?{" "}
          <Link href={`/search/unfound?${new URLSearchParams({ policy: slug, q: words }).toString()}`}>
            Tell the policy owner what you looked for
          </Link>
          , without your name.
        </p>
      )}
    </>
  );
}

const startHref = (policy: string): string => `/check?${new URLSearchParams({ policy, say: "" }).toString()}`;

const noneHref = (policy: string, say: string): string =>
  `/check?${new URLSearchParams({ policy, say, none: "1" }).toString()}`;
