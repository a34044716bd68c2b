import { definePage, showPage } from "#app/_portal/form/page.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getChangesPage, type ChangesPage } from "#server/policy/policy/change-queries.ts";
import { ChangesForPeople } from "./changes-for-people.tsx";
import { ChangesInShort } from "./changes-in-short.tsx";
import { OutcomeChanges } from "./outcome-changes.tsx";
import { TextChanges } from "./text-changes.tsx";

const page = definePage({
  path: "/policies/[slug]/changes",
  async read({ actor, params: { slug }, query }) {
    const last = (name: string) => ([query[name] ?? ""].flat().at(-1) ?? "").trim();
    const page = await getChangesPage(actor, slug, { from: last("from"), to: last("to") });
    if (!page) return null;
    const shown = page.versions.find(({ version }) => version.version === page.to) ?? page.versions[0];
    return { ...page, title: shown?.version.frontMatter.title ?? slug };
  },
  heading: ({ view }) => heading(view),
  title: ({ view }) => `${view.unknown.length > 0 ? "Error: " : ""}${heading(view)}: ${view.title}`,
});

/** The differences between two versions: in short and for people first; every situation and the text are folded. */
const { generateMetadata, Page } = showPage(page, ({ actor, params: { slug }, view }) => {
  const { changes, versions, unknown, title, from, to } = view;
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="section">
        <Stack>
          <BackLink href={`/policies/${slug}`}>The policy</BackLink>
          <ErrorSummary
            errors={unknown.map((number) => ({
              field: number === to ? "to" : "from",
              message: `There is no version ${number.slice(0, 20)} of this policy. Choose one from the list.`,
            }))}
          />
          <PageHeading kicker={title}>{heading(view)}</PageHeading>
        </Stack>
        {changes && (
          <>
            <ChangesInShort changes={changes} />
            <ChangesForPeople changes={changes} />
            <div>
              <Disclosure summary="Every situation and duty that changes">
                <Stack gap="section">
                  <OutcomeChanges changes={changes} />
                </Stack>
              </Disclosure>
              <Disclosure summary="The text, clause by clause">
                <Stack gap="section">
                  <TextChanges changes={changes} />
                </Stack>
              </Disclosure>
            </div>
          </>
        )}
        {versions.length > 1 && unknown.length === 0 && !changes && (
          <p>
            {from === to
              ? "You chose the same version twice. Choose two different ones."
              : `Nothing comes before version ${to}. Choose another version to compare.`}
          </p>
        )}
        {versions.length > 1 ? (
          <FilterForm action={`/policies/${slug}/changes`}>
            <VersionChoice name="from" label="From version" chosen={from} page={view} />
            <VersionChoice name="to" label="To version" chosen={to} page={view} />
          </FilterForm>
        ) : (
          <p>There is only one version, so nothing has changed.</p>
        )}
      </Stack>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

type ChoiceProps = { name: string; label: string; chosen: string; page: ChangesPage };

function VersionChoice({ name, label, chosen, page: { versions, unknown } }: ChoiceProps) {
  return (
    <SelectField
      name={name}
      label={label}
      defaultValue={chosen}
      error={chosen !== "" && unknown.includes(chosen) ? "Choose a version" : undefined}
      options={versions.map(({ version: { version }, state }) => ({
        value: version,
        label: `${version} (${STATE_WORDS[state].toLowerCase()})`,
      }))}
    />
  );
}

function heading({ own, from, changes }: ChangesPage): string {
  if (!changes) return "What changed";
  if (own) return `What changed since you ${own} version ${from}`;
  return `What changed from version ${from} to ${changes.to.version.version}`;
}
