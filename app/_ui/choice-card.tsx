import type { ReactNode } from "react";

export type ChoiceOption = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  checked?: boolean | undefined;
};

type ChoiceCardProps = {
  type: "radio" | "checkbox";
  id: string;
  name: string;
  option: ChoiceOption;
  faulty: boolean;
  /** A low box for short words, as wide as they are. */
  compact?: boolean | undefined;
};

const FIELD =
  "relative flex items-start rounded-card border bg-raised has-checked:border-accent has-checked:inset-ring-2 has-checked:inset-ring-accent has-focus-visible:outline-[0.19rem] has-focus-visible:outline-focus-ring has-focus-visible:outline-solid has-focus-visible:outline-offset-[0.1rem] has-focus-visible:ring-[0.45rem] has-focus-visible:ring-focus forced-colors:has-checked:border-4 print:has-checked:border-[3px]";

const CONTROL =
  "relative z-1 size-6 shrink-0 appearance-none border-2 border-edge bg-raised checked:border-accent focus-visible:shadow-none focus-visible:outline-none forced-colors:appearance-auto";

const TYPES = {
  radio: "rounded-pill checked:border-[0.45rem] focus-visible:rounded-pill",
  checkbox: "peer rounded-small focus-visible:rounded-small",
};

/**
 * One answer as a box that is easy to hit with a thumb. For components in this folder; pages use `RadioQuestion` and
 * the like.
 */
export function ChoiceCard({ type, id, name, option, faulty, compact = false }: ChoiceCardProps) {
  const hintId = option.hint ? `${id}-hint` : undefined;
  return (
    <div
      className={`${FIELD} ${compact ? "min-h-12 gap-2.5 px-3.5 py-2.5" : "gap-3.5 px-4 py-3.5"} ${
        faulty ? "border-error" : "border-edge hover:border-accent"
      }`}
    >
      <input
        type={type}
        id={id}
        name={name}
        value={option.value}
        defaultChecked={option.checked}
        aria-describedby={hintId}
        className={`${CONTROL} ${TYPES[type]} mt-0.5`}
      />
      {type === "checkbox" && (
        <svg
          viewBox="0 0 24 24"
          className={`pointer-events-none invisible absolute z-1 size-6 peer-checked:visible forced-colors:hidden ${
            compact ? "start-3.5 top-2.5" : "start-4 top-3.5"
          } mt-0.5`}
          aria-hidden="true"
          focusable="false"
        >
          <path
            d="m6.500 12.500 4 4 7-8.500"
            fill="none"
            strokeWidth="3.500"
            strokeLinecap="round"
            strokeLinejoin="round"
            className="stroke-accent"
          />
        </svg>
      )}
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
