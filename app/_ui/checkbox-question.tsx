import type { ReactNode } from "react";
import { ChoiceList, type Choices } from "./choice-list.tsx";
import { Fieldset } from "./fieldset.tsx";

type CheckboxQuestionProps = {
  /** Name of the field, sent once for each choice, and id of its first option. */
  name: string;
  question: ReactNode;
  /** The question is the page's h1, unless the page asks more than one thing. */
  heading?: boolean | undefined;
  /** Says that several may be chosen: "Choose all that apply." */
  help?: ReactNode;
  error?: ReactNode;
} & Choices;

/** One question with several answers at once, as large boxes; also for one thing to confirm. Like `RadioQuestion`. */
export function CheckboxQuestion({ name, question, heading = true, help, error, ...choices }: CheckboxQuestionProps) {
  const options = choices.options ?? choices.groups.flatMap((group) => group.options);
  const chosen = options.filter((option) => option.checked).map((option) => option.value);
  return (
    // The key: otherwise the browser would keep the old choices when going from question to question.
    <Fieldset
      key={`${name} ${chosen.join(" ")}`}
      name={name}
      legend={question}
      look={heading ? "heading" : "question"}
      help={help}
      error={error}
    >
      <ChoiceList type="checkbox" name={name} faulty={Boolean(error)} {...choices} />
    </Fieldset>
  );
}
