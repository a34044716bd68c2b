import { PageSection } from "#app/_ui/stack.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { ClearDownView } from "#server/registers/clear-down/queries.ts";

/** How to clear the chat, on each platform, and as the policy itself says. @param number of the step on the page */
export function ClearChatSteps({ view, number }: { view: ClearDownView; number: number | null }) {
  const { steps, policySteps, group, by } = view;
  const title = by === "sender" ? "Delete what you sent" : "Clear the chat";
  return (
    <PageSection title={number === null ? "How a chat is cleared" : `${number}. ${title}`}>
      <p>Do it on every device that you use the group on. It only removes your copy; others clear theirs.</p>
      <div className="space-y-1">
        {steps.map(({ name, writtenOn, steps: list }) => (
          <div key={name}>
            <Disclosure summary={name}>
              <ol>
                {list.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              <p className="text-small text-soft">
                As written down on {dateInWords(writtenOn)}. Apps change: if yours looks different, see its own help.
              </p>
            </Disclosure>
          </div>
        ))}
        {policySteps.length > 0 && (
          <Disclosure summary="The steps in your policy">
            <ul className="list-none">
              {policySteps.map(({ clause, text }) => (
                <li key={clause}>
                  {text} <span className="text-small whitespace-nowrap text-soft">Clause {clause}</span>
                </li>
              ))}
            </ul>
          </Disclosure>
        )}
      </div>
      {steps.length === 0 && policySteps.length === 0 && (
        <p>Nobody has written down the steps for {group.app}. Look for “clear chat” in the app&apos;s own help.</p>
      )}
    </PageSection>
  );
}
