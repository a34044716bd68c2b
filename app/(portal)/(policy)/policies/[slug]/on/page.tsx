import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { redirect } from "next/navigation";
import { listVersions } from "#server/policy/policy/queries.ts";
import { AskDay } from "./ask-day.tsx";
import { readDayQuery } from "./read-day.ts";

const page = definePage({
  path: "/policies/[slug]/on",
  async read({ actor, params, query }) {
    const [newest] = (await listVersions(actor, params.slug)) ?? [];
    return newest ? { title: newest.version.frontMatter.title, asked: readDayQuery(query) } : null;
  },
  heading: ({ view: { title, asked } }) => `${asked.kind === "wrong" ? "Error: " : ""}What applied on a day, ${title}`,
});

/** Redirects from the day entered in a form to what was in force on it: a plain form cannot build that address. */
const { generateMetadata, Page } = showPage(page, ({ actor, params: { slug }, view: { title, asked } }) => {
  if (asked.kind === "day") redirect(`/policies/${slug}/on/${asked.day}`);
  return <AskDay actor={actor} slug={slug} title={title} wrong={asked.kind === "wrong" ? asked : undefined} />;
});
export { generateMetadata, Page as default };
