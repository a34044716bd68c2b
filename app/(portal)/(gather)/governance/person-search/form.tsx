import { strToU8, zipSync } from "fflate";
import { hidden, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, lastOf, wholeQuery } from "#app/_portal/form/form.tsx";
import { zipResponse } from "#app/_portal/file-response.ts";
import { Button, Link, PageSection, Stack } from "#app/_ui/layout.tsx";
import { type FoundMention, type PersonFinds, searchRegisters } from "#server/gather/person-search/queries.ts";
import { makeSubjectPack } from "#server/gather/person-search/service.ts";
import { readablePage } from "../../me/data/readable.ts";
import { PersonName } from "#app/_portal/person-name.tsx";
import { FilterForm, TextField } from "#app/_ui/fields.tsx";

/** Everything about one person, in every register: `?q=` is a name, `?person=` somebody of the directory; `?hold=` is for all whom a hold names. */
export const page = definePage({
  path: "/governance/person-search",
  suffix: wholeQuery,
  read({ actor, query }) {
    const [typed = "", personId = "", hold = ""] = ["q", "person", "hold"].map((name) => lastOf(query, name));
    return searchRegisters(actor, { typed, personId, hold });
  },
  heading: ({ view }) => (view.finds?.person ? `What is held about ${view.finds.person.name}` : "Search for a person"),
});

/** Downloads what is held about them. */
export const form = defineForm(page, {
  fields: {
    person: hidden(),
    purpose: text("What is the pack for?", {
      hint: "A subject access request and its number, for example. It goes into the evidence.",
      width: "half",
    }),
  },
  stored: ({ view }) => ({ person: view.finds?.person?.id ?? "" }),
  button: <Button look="quiet">Download the pack</Button>,
  submit: ({ actor, values: { person, purpose } }) => makeSubjectPack(actor, person, purpose),
  done({ pack, toCheck }) {
    const json = (value: unknown) => JSON.stringify(value, null, 2);
    const page = (heading: string, value: unknown) => readablePage(heading, JSON.parse(json(value)));
    const files = {
      "pack/to-hand-out.html": page("What the portal holds about you", pack),
      "pack/to-hand-out.json": `${json(pack)}\n`,
      "pack/check-first.html": page("Look at this before you hand the pack out", toCheck),
    };
    const bytes = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
    return { file: zipResponse("subject-pack.zip", bytes) };
  },
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
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

const Reference = ({ reference, href }: { reference: string | null; href: string | null }) =>
  href ? <Link href={href}>{reference ?? "Open"}</Link> : reference;

/** "placedById" → "placed by" */
const inWords = (column: string): string =>
  column === "personId"
    ? "theirs"
    : column.replace(/Id$/, "").replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
