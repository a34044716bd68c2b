import type { ReactNode } from "react";
import { ChoiceCard, type ChoiceOption } from "./choice-card.tsx";

export type Choices =
  | { options: ChoiceOption[]; groups?: undefined }
  | { groups: { legend: ReactNode; options: ChoiceOption[] }[]; options?: undefined };

type ChoiceListProps = { type: "radio" | "checkbox"; name: string; faulty: boolean } & Choices;

/**
 * The answers to one question, grouped if that helps. The first has the field's name as its id, so that an error
 * summary can link to it; the others `name-2`, `name-3`, across all groups.
 */
export function ChoiceList({ type, name, faulty, options, groups }: ChoiceListProps) {
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
