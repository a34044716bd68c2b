import type { FormState } from "#app/_portal/form-state.ts";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DeadEnd } from "#app/_ui/dead-end.tsx";
import { Section } from "#app/_ui/section.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import type { ExceptionView } from "#server/policy/exception/queries.ts";

type ClosedPageProps = { view: ExceptionView; formState: FormState; labels: Readonly<Record<string, string>> };

/** For a tab that is too late: the current state, and what was typed, to be copied. */
export function ClosedPage({ view, formState, labels }: ClosedPageProps) {
  const { reference } = view.exception;
  const typed = Object.entries(labels).flatMap(([field, label]) => {
    const text = formState.isReturned ? formState.value(field) : "";
    return text ? [{ term: label, value: <UserText>{text}</UserText> }] : [];
  });
  return (
    <DeadEnd title="You cannot change this request now">
      <p>
        {reference} is no longer a draft. Its state is: <strong>{EXCEPTION_STATE_WORDS[view.state]}</strong>.
      </p>
      <div>
        <ButtonLink href={`/exceptions/${reference}`}>See the request</ButtonLink>
      </div>
      {typed.length > 0 && (
        <Section title="What you typed">
          <p>It was not saved. Copy what you still need.</p>
          <SummaryList rows={typed} />
        </Section>
      )}
    </DeadEnd>
  );
}
