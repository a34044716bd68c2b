import { Banner } from "#app/_ui/banner.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Link } from "#app/_ui/link.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";

/** Says that a version is not in force today, with a link to the one that is. */
export function VersionBanner({ policy: { version, state, current } }: { policy: ReadablePolicy }) {
  const { slug, version: number, frontMatter } = version;
  if (current === number) return null;
  const links = current !== null && (
    <Cluster>
      <Link href={`/policies/${slug}`}>Read version {current}</Link>
      <Link href={`/policies/${slug}/changes?${new URLSearchParams({ from: number, to: current }).toString()}`}>
        See what changed
      </Link>
    </Cluster>
  );
  switch (state) {
    case "superseded":
      return (
        <Banner
          tone="warning"
          title={`This is an old version. ${current === null ? "It no longer applies." : `Version ${current} applies now.`}`}
        >
          <p>{current !== null && "Follow the newer one. "}This page is a record of the past.</p>
          {links}
        </Banner>
      );
    case "future":
      return (
        <Banner tone="warning" title={`This version applies from ${dateInWords(frontMatter.effective ?? "")}`}>
          <p>{current === null ? "Until then no version applies." : `Until then follow version ${current}.`}</p>
          {links}
        </Banner>
      );
    case "draft":
      return (
        <Banner tone="warning" title="This version is a draft">
          <p>{current === null ? "No version applies yet." : `Version ${current} applies.`}</p>
          {links}
        </Banner>
      );
    default:
      return null;
  }
}
