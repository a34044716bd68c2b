import { BUTTON_LOOKS, Cluster, Disclosure, Link } from "#app/_ui/layout.tsx";
import { SelectField } from "#app/_ui/fields.tsx";
import { ANY, assumedOf, swapped, withAxis, type MatrixState } from "#domain/policy/decision/matrix-state.ts";
import { questionFor, type Question } from "#domain/policy/policy/wording.ts";
import type { MatrixData } from "./matrix-data.ts";
import type { MatrixSource } from "./matrix-picture.ts";

type Props = {
  data: MatrixData;
  version: MatrixSource["version"];
  state: MatrixState;
  addressOf: (state: MatrixState) => string;
  /** Shows another state at once; without scripts, the form is sent. */
  onChange?: ((state: MatrixState) => void) | undefined;
  /** The reader pressed the button: they want to see the matrix. */
  onSend?: (() => void) | undefined;
};

/** Which questions are rows and columns, and the assumptions for the others. */
export function MatrixControls({ data, version, state, addressOf, onChange, onSend }: Props) {
  const { table } = version;
  const { matrix, subject } = data;
  const questions = table.facts.map(({ name }) => questionFor(version, name));
  const axisOptions = questions.map(({ name, ask }) => ({ value: name, label: ask }));
  const own = `/matrix?${new URLSearchParams({ policy: subject.policy }).toString()}`;
  return (
    <form
      action="/matrix"
      method="get"
      noValidate
      className="space-y-6"
      onSubmit={
        onSend &&
        ((event) => {
          event.preventDefault();
          onSend();
        })
      }
    >
      <SubjectFields subject={subject} />
      <input type="hidden" name="was" value={`${state.rows} ${state.columns}`} />
      <Fields legend="Rows and columns">
        {(["rows", "columns"] as const).map((axis) => (
          <SelectField
            key={axis}
            name={axis}
            label={axis === "rows" ? "Rows" : "Columns"}
            options={axisOptions}
            defaultValue={state[axis]}
            onChange={onChange && ((fact) => onChange(withAxis(table, matrix, state, axis, fact)))}
          />
        ))}
        <Link href={addressOf(swapped(state))} className="inline-flex min-h-12 items-center">
          Swap rows and columns
        </Link>
      </Fields>
      {Object.keys(state.filters).length > 0 && (
        <Fields legend="What is assumed for the other questions">
          {questions
            .filter(({ name }) => state.filters[name] !== undefined)
            .map((question) => (
              <SelectField
                key={question.name}
                name={question.name}
                label={question.ask}
                options={optionsFor(question, assumedOf(matrix, question.name))}
                defaultValue={state.filters[question.name]}
                onChange={
                  onChange &&
                  ((answer) => onChange({ ...state, filters: { ...state.filters, [question.name]: answer } }))
                }
              />
            ))}
        </Fields>
      )}
      <Cluster>
        <button type="submit" className={BUTTON_LOOKS.primary}>
          Show the matrix
        </button>
        <Link href={own} className="inline-flex min-h-12 items-center">
          Back to the policy&apos;s own assumptions
        </Link>
      </Cluster>
    </form>
  );
}

/** The answers as the policy offers them, its own assumption first, and "any" last. */
function optionsFor({ answers }: Question, assumed: string) {
  const options = answers.map(({ answer, label }) => ({ value: answer, label }));
  const isAssumed = ({ value }: { value: string }) => value === assumed;
  const any = { value: ANY, label: "Any answer" };
  return [...options.filter(isAssumed), ...options.filter((option) => !isAssumed(option)), any];
}

const Fields = ({ legend, children }: { legend: string; children: React.ReactNode }) => (
  <fieldset className="min-w-0 space-y-3">
    <legend className="font-bold">{legend}</legend>
    <div className="grid items-end gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3 [&>div>div]:sm:w-full">{children}</div>
  </fieldset>
);

/** The parameters that a form on this page leaves unchanged. */
const SubjectFields = ({ subject: { policy, version, since } }: Pick<MatrixData, "subject">) =>
  Object.entries({ policy, version, since }).map(
    ([name, value]) => value !== null && <input key={name} type="hidden" name={name} value={value} />,
  );

type VersionsProps = Pick<MatrixData, "versions" | "subject"> & { shown: string; query: string };

/** Which version is shown, and since which one changes are marked: that means other rules, so it loads a new page. */
export function VersionControls({ versions, subject, shown, query }: VersionsProps) {
  const otherFields = [...new URLSearchParams(query)].filter(([name]) => name !== "version" && name !== "since");
  const earlier = versions.filter(({ isEarlier }) => isEarlier);
  return (
    <Disclosure summary="Mark what changed between versions" open={subject.since !== null || subject.version !== null}>
      <form action="/matrix" method="get" noValidate className="space-y-4">
        {otherFields.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <SelectField name="version" label="Version" options={versions} defaultValue={shown} />
          <SelectField
            name="since"
            label="Mark what changed since"
            options={[{ value: "", label: "Nothing marked" }, ...(subject.version === null ? earlier : versions)]}
            defaultValue={subject.since ?? ""}
          />
        </div>
        <button type="submit" className={BUTTON_LOOKS.quiet}>
          Mark changes
        </button>
      </form>
    </Disclosure>
  );
}
