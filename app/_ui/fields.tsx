import { Arrow, Button, Link, VisuallyHidden } from "./layout.tsx";

/** The message at a field that has to be corrected. */
export const FieldError = ({ id, children }: { id: string; children: React.ReactNode }) => (
  <p id={id} className="font-bold text-error">
    <VisuallyHidden>Error: </VisuallyHidden>
    {children}
  </p>
);

interface Labelled {
  label: React.ReactNode;
  hint?: React.ReactNode;
  error?: React.ReactNode;
}

interface FieldFrameProps extends Labelled {
  id: string;
  className?: string;
  /** Renders the field, with the attributes that link it to hint and message. */
  children: (tied: { "aria-describedby": string | undefined; "aria-invalid": true | undefined }) => React.ReactNode;
}

/** Label, hint and message above a field, in the order in which they are read out. */
function FieldFrame({ id, label, hint, error, className = "", children }: FieldFrameProps) {
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  return (
    <div className={`max-w-form space-y-1.5 ${className}`}>
      <label htmlFor={id} className="block font-bold">
        {label}
      </label>
      {hint && (
        <p id={hintId} className="text-small text-soft">
          {hint}
        </p>
      )}
      {error && errorId && <FieldError id={errorId}>{error}</FieldError>}
      {children({
        "aria-describedby": [hintId, errorId].filter(Boolean).join(" ") || undefined,
        "aria-invalid": error ? true : undefined,
      })}
    </div>
  );
}

const LOOKS = {
  heading: { legend: "", gap: "mt-3", help: "space-y-2", controls: "mt-6" },
  question: { legend: "text-lead font-bold", gap: "mt-3", help: "space-y-2", controls: "mt-6" },
  field: { legend: "font-bold", gap: "mt-1.5", help: "text-small text-soft", controls: "mt-2" },
};

type FieldsetProps = {
  /** Its help has the id `name-help`, its error `name-error`. */
  name: string;
  legend: React.ReactNode;
  /** `heading`: the legend is the page's h1. `question`: one large question of several. `field`: like a field's label. */
  look: keyof typeof LOOKS;
  help?: React.ReactNode;
  error?: React.ReactNode;
  children: React.ReactNode;
};

/**
 * Controls that together answer one question. For components in this folder; pages use `RadioQuestion` and the like.
 */
function Fieldset({ name, legend, look, help, error, children }: FieldsetProps) {
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

type TextFieldProps = Labelled & {
  name: string;
  /** Id of the field; by default its name, unless a page has two of that name. */
  id?: string | undefined;
  defaultValue?: string | undefined;
  /** Visible lines; more than one makes it a text area. */
  lines?: number | undefined;
  width?: "full" | "half" | "short" | undefined;
  type?: "text" | "email" | "search" | "tel" | "url" | "date" | "datetime-local" | "password" | undefined;
} & Pick<
    React.InputHTMLAttributes<HTMLInputElement>,
    "autoComplete" | "inputMode" | "maxLength" | "spellCheck" | "required" | "min" | "max"
  >;

const WIDTHS = { full: "w-full", half: "w-full max-w-80", short: "w-full max-w-48" };

/**
 * A field for one or more lines of text. The form has `noValidate`; the server says what is wrong, and keeps the text.
 */
export function TextField(props: TextFieldProps) {
  const {
    name,
    label,
    hint,
    error,
    defaultValue,
    lines = 1,
    width = "full",
    type = "text",
    id = name,
    ...rest
  } = props;
  const shared = {
    id,
    name,
    defaultValue,
    // In the direction in which people write, whatever the page's.
    dir: "auto",
    className: `block min-h-12 rounded-card border-2 bg-raised px-3.5 py-2.5 ${WIDTHS[width]} ${
      error ? "border-error" : "border-edge"
    }`,
  } as const;
  return (
    <FieldFrame key={defaultValue} id={id} label={label} hint={hint} error={error}>
      {(tied) =>
        lines > 1 ? (
          <textarea
            {...shared}
            {...tied}
            rows={lines}
            maxLength={rest.maxLength}
            spellCheck={rest.spellCheck}
            required={rest.required}
          />
        ) : (
          <input {...shared} {...tied} {...rest} type={type} />
        )
      }
    </FieldFrame>
  );
}

type SelectFieldProps = Labelled & {
  name: string;
  id?: string | undefined;
  options: { value: string; label: string }[];
  defaultValue?: string | undefined;
  /** For a page that reacts at once: it then keeps `defaultValue` up to date itself. */
  onChange?: ((value: string) => void) | undefined;
};

/** A choice from a list that is too long for radio buttons. It submits nothing by itself: the form needs its button. */
export const SelectField = ({
  name,
  label,
  options,
  defaultValue,
  hint,
  error,
  onChange,
  id = name,
}: SelectFieldProps) => (
  <FieldFrame
    key={onChange ? undefined : defaultValue}
    id={id}
    label={label}
    hint={hint}
    error={error}
    className="min-w-0"
  >
    {(tied) => (
      <div className="relative w-full sm:w-fit sm:max-w-full">
        <select
          id={id}
          name={name}
          {...(onChange ? { value: defaultValue, onChange: ({ target }) => onChange(target.value) } : { defaultValue })}
          {...tied}
          className={`block min-h-12 w-full max-w-full cursor-pointer appearance-none truncate rounded-card border-2 bg-raised py-2.5 ps-3.5 pe-11 sm:min-w-64 ${
            error ? "border-error" : "border-edge"
          }`}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} className="bg-raised text-ink">
              {option.label}
            </option>
          ))}
        </select>
        <Arrow to="down" className="pointer-events-none absolute end-4 top-1/2 size-3 -translate-y-1/2" />
      </div>
    )}
  </FieldFrame>
);

