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
          title={`This is an old version. ${current === null ? "It no longer holds." : `Version ${current} holds now.`}`}
        >
          <p>{current !== null && "Keep to the newer one. "}This page is for looking back.</p>
          {links}
        </Banner>
      );
    case "future":
      return (
        <Banner tone="warning" title={`This version holds from ${dateInWords(frontMatter.effective ?? "")}`}>
          <p>{current === null ? "Until then no version holds." : `Until then keep to version ${current}.`}</p>
          {links}
        </Banner>
      );
    case "draft":
      return (
        <Banner tone="warning" title="This version is a draft">
          <p>{current === null ? "No version holds yet." : `Version ${current} holds.`}</p>
          {links}
        </Banner>
      );
    default:
      return null;
  }
}
