import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { correctionWords } from "#domain/policy/policy/front-matter.ts";
import { listVersions, type VersionEntry } from "#server/policy/policy/queries.ts";

type ChangeHistoryProps = {
  actor: Actor;
  slug: string;
  /** Number of the version whose page it is on. */
  shown: string;
};

/** Every version of a policy that the reader may read, newest first. */
export async function ChangeHistory({ actor, slug, shown }: ChangeHistoryProps) {
  const versions = (await listVersions(actor, slug)) ?? [];
  return (
    <>
      <DataTable
        caption="Change history"
        columns={{
          Version: (entry) => <VersionLink slug={slug} entry={entry} isShown={entry.version.version === shown} />,
          Status: (entry) => (entry.isPublished ? STATE_WORDS[entry.state] : "Not published yet"),
          "In effect from": (entry) =>
            entry.version.frontMatter.effective ? (
              dateInWords(entry.version.frontMatter.effective)
            ) : (
              <Missing what="date" />
            ),
          "Everybody answers again": (entry) => MATERIAL_WORDS[entry.material ?? "minor"],
          "What changed": (entry) => <Note slug={slug} entry={entry} />,
        }}
        rows={versions}
      />
      <p className="no-print">
        <Link href={`/policies/${slug}/on`}>See what applied on a past day</Link>
      </p>
    </>
  );
}

const MATERIAL_WORDS = {
  first: "Yes, the first version",
  outcome: "Yes, material: outcomes change",
  raised: "Yes, material: its author asks for it",
  minor: "No, minor: earlier answers still count",
} as const satisfies Record<NonNullable<VersionEntry["material"]> | "minor", string>;

function VersionLink({ slug, entry: { version }, isShown }: { slug: string; entry: VersionEntry; isShown: boolean }) {
  const correction = correctionWords(version.frontMatter);
  return (
    <>
      {isShown ? (
        `${version.version} (this one)`
      ) : (
        <Link href={`/policies/${slug}/versions/${version.version}`} className="no-address">
          <VisuallyHidden>Version </VisuallyHidden>
          {version.version}
        </Link>
      )}
      {correction && `, ${correction}`}
    </>
  );
}

function Note({ slug, entry: { version, follows, material } }: { slug: string; entry: VersionEntry }) {
  const query = new URLSearchParams({ from: follows ?? "", to: version.version });
  return (
    <>
      {version.frontMatter.changeNote ?? <Missing what="change note" />}
      {material === "raised" && version.frontMatter.materialReason && ` ${version.frontMatter.materialReason}`}
      {follows !== null && (
        <>
          {" "}
          <Link href={`/policies/${slug}/changes?${query.toString()}`} className="no-print">
            Compare with {follows}
          </Link>
        </>
      )}
    </>
  );
}