export type DatePart = "day" | "month" | "year";

const PARTS: { part: DatePart; label: string; width: string }[] = [
  { part: "day", label: "Day", width: "w-16" },
  { part: "month", label: "Month", width: "w-16" },
  { part: "year", label: "Year", width: "w-24" },
];

type DateFieldProps = {
  /** The fields are `name-day`, `name-month` and `name-year`; the first has the id `name`, for an error summary. */
  name: string;
  legend: React.ReactNode;
  /** The legend is the page's h1: for a page that asks nothing else. */
  heading?: boolean | undefined;
  /** An example of such a date: "For example, 27 3 2027". */
  hint?: React.ReactNode;
  error?: React.ReactNode;
  /** The parts that the error is about; all of them by default. */
  faulty?: DatePart[] | undefined;
  /** What was typed, unchanged. */
  values?: Partial<Record<DatePart, string>> | undefined;
};

/** A date that people know by heart or read off a document. The server checks it; nothing typed is lost. */
export function DateField({ name, legend, heading = false, hint, error, faulty, values = {} }: DateFieldProps) {
  const marked: DatePart[] = error ? (faulty ?? ["day", "month", "year"]) : [];
  return (
    <Fieldset
      key={[values.day, values.month, values.year].join(" ")}
      name={name}
      legend={legend}
      look={heading ? "heading" : "field"}
      help={hint}
      error={error}
    >
      <div className="flex flex-wrap gap-4">
        {PARTS.map(({ part, label, width }) => {
          const id = part === "day" ? name : `${name}-${part}`;
          const wrong = marked.includes(part);
          return (
            <div key={part} className="space-y-1">
              <label htmlFor={id} className="block">
                {label}
              </label>
              <input
                type="text"
                inputMode="numeric"
                autoComplete="off"
                id={id}
                name={`${name}-${part}`}
                defaultValue={values[part]}
                aria-invalid={wrong ? true : undefined}
                aria-describedby={wrong ? `${name}-error` : undefined}
                className={`block min-h-12 rounded-card border-2 bg-raised px-3.5 py-2.5 ${width} ${
                  wrong ? "border-error" : "border-edge"
                }`}
              />
            </div>
          );
        })}
      </div>
    </Fieldset>
  );
}

type FileFieldProps = Labelled & {
  name: string;
  /** The file types that the browser suggests: ".csv,text/csv". */
  accept?: string | undefined;
};

/** One file to send. The form needs `encType="multipart/form-data"`; a file that was refused has to be chosen again. */
export const FileField = ({ name, label, hint, error, accept }: FileFieldProps) => (
  <FieldFrame id={name} label={label} hint={hint} error={error}>
    {(tied) => (
      <input
        type="file"
        id={name}
        name={name}
        accept={accept}
        {...tied}
        className={`block min-h-12 w-full rounded-card border-2 bg-raised px-3.5 py-2.5 file:me-4 file:cursor-pointer file:rounded-small file:border file:border-edge file:bg-sunk file:px-3 file:py-1 file:text-ink ${
          error ? "border-error" : "border-edge"
        }`}
      />
    )}
  </FieldFrame>
);

