import { Link } from "#app/_ui/link.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import type { SearchResult } from "#server/policy/search/queries.ts";
import type { Piece } from "#domain/policy/search/mark.ts";

const KIND_WORDS = { obligation: "Obligation", answer: "Answer", example: "Example" } as const;

/** The clauses found, best first. @param first number of the first one, counted from 1 */
export function ResultList({ results, first }: { results: readonly SearchResult[]; first: number }) {
  return (
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
}

function Marked({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ text, isHit }, at) =>
    isHit ? (
      <mark key={at} className="bg-accent-tint font-bold text-ink">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
