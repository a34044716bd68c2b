import type { ReactNode } from "react";
import { ChoiceCard, type ChoiceOption } from "./choice-card.tsx";
import { Fieldset } from "./fieldset.tsx";

export type Choices =
  | { options: ChoiceOption[]; groups?: undefined }
  | { groups: { legend: ReactNode; options: ChoiceOption[] }[]; options?: undefined };

export type ChoiceQuestionProps = {
  /** Name of the field, sent once for each choice, and id of its first option, so that an error summary can link to it. */
  name: string;
  question: ReactNode;
  /** The question is the page's h1, unless the page asks more than one thing. */
  heading?: boolean | undefined;
  help?: ReactNode;
  error?: ReactNode;
} & Choices;

/** One question with its answers as large boxes. For components in this folder; pages use `RadioQuestion` and the like. */
export function ChoiceQuestion(props: ChoiceQuestionProps & { type: "radio" | "checkbox" }) {
  const { type, name, question, heading = true, help, error, ...choices } = props;
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
      <ChoiceList type={type} name={name} faulty={Boolean(error)} {...choices} />
    </Fieldset>
  );
}

type ChoiceListProps = { type: "radio" | "checkbox"; name: string; faulty: boolean } & Choices;

/**
 * The answers to one question, grouped if that helps. The first has the field's name as its id, so that an error
 * summary can link to it; the others `name-2`, `name-3`, across all groups.
 */
function ChoiceList({ type, name, faulty, options, groups }: ChoiceListProps) {
  const sections = groups ?? [{ legend: undefined, options }];
  return (
    <div className="space-y-6">
      {sections.map((section, sectionIndex) => {
        const before = sections.slice(0, sectionIndex).reduce((sum, { options }) => sum + options.length, 0);
        const cards = section.options.map((option, index) => {
          const position = before + index + 1;
          const id = position === 1 ? name : `${name}-${position}`;
          return <ChoiceCard key={option.value} type={type} id={id} name={name} option={option} faulty={faulty} />;
        });
        return section.legend === undefined ? (
          <div key={sectionIndex} className="space-y-3">
            {cards}
          </div>
        ) : (
          <fieldset key={sectionIndex} className="min-w-0">
            <legend className="text-small font-bold text-soft">{section.legend}</legend>
            <div className="mt-2 space-y-3">{cards}</div>
          </fieldset>
        );
      })}
    </div>
  );
}
