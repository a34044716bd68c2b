import type { ReactNode } from "react";
import { FieldError } from "./field-error.tsx";

const LOOKS = {
  heading: { legend: "", gap: "mt-3", help: "space-y-2", controls: "mt-6" },
  question: { legend: "text-lead font-bold", gap: "mt-3", help: "space-y-2", controls: "mt-6" },
  field: { legend: "font-bold", gap: "mt-1.5", help: "text-small text-soft", controls: "mt-2" },
};

type FieldsetProps = {
  /** Its help has the id `name-help`, its error `name-error`. */
  name: string;
  legend: ReactNode;
  /** `heading`: the legend is the page's h1. `question`: one large question of several. `field`: like a field's label. */
  look: keyof typeof LOOKS;
  help?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
};

/**
 * Controls that together answer one question. For components in this folder; pages use `RadioQuestion` and the like.
 */
export function Fieldset({ name, legend, look, help, error, children }: FieldsetProps) {
  const { legend: legendLook, gap, help: helpLook, controls } = LOOKS[look];
  const helpId = help ? `${name}-help` : undefined;
  const errorId = error ? `${name}-error` : undefined;
  return (
    <fieldset
      aria-describedby={[helpId, errorId].filter(Boolean).join(" ") || undefined}
      className="max-w-form min-w-0"
    >
      <legend className="w-full max-w-full">
        {look === "heading" ? <h1>{legend}</h1> : <span className={legendLook}>{legend}</span>}
      </legend>
      {help && (
        <div id={helpId} className={`${gap} ${helpLook}`}>
          {help}
        </div>
      )}
      {error && errorId && (
        <div className={gap}>
          <FieldError id={errorId}>{error}</FieldError>
        </div>
      )}
      <div className={controls}>{children}</div>
    </fieldset>
  );
}
