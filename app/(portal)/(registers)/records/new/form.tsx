import { BegunBanner } from "#app/_portal/begun-banner.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { hidden, inputsOf, startKey, valuesOf } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, type Query } from "#app/_portal/form/form.tsx";
import { Disclosure } from "#app/_ui/layout.tsx";
import { SummaryList } from "#app/_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { recordProblems, textOf, type RecordDraft } from "#domain/registers/record/record.ts";
import { questionFor, answerWords } from "#domain/policy/policy/wording.ts";
import { getPolicy, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import { getSetting, type Setting } from "#server/registers/record/queries.ts";
import { captureRecord } from "#server/registers/record/service.ts";
import { RECORD_FIELDS, RecordFields } from "../record-fields.tsx";
import { recordRows } from "../record-rows.tsx";

/** A message of business value, recorded so that it can be found again: the form, then a page to check, then saved. */
const page = definePage({
  path: "/records/new",
  async read({ actor, query, formState }) {
    const setting = await getSetting(actor);
    if (!setting) return null;
    const origin = await readOrigin(actor, query, formState);
    const sent = Object.fromEntries(typed(formState).map(([name, value]) => [name, [value]]));
    const draft = valuesOf(RECORD_FIELDS, new FormValues(sent));
    const isClean = formState.isReturned && recordProblems(draft, setting.rules).length === 0;
    return {
      setting,
      origin,
      draft,
      isToCheck: isClean && formState.problems.length === 0 && query["change"] === undefined,
      situation: origin ? writeQuery(origin.policy.version.slug, Object.fromEntries(origin.answers)) : "",
      change: `/records/new?kept=${[query["kept"] ?? ""].flat().at(-1) ?? ""}&change=1`,
    };
  },
  heading: ({ view }) => (view.isToCheck ? "Check the record before you save it" : "Capture a record"),
  back({ view: { isToCheck, situation, change } }) {
    if (isToCheck) return { href: change, label: "Back to the form" };
    return situation
      ? { href: `/check?${situation}`, label: "Back to the result" }
      : { href: "/records", label: "Captured records" };
  },
});

const fields = { startKey: startKey(), situation: hidden(), request: hidden(), ...RECORD_FIELDS };

/** Takes what was typed, for its page to show it for checking. */
const typeForm = defineForm(page, {
  fields,
  stored: ({ view, query }) => ({ situation: view.situation, request: [query["request"] ?? []].flat().at(-1) }),
  body: ({ view, field }) => <RecordFields setting={view.setting} field={field} isNew />,
  button: "Continue",
  async submit({ actor, values: { startKey: _, situation: __, request: ___, ...draft } }) {
    const setting = await getSetting(actor);
    return setting && { problems: recordProblems(draft, setting.rules) };
  },
});

/** Takes it again, to be saved. */
const saveForm = defineForm(page, {
  do: "save",
  fields,
  body: ({ formState }) =>
    typed(formState).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />),
  button: "Save the record",
  submit({ actor, values: { situation, startKey, request, ...draft } }) {
    const { policy: slug = "", ...answers } = Object.fromEntries(new URLSearchParams(situation));
    return captureRecord(actor, { startKey, request, draft, origin: slug === "" ? null : { slug, answers } });
  },
  done: ({ reference }) => `/records/${reference}?done=1`,
});

const typed = (formState: FormState): [string, string][] =>
  inputsOf(RECORD_FIELDS).map((name) => [name, formState.value(name)]);

/** The result that it comes from: from the address at first, then from the form. */
async function readOrigin(actor: Actor, query: Query, formState: FormState) {
  const sent = new URLSearchParams(formState.value("situation"));
  const read = (name: string) =>
    formState.isReturned ? (sent.get(name) ?? undefined) : [query[name] ?? []].flat().at(-1);
  const slug = read("policy");
  const policy = slug === undefined ? null : await getPolicy(actor, slug);
  const answers = (policy?.version.table.facts ?? []).flatMap(({ name, answers: possible }): [string, string][] => {
    const answer = read(name);
    return answer !== undefined && possible.includes(answer) ? [[name, answer]] : [];
  });
  return policy && { policy, answers };
}

export const { generateMetadata, Page, GET, POST } = formsPage(page, [typeForm, saveForm], (shown) => {
  const { setting, draft, origin, isToCheck, change } = shown.view;
  const request = shown.formState.value("request", [shown.query["request"] ?? []].flat().at(-1));
  return (
    <>
      {isToCheck ? (
        <ToCheck setting={setting} draft={draft} change={change} />
      ) : (
        <p>
          A chat is not the record. Copy what matters into an approved system first, then note here where it is. That is
          how it is found when somebody asks for it.
        </p>
      )}
      <BegunBanner actor={shown.actor} at={shown.formState.value("startKey")} />
      {request && <p>You capture it for the request {request}.</p>}
      {origin && <Origin {...origin} />}
      {isToCheck ? saveForm.show(shown) : typeForm.show(shown)}
    </>
  );
});

function ToCheck({ setting, draft, change }: { setting: Setting; draft: RecordDraft; change: string }) {
  const group = setting.groups.find(({ reference }) => reference === draft.group) ?? null;
  const text = textOf(draft, setting.rules.schedule);
  const fieldOf = (field: string) => {
    if (field === "chat" && group) return "group";
    return field === "retentionClass" && setting.rules.schedule.length === 0
      ? "className"
      : field === "keepUntil" && setting.rules.schedule.length > 0
        ? "retentionClass"
        : field;
  };
  const rows = recordRows({ ...text, group }, (field) => `${change}#${fieldOf(field)}`);
  const { principal } = draft;
  const behalf = {
    term: "On behalf of",
    value: principal,
    change: { href: `${change}#principal`, context: "for whom" },
  };
  return <SummaryList rows={principal === "" ? rows : [...rows, behalf]} />;
}

const Origin = ({ policy: { version }, answers }: { policy: ReadablePolicy; answers: [string, string][] }) => (
  <Disclosure summary={`What you checked is kept with it: ${version.frontMatter.title}, version ${version.version}`}>
    <SummaryList
      rows={answers.map(([fact, answer]) => {
        const question = questionFor(version, fact);
        return { term: question.short, value: answerWords(question, answer).label };
      })}
    />
  </Disclosure>
);
