import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { getPolicyVersion } from "#server/policy/policy/queries.ts";
import { PolicyView } from "#app/(portal)/(policy)/policies/[slug]/policy-view.tsx";

const page = definePage({
  path: "/policies/[slug]/versions/[version]",
  read: ({ actor, params }) => getPolicyVersion(actor, params.slug, params.version),
  heading: ({ view: { version, body } }) =>
    `${version.frontMatter.title}, ${body.shortName}, version ${version.version}`,
});

/** One version of a policy at its own address, even if another one is in force. */
const { generateMetadata, Page } = showPage(page, ({ actor, view }) => (
  <PolicyView actor={actor} policy={view} own={null} />
));
export { generateMetadata, Page as default };
