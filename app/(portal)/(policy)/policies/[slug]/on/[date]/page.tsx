import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { getPolicyOnDay, type PolicyOnDay, type NoVersionInForce } from "#server/policy/policy/day-queries.ts";
import { listVersions } from "#server/policy/policy/queries.ts";
import { PolicyView } from "#app/(portal)/(policy)/policies/[slug]/policy-view.tsx";
import { AskDay, DayForm } from "../ask-day.tsx";
import { readDayPart } from "../read-day.ts";
import { Banner } from "#app/_ui/content.tsx";
import { BackLink, Cluster, Disclosure, Link, PageHeading, Stack } from "#app/_ui/layout.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { headlineOf, startNote } from "#domain/gather/foi/figures.ts";
import { mayMakeFoiPack } from "#server/gather/foi/queries.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";

const page = definePage({
  path: "/policies/[slug]/on/[date]",
  async read({ actor, params: { slug, date } }) {
    const asked = readDayPart(date);
    if (asked.kind !== "wrong") return getPolicyOnDay(actor, slug, asked.day);
    const [newest] = (await listVersions(actor, slug)) ?? [];
    return newest ? { ...asked, title: newest.version.frontMatter.title } : null;
  },
  heading: ({ view, params: { date } }) => {
    if (view.kind === "wrong") return `Error: What applied on a day, ${view.title}`;
    if (view.kind === "none") return `${view.title} on ${dateInWords(date)}`;
    const { frontMatter, version } = view.policy.version;
    return `${frontMatter.title} on ${dateInWords(date)}, version ${version}`;
  },
});

const { generateMetadata, Page } = showPage(page, ({ actor, view, params: { slug, date: day } }) => {
  if (view.kind === "wrong") return <AskDay actor={actor} slug={slug} title={view.title} wrong={view} />;
  if (view.kind === "none") return <NoVersionInForcePage {...view} actor={actor} slug={slug} day={day} />;
  const banner = <DayBanner actor={actor} held={view} day={day} />;
  return <PolicyView actor={actor} policy={view.policy} own={null} banner={banner} />;
});
export { generateMetadata, Page as default };

/** Which version was in force on the day, how certain that is, and links to go on from there. */
function DayBanner({ actor, held, day }: { actor: Actor; held: PolicyOnDay; day: string }) {
  const { policy, notes, servedAt } = held;
  const { slug, version } = policy.version;
  const note = startNote(notes, servedAt);
  const isCurrent = policy.current === version;
  return (
    <>
      <Banner tone={isCurrent ? "info" : "warning"} title={headlineOf(notes, day, version)}>
        {note && <p>{note}</p>}
        <Cluster>
          <Link href={`/policies/${slug}/versions/${version}`}>Version {version} at its own address</Link>
          {!isCurrent && policy.current !== null && (
            <Link href={`/policies/${slug}`}>What applies now: version {policy.current}</Link>
          )}
          {mayMakeFoiPack(actor, held) && (
            <Link href={`/policies/${slug}/on/${day}/foi-pack`}>FOI pack for this day</Link>
          )}
        </Cluster>
      </Banner>
      <div className="no-print">
        <Disclosure summary="See another day">
          <DayForm slug={slug} />
        </Disclosure>
      </div>
    </>
  );
}

type NoVersionInForcePageProps = NoVersionInForce & { actor: Actor; slug: string; day: string };

/** A day on which no version of the policy was in force: why, and since when one has been. */
const NoVersionInForcePage = ({ actor, slug, day, title, withdrawn, next }: NoVersionInForcePageProps) => (
  <PortalPage actor={actor} section="policies" gap="loose">
    <Stack>
      <BackLink href={`/policies/${slug}`}>{title}</BackLink>
      <PageHeading>No version applied on {dateInWords(day)}</PageHeading>
      {withdrawn !== null && <p>The policy was withdrawn with version {withdrawn}.</p>}
      {next ? (
        <p>
          {withdrawn === null ? "The first one applies from" : "It applies again from"} {dateInWords(next.day)}:{" "}
          <Link href={`/policies/${slug}/on/${next.day}`}>version {next.version}</Link>.
        </p>
      ) : (
        withdrawn === null && <p>No version has come into force yet. What you can read is a draft.</p>
      )}
    </Stack>
    <DayForm slug={slug} />
  </PortalPage>
);
