import type { ReactNode } from "react";
import { FieldError } from "./field-error.tsx";

export type RadioOption = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  checked?: boolean | undefined;
};

type RadioQuestionProps = {
  /** Name of the field, and id of its first option, so that an error summary can lead there. */
  name: string;
  question: ReactNode;
  /** The question is the page's h1, unless the page asks more than one thing. */
  heading?: boolean | undefined;
  help?: ReactNode;
  error?: ReactNode;
} & (
  | { options: RadioOption[]; groups?: undefined }
  | { groups: { legend: ReactNode; options: RadioOption[] }[]; options?: undefined }
);

/** One question, its answers as large fields that a thumb hits. Stands in a form of the page, before its button. */
export function RadioQuestion({ name, question, heading = true, help, error, options, groups }: RadioQuestionProps) {
  const helpId = help ? `${name}-help` : undefined;
  const errorId = error ? `${name}-error` : undefined;
  const described = [helpId, errorId].filter(Boolean).join(" ") || undefined;
  const sections = groups ?? [{ legend: undefined, options }];
  const chosen = sections.flatMap((section) => section.options).find((option) => option.checked)?.value;
  let position = 0;

  return (
    // The key: going from question to question the browser would otherwise keep the old choice.
    <fieldset key={`${name} ${chosen ?? ""}`} aria-describedby={described} className="max-w-form min-w-0">
      <legend className="w-full max-w-full">
        {heading ? <h1>{question}</h1> : <span className="text-lead font-bold">{question}</span>}
      </legend>
      {help && (
        <div id={helpId} className="mt-3 space-y-2">
          {help}
        </div>
      )}
      {error && errorId && (
        <div className="mt-3">
          <FieldError id={errorId}>{error}</FieldError>
        </div>
      )}
      <div className="mt-6 space-y-6">
        {sections.map((section, sectionIndex) => {
          const cards = section.options.map((option) => {
            position += 1;
            const id = position === 1 ? name : `${name}-${position}`;
            return <RadioCard key={option.value} id={id} name={name} option={option} faulty={Boolean(error)} />;
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
    </fieldset>
  );
}

type RadioCardProps = { id: string; name: string; option: RadioOption; faulty: boolean };

function RadioCard({ id, name, option, faulty }: RadioCardProps) {
  const hintId = option.hint ? `${id}-hint` : undefined;
  return (
    <div
      className={`relative flex items-start gap-3.5 rounded-card border bg-raised px-4 py-3.5 has-checked:border-accent has-checked:inset-ring-2 has-checked:inset-ring-accent has-focus-visible:outline-[0.19rem] has-focus-visible:outline-focus-ring has-focus-visible:outline-solid has-focus-visible:outline-offset-[0.1rem] has-focus-visible:ring-[0.45rem] has-focus-visible:ring-focus forced-colors:has-checked:border-4 ${
        faulty ? "border-error" : "border-edge hover:border-accent"
      }`}
    >
      <input
        type="radio"
        id={id}
        name={name}
        value={option.value}
        defaultChecked={option.checked}
        aria-describedby={hintId}
        className="relative z-1 mt-0.5 size-6 shrink-0 appearance-none rounded-pill border-2 border-edge bg-raised checked:border-[0.45rem] checked:border-accent focus-visible:rounded-pill focus-visible:shadow-none focus-visible:outline-none forced-colors:appearance-auto"
      />
      <div className="min-w-0">
        <label
          htmlFor={id}
          className="cursor-pointer font-bold after:absolute after:inset-0 after:rounded-card after:content-['']"
        >
          {option.label}
        </label>
        {option.hint && (
          <div id={hintId} className="text-small text-soft">
            {option.hint}
          </div>
        )}
      </div>
    </div>
  );
}
