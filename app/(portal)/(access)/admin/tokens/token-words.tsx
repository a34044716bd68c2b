import { Lines } from "#app/_ui/layout.tsx";
import { Tag, type TagTone } from "#app/_ui/content.tsx";
import { END_REASONS, STORED_SCOPE_WORDS, type TokenState as State } from "#domain/access/api-token/api-token.ts";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { TokenPerson, TokenView } from "#server/access/api-token/queries.ts";

const STATES = {
  active: { word: "Active", tone: "good" },
  expired: { word: "Expired", tone: "neutral" },
  revoked: { word: "Revoked", tone: "neutral" },
  ended: { word: "Ended", tone: "warning" },
} as const satisfies Record<State, { word: string; tone: TagTone }>;

/** The state of a token, and why it ended if it did so early. */
export function TokenStateTag({ state, ended }: Pick<TokenView, "state" | "ended">) {
  const { word, tone } = STATES[state];
  return (
    <>
      <Tag tone={tone}>{word}</Tag>
      {state === "ended" && ended && <span className="block text-small text-soft">{END_REASONS[ended.reason]}</span>}
    </>
  );
}

/** What the program may do, one line each. */
export const TokenScopes = ({ scopes }: Pick<TokenView, "scopes">) => (
  <Lines className="list-none" lines={scopes.map((scope) => STORED_SCOPE_WORDS[scope])} />
);

export function tokenPerson({ name, hasLeft, isActor }: TokenPerson): string {
  if (isActor) return "You";
  return hasLeft ? `${name}, who has left` : name;
}

export const lastUse = ({ lastUsedOn }: Pick<TokenView, "lastUsedOn">): string =>
  lastUsedOn === null ? "Never" : dateInWords(lastUsedOn);

export const lastDayOfToken = ({ expiresAt }: Pick<TokenView, "expiresAt">): string => dateInWords(lastDay(expiresAt));

/** Address of the form that makes a token's replacement. */
export const nextTokenPath = (reference: string): string => `/admin/tokens/new?follows=${reference}`;

/** Address of a token's page, or of a page below it. */
export function tokenPath(reference: string, below?: "revoke"): string {
  const path = `/admin/tokens/${parseReference("TOK", reference) ?? encodeURIComponent(reference)}`;
  return below ? `${path}/${below}` : path;
}
