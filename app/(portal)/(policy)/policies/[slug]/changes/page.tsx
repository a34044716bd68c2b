import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { getChangesPage, type ChangesPage } from "#server/policy/policy/change-queries.ts";
import { ChangesForPeople } from "./changes-for-people.tsx";
import { ChangesInShort } from "./changes-in-short.tsx";
import { OutcomeChanges } from "./outcome-changes.tsx";
import { TextChanges } from "./text-changes.tsx";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const found = await readPage(props);
  if (!found) return { title: "Page not found" };
  const { page, title } = found;
  return { title: `${page.unknown.length > 0 ? "Error: " : ""}${heading(page)}: ${title}` };
}

/** The differences between two versions: in short and for people first; every situation and the text are folded. */
export default async function ChangesOfPolicyPage(props: Props) {
  const found = await readPage(props);
  if (!found) notFound();
  const { actor, slug, page, title } = found;
  const { changes, versions, unknown } = page;
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="section">
        <Stack>
          <BackLink href={`/policies/${slug}`}>The policy</BackLink>
          <ErrorSummary
            errors={unknown.map((number) => ({
              field: number === page.to ? "to" : "from",
              message: `There is no version ${number.slice(0, 20)} of this policy. Choose one from the list.`,
            }))}
          />
          <PageHeading kicker={title}>{heading(page)}</PageHeading>
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
            {page.from === page.to
              ? "You chose the same version twice. Choose two different ones."
              : `Nothing comes before version ${page.to}. Choose another version to compare.`}
          </p>
        )}
        {versions.length > 1 ? (
          <FilterForm action={`/policies/${slug}/changes`}>
            <VersionChoice name="from" label="From version" chosen={page.from} page={page} />
            <VersionChoice name="to" label="To version" chosen={page.to} page={page} />
          </FilterForm>
        ) : (
          <p>There is only one version, so nothing has changed.</p>
        )}
      </Stack>
    </PortalPage>
  );
}

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

const readPage = readOnce(async ({ params, searchParams }: Props) => {
  const actor = await requireActor();
  const { slug } = await params;
  const query = await searchParams;
  const last = (name: string) => ([query[name] ?? ""].flat().at(-1) ?? "").trim();
  const page = await getChangesPage(actor, slug, { from: last("from"), to: last("to") });
  if (!page) return null;
  const shown = page.versions.find(({ version }) => version.version === page.to) ?? page.versions[0];
  return { actor, slug, page, title: shown?.version.frontMatter.title ?? slug };
});
