import { Fragment } from "react";
import { Link } from "#app/_ui/layout.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";

type ClauseLinksProps = {
  slug: string;
  /** Its number; without it they lead to the text in force. */
  version?: string;
  ids: readonly string[];
  className?: string;
};

/** Clauses by their numbers, each a link into the text: "2.1, 2.4". */
export function ClauseLinks({ slug, version, ids, className }: ClauseLinksProps) {
  const text = version === undefined ? `/policies/${slug}` : `/policies/${slug}/versions/${version}`;
  return ids.map((id, at) => (
    <Fragment key={id}>
      {at > 0 && ", "}
      <Link href={`${text}#${clauseAnchor(id)}`} className={className}>
        {id}
      </Link>
    </Fragment>
  ));
}
