import { framedPage, lastOf } from "#app/_portal/form/form.tsx";
import { PersonName } from "#app/_portal/person-name.tsx";
import { Link, PageSection, Stack } from "#app/_ui/layout.tsx";
import { FilterForm, TextField } from "#app/_ui/fields.tsx";
import type { FoundMention, PersonFinds } from "#server/gather/person-search/queries.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { people, finds, hold } = shown.view;
  const typed = lastOf(shown.query, "q");
  return (
    <>
      <p>
        It looks in every register, also in what others wrote, whatever the spelling. Reports that are kept from
        governance officers are not searched.
      </p>
      <FilterForm action="/governance/person-search">
        <TextField name="q" label="Name" type="search" defaultValue={typed ?? ""} />
      </FilterForm>
      {hold && (
        <>
          <Mentions
            title={`Kept by ${hold.reference}`}
            mentions={hold.mentions}
            empty="Nobody else wrote about its people or words."
            help="Others wrote these about its people or words. They are not deleted while the hold is in force."
          />
          <Mentions
            title="Perhaps about its people"
            mentions={hold.doubtful}
            empty="Nothing is in doubt."
            help="A first name, initials, or a name that several have: look yourself."
          />
        </>
      )}
      {typed && !finds?.person && (
        <PageSection title="In the directory">
          {people.length === 0 && <p>Nobody has this name.</p>}
          <ul>
            {people.map(
              (person) =>
                person && (
                  <li key={person.id}>
                    <Link href={`/governance/person-search?person=${encodeURIComponent(person.id)}`}>
                      <PersonName name={person.name} email={person.email} />
                    </Link>
                    {person.status === "left" && ", who has left"}
                  </li>
                ),
            )}
          </ul>
        </PageSection>
      )}
      {finds?.person && <Entries entries={finds.entries} />}
      {finds && (
        <>
          <Mentions title="Named by others" mentions={finds.sure} empty="Nobody else names them." />
          <Mentions
            title="Perhaps named"
            mentions={finds.doubtful}
            empty="Nothing is in doubt."
            help="A first name, initials, or a name that several have: look yourself."
          />
        </>
      )}
      {finds?.person && (
        <PageSection title="A pack for them">
          <p>
            All of this as one file, with the names of others replaced by “Person 1” and so on. Names that the portal
            does not know stay: read it before you hand it out.
          </p>
          {form.show(shown)}
        </PageSection>
      )}
    </>
  );
});

export { generateMetadata, Page as default };

const Entries = ({ entries }: Pick<PersonFinds, "entries">) => (
    <PageSection title={`Their own entries (${entries.length})`}>
      {entries.length === 0 && <p>None.</p>}
      <ul>
        {entries.map(({ table, column, place, reference, href }) => (
          <li key={`${table} ${column} ${reference ?? ""}`}>
            {place}, {inWords(column)} <Reference reference={reference} href={href} />
          </li>
        ))}
      </ul>
    </PageSection>
  );

type MentionsProps = { title: string; mentions: readonly FoundMention[]; empty: string; help?: string };

const Mentions = ({ title, mentions, empty, help }: MentionsProps) => (
    <Stack as="section">
      <h2>
        {title} ({mentions.length})
      </h2>
      {mentions.length === 0 ? <p>{empty}</p> : help && <p>{help}</p>}
      <ul>
        {mentions.map(({ place, reference, href, passage }, at) => (
          <li key={at}>
            {place} <Reference reference={reference} href={href} />: <bdi>{passage}</bdi>
          </li>
        ))}
      </ul>
    </Stack>
  );

const Reference = ({ reference, href }: { reference: string | null; href: string | null }) => href ? <Link href={href}>{reference ?? "Open"}</Link> : reference;

/** "placedById" → "placed by" */
function inWords(column: string): string {
  if (column === "personId") return "theirs";
  return column.replace(/Id$/, "").replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