type ChoiceOption = { value: string; label: React.ReactNode; hint?: React.ReactNode; checked?: boolean | undefined };

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
function ChoiceCard({ type, id, name, option, faulty, compact = false }: ChoiceCardProps) {
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

export type Choices =
  | { options: ChoiceOption[]; groups?: undefined }
  | { groups: { legend: React.ReactNode; options: ChoiceOption[] }[]; options?: undefined };

type ChoiceQuestionProps = {
  /** Name of the field, sent once for each choice, and id of its first option, so that an error summary can link to it. */
  name: string;
  question: React.ReactNode;
  /** The question is the page's h1, unless the page asks more than one thing. */
  heading?: boolean | undefined;
  help?: React.ReactNode;
  error?: React.ReactNode;
} & Choices;

/** One question with its answers as large boxes. For components in this folder; pages use `RadioQuestion` and the like. */
function ChoiceQuestion(props: ChoiceQuestionProps & { type: "radio" | "checkbox" }) {
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

/**
 * One question, its answers as large boxes that are easy to hit with a thumb. Used in a page's form, before its button.
 */
export const RadioQuestion = (props: ChoiceQuestionProps) => <ChoiceQuestion type="radio" {...props} />;

/** One question with several answers at once, as large boxes; also for one thing to confirm. Like `RadioQuestion`. */
export const CheckboxQuestion = (props: ChoiceQuestionProps) => <ChoiceQuestion type="checkbox" {...props} />;

type RadioScaleProps = {
  /** Name of the field, and id of its first option, so that an error summary can link to it. */
  name: string;
  legend: React.ReactNode;
  hint?: React.ReactNode;
  error?: React.ReactNode;
  /** From one end of the scale to the other. */
  options: { value: string; label: React.ReactNode }[];
  chosen?: string | undefined;
};

/** A point on a scale, such as 1 to 5: short answers in one row, which wraps if it is narrow. */
export const RadioScale = ({ name, legend, hint, error, options, chosen }: RadioScaleProps) => (
  <Fieldset key={`${name} ${chosen ?? ""}`} name={name} legend={legend} look="field" help={hint} error={error}>
    <div className="flex flex-wrap gap-2">
      {options.map((option, index) => (
        <ChoiceCard
          key={option.value}
          type="radio"
          id={index === 0 ? name : `${name}-${index + 1}`}
          name={name}
          option={{ ...option, checked: option.value === chosen }}
          faulty={Boolean(error)}
          compact
        />
      ))}
    </div>
  </Fieldset>
);

type SearchFieldProps = {
  /** Of the field in the address, and its id. */
  name: string;
  label: string;
  hint?: string | undefined;
  button: string;
  value?: string | undefined;
  error?: string | null | undefined;
};

/** One line for somebody's own words, with its button: the same on the start page, in the check and in the search. */
export function SearchField({ name, label, hint, button, value = "", error = null }: SearchFieldProps) {
  const described = [hint === undefined ? [] : `${name}-hint`, error === null ? [] : `${name}-error`].flat();
  return (
    <div className="max-w-form space-y-1.5">
      <label htmlFor={name} className="block font-bold">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${name}-hint`} className="text-soft">
          {hint}
        </p>
      )}
      {error !== null && <FieldError id={`${name}-error`}>{error}</FieldError>}
      <div className="flex flex-wrap gap-3">
        <input
          id={name}
          name={name}
          type="search"
          dir="auto"
          defaultValue={value}
          autoComplete="off"
          enterKeyHint="search"
          aria-invalid={error === null ? undefined : true}
          aria-describedby={described.length === 0 ? undefined : described.join(" ")}
          className={`min-h-12 min-w-0 grow basis-56 rounded-card border-2 bg-raised px-3.5 py-2.5 ${error === null ? "border-edge" : "border-error"}`}
        />
        <Button>{button}</Button>
      </div>
    </div>
  );
}

type FilterFormProps = {
  /** The page itself: its address contains what is chosen. */
  action: string;
  clearHref?: string | undefined;
  /** `SelectField`s and `TextField`s with short labels. */
  children: React.ReactNode;
};

/** Filters for a long list: a row of fields, stacked on a phone. */
export const FilterForm = ({ action, clearHref, children }: FilterFormProps) => (
  <form
    action={action}
    method="get"
    noValidate
    className="no-print flex flex-wrap items-end gap-4 rounded-card border border-line bg-sunk px-4 py-4 sm:px-5 [&_button]:min-h-13 [&_select]:min-w-full [&>div]:w-full [&>div]:sm:w-auto [&>div]:sm:max-w-72 [&>div]:sm:min-w-44 [&>div]:sm:grow [&>div>div]:w-full"
  >
    {children}
    <p className="flex flex-wrap items-center gap-x-5 gap-y-1">
      <Button look="quiet">Apply</Button>
      {clearHref && (
        <Link href={clearHref} className="inline-flex min-h-12 items-center">
          Clear
        </Link>
      )}
    </p>
  </form>
);
