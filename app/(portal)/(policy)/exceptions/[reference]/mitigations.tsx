import { Section } from "#app/_ui/section.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { MITIGATION_OWNERS } from "#domain/base/risk/risk.ts";
import { mitigationForm, type ShownException } from "./form.tsx";
import { ThingsToDo } from "./things-to-do.tsx";

/** What was promised to reduce the risks, what has been done, and a button for whoever is responsible. */
export function Mitigations({ shown }: { shown: ShownException }) {
  const { exception, state, sees, ownMitigations } = shown.view;
  const all = exception.risks.flatMap(({ mitigations }) => mitigations);
  return (
    <Section title={sees === "all" ? "What was promised" : "For you to do"}>
      <ThingsToDo
        name="mitigation"
        things={all.filter(({ id }) => sees === "all" || ownMitigations.includes(id))}
        isOver={state !== "approved"}
        open={({ dueOn }) => (dueOn ? <Tag tone="warning">Due by {dateInWords(dueOn)}</Tag> : <Tag>Lasting</Tag>)}
        more={({ owner }) => <span>{MITIGATION_OWNERS[owner]}</span>}
        form={({ id }, button) =>
          ownMitigations.includes(id) && mitigationForm.show(shown, { stored: { mitigation: id }, button })
        }
      />
    </Section>
  );
}
