import { ChoiceQuestion, type ChoiceQuestionProps } from "./choice-list.tsx";

/**
 * One question, its answers as large boxes that are easy to hit with a thumb. Used in a page's form, before its button.
 */
export function RadioQuestion(props: ChoiceQuestionProps) {
  return <ChoiceQuestion type="radio" {...props} />;
}
