import { framedPage } from "#app/_portal/form/form-page.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { MoreLinks } from "./more-links.tsx";

/** Everything that the reader can open, one step behind the start page. */
const page = definePage({
  path: "/more",
  read: () => true,
  heading: "All pages",
  section: "more",
  gap: "section",
});

const { generateMetadata, Page } = framedPage(page, ({ actor }) => <MoreLinks actor={actor} />);

export { generateMetadata, Page as default };
