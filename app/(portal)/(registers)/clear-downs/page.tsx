import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { clearDowns } from "./register.tsx";

const page = definePage({
  path: "/clear-downs",
  read: ({ actor, query }) => clearDowns.read(actor, query),
  heading: "Clear-downs",
  back: { href: "/groups", label: "Chat groups" },
  intro: <p>What was confirmed as deleted. The ledger of each group also says what was missed, and why.</p>,
});

const { generateMetadata, Page } = framedPage(page, ({ view }) => clearDowns.show(view));
export { generateMetadata, Page as default };
