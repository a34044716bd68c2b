import { definePage, showPage } from "#app/_portal/form/form.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getOwnLineManager } from "#server/people/directory/manager-queries.ts";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { Island } from "#app/_portal/island.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Link, LinkLine, PageHeading, Stack, Lines } from "#app/_ui/layout.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { tallyUnfound } from "#server/policy/question/service.ts";
import {
  ALL_POLICIES,
  getSearchScope,
  LONGEST_QUERY,
  readSearchRequest,
  RESULTS_A_PAGE,
  searchPolicies,
  type SearchAnswer,
  type SearchRequest,
  type SearchScope,
  type SearchResult,
} from "#server/policy/search/queries.ts";
import { ErrorSummary, Tag } from "#app/_ui/content.tsx";
import type { Piece } from "#domain/policy/search/mark.ts";
import { SearchField, SelectField } from "#app/_ui/fields.tsx";

const EXAMPLES = [
  "foto of a resident",
  "wrong person",
  "FOI request",
  "lost phone",
  "video call",
  "leaver in the group",
];

const page = definePage({
  path: "/search",
  async read({ actor, query }) {
    const request = readSearchRequest(query);
    const isTooLong = request.words.length > LONGEST_QUERY;
    const wantedPage = Number([query["page"] ?? "1"].flat().at(-1));
    const scope = await getSearchScope(actor, request);
    const isSearched = (request.words !== "" || request.clauses !== undefined) && !isTooLong;
    const page = Number.isInteger(wantedPage) ? wantedPage : 1;
    const answer = isSearched ? await searchPolicies(actor, request, page) : null;
    return { request, isTooLong, scope, isSearched, answer };
  },
  heading({
    view: {
      request: { words },
      isTooLong,
    },
  }) {
    if (isTooLong) return "Error: Search";
    return words === "" ? "Search" : `Search: ${words}`;
  },
});

