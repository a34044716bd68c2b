import { Button } from "#app/_ui/button.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { MITIGATION_OWNERS } from "#domain/base/risk/risk.ts";
import type { MitigationRecord } from "#server/policy/exception/queries.ts";
import { mitigationForm, type ShownException } from "./form.tsx";

/** What was promised to reduce the risks, what has been done, and a button for whoever is responsible. */
export function Mitigations({ shown }: { shown: ShownException }) {
  const { exception, state, sees, ownMitigations } = shown.view;
  const all = exception.risks.flatMap(({ mitigations }) => mitigations);
  const listed = all.filter(({ id }) => sees === "all" || ownMitigations.includes(id));
  return (
    <Stack as="section">
      <h2>{sees === "all" ? "What was promised" : "Yours to see to"}</h2>
      <ul role="list" className="list-none border-t border-line">
        {listed.map((mitigation) => (
          <li
            key={mitigation.id}
            id={`mitigation-${mitigation.id}`}
            data-keep=""
            className="scroll-mt-6 space-y-2 border-b border-line py-3 target:bg-accent-tint target:outline-8 target:outline-accent-tint target:outline-solid"
          >
            <UserText>{mitigation.text}</UserText>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-soft">
              <MitigationState mitigation={mitigation} isOver={state !== "approved"} />
              <span>{MITIGATION_OWNERS[mitigation.owner]}</span>
            </p>
            {ownMitigations.includes(mitigation.id) &&
              mitigationForm.show(shown, {
                stored: { mitigation: mitigation.id },
                button: (
                  <Button look="quiet">
                    Mark as done<VisuallyHidden>: {mitigation.text}</VisuallyHidden>
                  </Button>
                ),
              })}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

type StateProps = { mitigation: MitigationRecord; isOver: boolean };

/** @param isOver the exception has ended, so that nobody has to do anything for it */
function MitigationState({ mitigation: { doneAt, doneBy, dueOn }, isOver }: StateProps) {
  if (doneAt)
    return (
      <>
        <Tag tone="good">Done</Tag>
        <span>
          {momentInWords(doneAt)}
          {doneBy && ` by ${doneBy}`}
        </span>
      </>
    );
  if (isOver) return <Tag>Not done</Tag>;
  return dueOn ? <Tag tone="warning">Due by {dateInWords(dueOn)}</Tag> : <Tag>Lasting</Tag>;
}
