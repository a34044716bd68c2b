import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { getPolicyToRead } from "#server/policy/policy/queries.ts";
import { listNotes } from "#server/policy/question/queries.ts";
import { PolicyView } from "./policy-view.tsx";

const page = definePage({
  path: "/policies/[slug]",
  read: ({ actor, params }) => getPolicyToRead(actor, params.slug),
  heading: ({ view: { version, body } }) => `${version.frontMatter.title}, ${body.shortName}`,
});

const { generateMetadata, Page } = showPage(page, async ({ actor, view: policy }) => {
  const { version, isMine } = policy;
  // Both at once; the view shows the notes.
  const [own] = await Promise.all([isMine ? getOwnStanding(actor, version.slug) : null, listNotes(actor, version)]);
  return <PolicyView actor={actor} policy={policy} own={own} />;
});
export { generateMetadata, Page as default };
