import type { ReactNode } from "react";
import type { ChoiceOption } from "./choice-card.tsx";
import { ChoiceList, type Choices } from "./choice-list.tsx";
import { Fieldset } from "./fieldset.tsx";

export type RadioOption = ChoiceOption;

type RadioQuestionProps = {
  /** Name of the field, and id of its first option, so that an error summary can link to it. */
  name: string;
  question: ReactNode;
  /** The question is the page's h1, unless the page asks more than one thing. */
  heading?: boolean | undefined;
  help?: ReactNode;
  error?: ReactNode;
} & Choices;

/**
 * One question, its answers as large boxes that are easy to hit with a thumb. Used in a page's form, before its button.
 */
export function RadioQuestion({ name, question, heading = true, help, error, ...choices }: RadioQuestionProps) {
  const options = choices.options ?? choices.groups.flatMap((group) => group.options);
  const chosen = options.find((option) => option.checked)?.value;
  return (
    // The key: otherwise the browser would keep the old choice when going from question to question.
    <Fieldset
      key={`${name} ${chosen ?? ""}`}
      name={name}
      legend={question}
      look={heading ? "heading" : "question"}
      help={help}
      error={error}
    >
      <ChoiceList type="radio" name={name} faulty={Boolean(error)} {...choices} />
    </Fieldset>
  );
}
