import { revision, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Button, PageSection } from "#app/_ui/layout.tsx";
import { Steps, SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import * as words from "#domain/registers/phone-return/phone-return.ts";
import { getPhoneReturn } from "#server/registers/phone-return/queries.ts";
import { cancelPhoneReturn, checkPhoneReturn, statePhoneReturn } from "#server/registers/phone-return/service.ts";

/** A phone that goes: what was moved from it, what a hold needs, and who checked. */
const page = definePage({
  path: "/phone-returns/[reference]",
  reference: "PHR",
  read: ({ actor, params }) => getPhoneReturn(actor, params.reference),
  kicker: ({ view }) => view.reference,
  gap: "section",
  back: { href: "/phone-returns", label: "Phone returns" },
  heading: ({ view }) => (view.isOwn ? "Your phone goes" : `The phone of ${view.person.name} goes`),
  title: ({ params }) => `Phone return ${params.reference}`,
});

const stateForm = defineForm(page, {
  do: "state",
  fields: {
    revision: revision(),
    moved: text("What was moved to the record, and where is it?", {
      hint: "With references, such as REC-… If nothing had value, write that.",
      lines: 4,
    }),
    heldCopied: text("Where was what a hold needs copied to?", {
      hint: "The system and its reference. Leave it empty if no hold is shown above.",
      lines: 2,
    }),
  },
  stored: ({ view: { revision: seen, moved, heldCopied } }) => ({ revision: seen, moved, heldCopied }),
  button: ({ view }) => (view.statedAt ? "Say it again" : "Say what was moved"),
  submit: ({ actor, params, values }) => statePhoneReturn(actor, params.reference, values),
});

const checkForm = defineForm(page, {
  do: "check",
  fields: { revision: revision(), note: text("What did you look at?", { lines: 2 }) },
  stored: ({ view }) => ({ revision: view.revision }),
  button: "Checked: the phone may go",
  submit: ({ actor, params, values }) => checkPhoneReturn(actor, params.reference, values),
});

const cancelForm = defineForm(page, {
  do: "cancel",
  fields: { revision: revision(), reason: text("Why does it stay, or is there none?", { lines: 2 }) },
  stored: ({ view }) => ({ revision: view.revision }),
  button: <Button look="quiet">The phone stays</Button>,
  submit: ({ actor, params, values }) => cancelPhoneReturn(actor, params.reference, values),
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [stateForm, checkForm, cancelForm], (shown) => {
  const { actor, view } = shown;
  const isOpen = view.state === "open" || view.state === "stated";
  return (
    <>
      {isOpen && <DoNotDelete holds={view.holds} />}
      {isOpen && view.stopping.length > 0 && (
        <p>The phone stays until what the hold needs is copied, and it is said here where to.</p>
      )}
      <SummaryList
        rows={{
          State: words.PHONE_RETURN_STATES[view.state],
          Why: words.PHONE_RETURN_REASONS[view.reason],
          "Goes on": dateInWords(view.dueOn),
          "Moved to the record": view.moved ? <UserText>{view.moved}</UserText> : "Not said yet",
          "Under a hold, copied to": view.heldCopied && <UserText>{view.heldCopied}</UserText>,
          [view.checkedBy ? "Checked by" : "Who checks"]:
            view.checkedBy?.name ?? (view.checkers.join(", ") || "Nobody can now. Ask an administrator."),
        }}
      />
      {view.mayState && <PageSection title="What was moved">{stateForm.show(shown)}</PageSection>}
      {view.mayCheck && view.statedAt && <PageSection title="Check it">{checkForm.show(shown)}</PageSection>}
      {view.mayState && <PageSection title="It does not go after all">{cancelForm.show(shown)}</PageSection>}
      <PageSection title="What happened">
        <Steps
          items={view.steps.map(({ step, at, person, detail }) => ({
            title: (words.PHONE_RETURN_STEPS as Readonly<Record<string, string>>)[step] ?? step,
            when: <Moment at={at} />,
            who: person ? (person.id === actor.personId ? "You" : person.name) : undefined,
            children: detail ? <UserText>{detail}</UserText> : undefined,
          }))}
        />
      </PageSection>
    </>
  );
});
