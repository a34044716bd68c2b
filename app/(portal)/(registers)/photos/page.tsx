import { EntryList } from "#app/(portal)/(registers)/_list/entry-list.tsx";
import { definePage, framedPage, together } from "#app/_portal/form/form.tsx";
import { ButtonLine, PageSection } from "#app/_ui/layout.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { readPageCursor } from "#domain/base/list/page.ts";
import { getOwnConsents } from "#server/registers/consent/queries.ts";
import { ConsentFormLinks } from "./consent-fields.tsx";
import { consents, ConsentTag } from "./register.tsx";

/** The photo consents that the reader recorded; for governance officers all those of the body. */
const page = definePage({
  path: "/photos",
  read: ({ actor, query }) =>
    together({ all: consents.read(actor, query), own: getOwnConsents(actor, readPageCursor(query, "own")) }),
  heading: "Photo consents",
  gap: "section",
  intro: ({ actor }) => (
    <>
      <p>
        A picture of people needs their consent, on your employer’s form. Record the form that you hold: it is then
        offered when you ask about a photo.
      </p>
      <ButtonLine href="/photos/new">Record a consent</ButtonLine>
      <ConsentFormLinks actor={actor} />
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { own, all } }) => (
  <>
    {all && <PageSection title="All of your organisation">{consents.show(all)}</PageSection>}
    <EntryList
      title={all && "Recorded by you"}
      caption="Photo consents that you recorded"
      path="/photos"
      list="own"
      page={own}
      pages="Pages of those recorded by you"
      columns={{
        "In the picture": ({ name }) => <bdi>{name}</bdi>,
        Until: ({ until }) => dateInWords(until),
        State: ({ state }) => <ConsentTag state={state} />,
      }}
      empty="You have not recorded any yet. Only you and the governance officers see what you record here."
    />
  </>
));
export { generateMetadata, Page as default };
