import type { FormState } from "#app/_portal/form-state.ts";
import { Moment } from "./portal-page.tsx";
import { Banner } from "../_ui/content.tsx";
import { RadioQuestion } from "../_ui/fields.tsx";
import {
  HOLD_ANSWERS,
  HOLD_REASONS,
  lawOnDeleting,
  type HoldAnswer,
  type StandingHold,
} from "#domain/registers/hold/hold.ts";
import type { Body } from "#domain/policy/policy/body.ts";

const ANSWER_WORDS = {
  none: "No, not that I know of",
  known: "Yes",
  unsure: "I am not sure",
} as const satisfies Record<HoldAnswer, string>;

/**
 * Comes before every step that deletes: the holds in force, instead of the step; otherwise the question, in its form.
 */
export function HoldCheck(props: {
  name?: string;
  nation: Body["nation"];
  /** What would be deleted, as in "Has anybody asked for …?". */
  about?: string;
  formState: FormState;
  stored?: string | undefined;
}) {
  const { name = "holdAnswer", nation, about = "these messages", formState, stored } = props;
  const chosen = formState.value(name, stored);
  return (
    <RadioQuestion
      name={name}
      heading={false}
      question={`Has anybody asked for ${about}?`}
      help={`A request for information, an inquiry, a complaint, a claim. ${lawOnDeleting({ nation })}`}
      error={formState.errorOf(name)}
      options={HOLD_ANSWERS.map((value) => ({ value, label: ANSWER_WORDS[value], checked: chosen === value }))}
    />
  );
}

/** "Do not delete": shown instead of every step and prompt that would delete what a hold names. Empty without holds. */
export const DoNotDelete = ({ holds }: { holds: readonly StandingHold[] }) =>
  holds.length === 0 ? null : (
    <Banner tone="warning" title="Do not delete">
      <ul>
        {holds.map(({ reference, reason, keep, placedAt }) => (
          <li key={reference}>
            {keep}{" "}
            <span className="text-soft">
              ({HOLD_REASONS[reason]}, {reference}, since <Moment at={placedAt} />)
            </span>
          </li>
        ))}
      </ul>
    </Banner>
  );
