import { definePage, showPage } from "#app/_portal/form/page.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { getPolicyOnDay } from "#server/policy/policy/day-queries.ts";
import { listVersions } from "#server/policy/policy/queries.ts";
import { PolicyView } from "#app/(portal)/(policy)/policies/[slug]/policy-view.tsx";
import { AskDay } from "../ask-day.tsx";
import { readDayPart } from "../read-day.ts";
import { DayBanner } from "./day-banner.tsx";
import { NoVersionInForcePage } from "./no-version-in-force-page.tsx";

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

/** A policy as it was on a day. */
const { generateMetadata, Page } = showPage(page, ({ actor, view, params: { slug, date: day } }) => {
  if (view.kind === "wrong") return <AskDay actor={actor} slug={slug} title={view.title} wrong={view} />;
  if (view.kind === "none") return <NoVersionInForcePage {...view} actor={actor} slug={slug} day={day} />;
  const banner = <DayBanner actor={actor} held={view} day={day} />;
  return <PolicyView actor={actor} policy={view.policy} own={null} banner={banner} />;
});
export { generateMetadata, Page as default };
