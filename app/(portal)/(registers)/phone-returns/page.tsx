import { definePage, framedPage, together } from "#app/_portal/form/form.tsx";
import { ButtonLine, LinkList, PageSection } from "#app/_ui/layout.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { PHONE_RETURN_STATES } from "#domain/registers/phone-return/phone-return.ts";
import { listOwnPhoneReturns } from "#server/registers/phone-return/queries.ts";
import { phoneReturns } from "./register.tsx";

const page = definePage({
  path: "/phone-returns",
  read: ({ actor, query }) => together({ own: listOwnPhoneReturns(actor), all: phoneReturns.read(actor, query) }),
  heading: "Phone returns",
  gap: "section",
  intro: (
    <>
      <p className="text-lead">
        Before a phone is replaced, wiped, lost or handed in, what has value on it goes to the record.
      </p>
      <ButtonLine href="/phone-returns/new">Say that a phone goes</ButtonLine>
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ actor, view: { own, all } }) => (
  <>
    <PageSection title="Yours, and those you started or checked">
      {own.length === 0 ? (
        <p className="text-soft">None yet. Start one before you hand in, reset or replace a phone.</p>
      ) : (
        <LinkList
          links={own.map(({ reference, person, dueOn, state }) => ({
            href: `/phone-returns/${reference}`,
            label: `${reference}: ${person.id === actor.personId ? "your phone" : person.name}, ${dateInWords(dueOn)}. ${PHONE_RETURN_STATES[state]}`,
          }))}
        />
      )}
    </PageSection>
    {all && <PageSection title="All of your organisation">{phoneReturns.show(all)}</PageSection>}
  </>
));
export { generateMetadata, Page as default };
