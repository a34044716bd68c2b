import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { LinkList } from "#app/_ui/layout.tsx";
import { hasComparison } from "#server/policy/policy/compare-queries.ts";
import { getCheckWords } from "#server/policy/policy/queries.ts";
import { deskPartsOf } from "../_desk/desk-parts.ts";

/**
 * @param check what the check does, in the words of the reader's policies
 * @param isCompared whether there are several policies
 */
const groupsOf = (
  check: string,
  isCompared: boolean,
): readonly { title: string; places: readonly { href: string; label: string }[] }[] => [
  {
    title: "Look it up",
    places: [
      { href: "/check", label: check },
      { href: "/search", label: "Search the policies" },
      { href: "/matrix", label: "See it in one table" },
      { href: "/policies", label: "All policies" },
      ...(isCompared ? [{ href: "/policies/compare", label: "Compare policies" }] : []),
    ],
  },
  {
    title: "Exceptions",
    places: [
      { href: "/exceptions/new", label: "Ask for an exception" },
      { href: "/exceptions", label: "Your exceptions" },
    ],
  },
  {
    title: "Chat groups",
    places: [
      { href: "/groups", label: "Your chat groups" },
      { href: "/groups/new", label: "Register a group" },
      { href: "/apps", label: "Which apps are approved" },
    ],
  },
  {
    title: "Your records",
    places: [
      { href: "/tasks", label: "Your tasks" },
      { href: "/decisions", label: "Your kept results" },
      { href: "/acknowledgements", label: "Your acknowledgements" },
      { href: "/questions", label: "Your questions" },
      { href: "/records", label: "Captured records" },
      { href: "/photos", label: "Photo consents" },
      { href: "/incidents", label: "Your reports of accidents" },
      { href: "/requests", label: "Searches you were asked for" },
      { href: "/complaints/new", label: "Complain about your data" },
      { href: "/holds", label: "Holds: what not to delete" },
      { href: "/phone-returns", label: "Your phone goes" },
      { href: "/me", label: "What is held about you" },
    ],
  },
];

/** Everything that the reader can open, one step behind the start page; what their roles open comes last. */
const page = definePage({
  path: "/more",
  async read({ actor }) {
    const own = deskPartsOf(actor).map(({ title, pages }) => ({ title: `Your role: ${title}`, places: pages }));
    return [...groupsOf(await getCheckWords(actor), await hasComparison(actor)), ...own];
  },
  heading: "All pages",
  gap: "section",
});

const { generateMetadata, Page } = framedPage(page, ({ view: groups }) => (
  <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,14rem),1fr))] gap-x-8 gap-y-7">
    {groups.map(({ title, places }) => (
      <section key={title} aria-label={title}>
        <h2 className="text-body">{title}</h2>
        <LinkList links={places} />
      </section>
    ))}
  </div>
));
export { generateMetadata, Page as default };