/** Search in the policies, by clause. The address contains words and filters. */
const { generateMetadata, Page } = showPage(page, async ({ actor, query, view }) => {
  const { request, isTooLong, scope, isSearched, answer } = view;
  // What is looked for while somebody still types is not counted: they have not finished their words.
  if (answer?.total === 0 && query["typing"] === undefined && (await isLookedAt()))
    for (const policy of answer.own) await tallyUnfound(actor, policy);
  const error = isTooLong
    ? `Your search has ${request.words.length} characters. Use ${LONGEST_QUERY} or fewer: a few words are enough.`
    : null;
  return (
    <PortalPage actor={actor} section="search" gap="loose">
      {error && <ErrorSummary errors={[{ field: "q", message: error }]} />}
      <PageHeading>Search the policies</PageHeading>
      <Island name="search">
        <SearchFields request={request} scope={scope} error={error} />
      </Island>
      <p id="search-status" role="status" className="font-bold empty:sr-only">
        {isSearched && inWords(answer, request)}
      </p>
      <div id="search-results" className="space-y-7">
        {answer && answer.total > 0 ? (
          <>
            <ResultList results={answer.results} first={(answer.page - 1) * RESULTS_A_PAGE + 1} />
            <Pages request={request} answer={answer} />
            <Wider request={request} scope={scope} />
            <NotWanted request={request} own={answer.own[0]} />
          </>
        ) : request.words === "" ? (
          <Start />
        ) : (
          isSearched && <NothingFound actor={actor} request={request} scope={scope} own={answer?.own[0]} />
        )}
      </div>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

const Pages = ({ request, answer: { page, pages } }: { request: SearchRequest; answer: SearchAnswer }) =>
  pages === 1 ? null : (
    <nav aria-label="Pages of results" className="no-print flex flex-wrap justify-between gap-x-6">
      {page > 1 && (
        <Link href={address(request, page - 1)} className="inline-flex min-h-target items-center">
          Previous page
        </Link>
      )}
      {page < pages && (
        <Link href={address(request, page + 1)} className="ms-auto inline-flex min-h-target items-center">
          Next page
        </Link>
      )}
    </nav>
  );

/** Other employers' policies are searched only where somebody asks for it. */
function Wider({ request, scope }: { request: SearchRequest; scope: SearchScope }) {
  const hasOwn = scope.policies.some(({ isMine }) => isMine);
  if (request.policy !== "" || !hasOwn || scope.policies.every(({ isMine }) => isMine)) return null;
  return (
    <LinkLine href={address({ words: request.words, policy: ALL_POLICIES, version: "" })}>
      Search in other employers' policies too
    </LinkLine>
  );
}

/** Something was found, but not what they wanted. */
const NotWanted = ({ request, own }: Pick<NothingFoundProps, "request" | "own">) =>
  !own ? null : (
    <p>
      Not what you were looking for?{" "}
      <Link href={unfoundHref(own.slug, request.words, true)}>Tell the policy owner what you looked for</Link>, or{" "}
      <Link href={askHref(own.slug, request.words)}>ask them</Link>.
    </p>
  );

const Start = () => (
  <Stack>
    <p>
      You find the clauses of the policies, what they ask you to do, and the answers and examples of the check. Small
      typing errors do no harm.
    </p>
    <h2>For example</h2>
    <Lines
      lines={EXAMPLES.map((words) => (
        <Link href={address({ words, policy: "", version: "" })}>{words}</Link>
      ))}
    />
  </Stack>
);

type NothingFoundProps = {
  actor: Actor;
  request: SearchRequest;
  scope: SearchScope;
  own: SearchAnswer["own"][number] | undefined;
};

const NothingFound = async ({ actor, request, scope, own }: NothingFoundProps) => (
  <Stack>
    <ul>
      <li>Use fewer words, or other ones.</li>
      {request.policy !== ALL_POLICIES && scope.policies.length > 1 && (
        <li>
          <Link href={address({ words: request.words, policy: ALL_POLICIES, version: "" })}>
            Search in all policies
          </Link>
        </li>
      )}
      <li>
        <Link href="/check">Check it</Link> by answering a few questions.
      </li>
      {own && (
        <li>
          <Link href={unfoundHref(own.slug, request.words)}>Tell the policy owner what you looked for</Link>. They see
          how often nothing was found, and your words only if you agree.
        </li>
      )}
      {own && (
        <li>
          <Link href={askHref(own.slug, request.words)}>Ask the policy owner</Link>. They answer you.
        </li>
      )}
    </ul>
    {scope.contacts.length > 0 && (
      <>
        <h2>Who to ask</h2>
        <ContactList contacts={scope.contacts} manager={await getOwnLineManager(actor)} />
      </>
    )}
  </Stack>
);

const askHref = (slug: string, words: string): string =>
  `/policies/${encodeURIComponent(slug)}/ask?${new URLSearchParams({ say: words }).toString()}`;

/** @param isFound something was found, so that the search has not counted it */
function unfoundHref(slug: string, words: string, isFound = false): string {
  const query = { policy: slug, q: words, ...(isFound && { found: "1" }) };
  return `/search/unfound?${new URLSearchParams(query).toString()}`;
}

function inWords(answer: SearchAnswer | null, { words, clauses }: SearchRequest): string {
  if (!answer) return "There is no such policy or version, or none that you may read.";
  const { total, page, pages } = answer;
  const counted = total === 1 ? "1 clause" : `${total} clauses`;
  if (clauses) return `${counted} about “${words}”.`;
  if (total === 0) return `Nothing found for “${words}”.`;
  return `${counted} found for “${words}”.${pages > 1 ? ` Page ${page} of ${pages}.` : ""}`;
}

function address({ words, policy, version }: SearchRequest, page = 1): string {
  const parts = Object.entries({ q: words, policy, version, page: page === 1 ? "" : String(page) });
  return `/search?${new URLSearchParams(parts.filter(([, value]) => value !== "")).toString()}`;
}

const KIND_WORDS = { obligation: "Obligation", answer: "Answer", example: "Example" } as const;

/** The clauses found, best first. @param first number of the first one, counted from 1 */
const ResultList = ({ results, first }: { results: readonly SearchResult[]; first: number }) => (
  <ol start={first} className="list-none space-y-8">
    {results.map((result) => (
      <li key={result.href} className="max-w-text space-y-1.5">
        <h2>
          <Link href={result.href}>
            Clause {result.clause}
            {result.section && `: ${result.section.replace(/^[\d.]+\s+/, "")}`}
          </Link>
        </h2>
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-small text-soft">
          <span>
            {result.title}, version {result.version}
          </span>
          {!result.isMine && <Tag tone="warning">{result.bodyName}: not your employer</Tag>}
          {!result.isPublished && <Tag tone="warning">Not published yet</Tag>}
        </p>
        <p>
          <Marked pieces={result.text} />
        </p>
        {result.others.map(({ kind, text }, at) => (
          <p key={at} className="text-small">
            <Tag>{KIND_WORDS[kind]}</Tag> <Marked pieces={text} />
          </p>
        ))}
      </li>
    ))}
  </ol>
);

const Marked = ({ pieces }: { pieces: readonly Piece[] }) =>
  pieces.map(({ text, isHit }, at) =>
    isHit ? (
      <mark key={at} className="bg-accent-tint font-bold text-ink">
        {text}
      </mark>
    ) : (
      text
    ),
  );

function SearchFields({ request, scope, error }: { request: SearchRequest; scope: SearchScope; error: string | null }) {
  const { words, policy, version } = request;
  const current = scope.versions.find(({ isCurrent }) => isCurrent);
  const others = scope.versions.filter(({ isCurrent }) => !isCurrent);
  const hasOwn = scope.policies.some(({ isMine }) => isMine);
  const [only, ...more] = scope.policies;
  return (
    <form action="/search" method="get" role="search" noValidate>
      <div className="space-y-4">
        <SearchField name="q" label="What are you looking for?" button="Search" value={words} error={error} />
        <div className="flex flex-wrap gap-x-5 gap-y-4 max-sm:[&>div]:w-full">
          {more.length === 0 ? (
            only && <input type="hidden" name="policy" value={only.slug} />
          ) : (
            <SelectField
              name="policy"
              label="Policy"
              defaultValue={policy}
              options={[
                ...(hasOwn ? [{ value: "", label: "Your own policies" }] : []),
                { value: hasOwn ? ALL_POLICIES : "", label: "All policies" },
                ...scope.policies.map(({ slug, title, bodyName, isMine }) => ({
                  value: slug,
                  label: isMine ? title : `${title} (${bodyName})`,
                })),
              ]}
            />
          )}
          {others.length > 0 && (
            <SelectField
              name="version"
              label="Version"
              defaultValue={version === current?.version ? "" : version}
              options={[
                ...(current ? [{ value: "", label: `${current.version}, the current one` }] : []),
                ...others.map(({ version: number }) => ({ value: number, label: number })),
              ]}
            />
          )}
        </div>
      </div>
    </form>
  );
}
