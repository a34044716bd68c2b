import { ChoiceQuestion, type ChoiceQuestionProps } from "./choice-list.tsx";

/** One question with several answers at once, as large boxes; also for one thing to confirm. Like `RadioQuestion`. */
export function CheckboxQuestion(props: ChoiceQuestionProps) {
  return <ChoiceQuestion type="checkbox" {...props} />;
}
