import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import {
  PHONE_RETURN_REASONS,
  PHONE_RETURN_STATES,
  PHONE_RETURN_STEPS,
} from "#domain/registers/phone-return/phone-return.ts";
import { cancelForm, checkForm, page, stateForm } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
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
          State: PHONE_RETURN_STATES[view.state],
          Why: PHONE_RETURN_REASONS[view.reason],
          "Goes on": dateInWords(view.dueOn),
          "Moved to the record": view.moved ? <UserText>{view.moved}</UserText> : "Not said yet",
          "Under a hold, copied to": view.heldCopied && <UserText>{view.heldCopied}</UserText>,
          [view.checkedBy ? "Checked by" : "Who checks"]:
            view.checkedBy?.name ?? (view.checkers.join(", ") || "Nobody can now. Ask an administrator."),
        }}
      />
      {view.mayState && <Section title="What was moved">{stateForm.show(shown)}</Section>}
      {view.mayCheck && view.statedAt && <Section title="Check it">{checkForm.show(shown)}</Section>}
      {view.mayState && <Section title="It does not go after all">{cancelForm.show(shown)}</Section>}
      <Section title="What happened">
        <Steps
          items={view.steps.map(({ step, at, person, detail }) => ({
            title: (PHONE_RETURN_STEPS as Readonly<Record<string, string>>)[step] ?? step,
            when: <Moment at={at} />,
            who: person ? (person.id === actor.personId ? "You" : person.name) : undefined,
            children: detail ? <UserText>{detail}</UserText> : undefined,
          }))}
        />
      </Section>
    </>
  );
});
export { generateMetadata, Page as default };
