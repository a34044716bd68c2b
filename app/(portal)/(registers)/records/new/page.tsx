import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { questionFor, answerWords } from "#domain/policy/policy/wording.ts";
import { textOf, type RecordDraft } from "#domain/registers/record/record.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import type { Setting } from "#server/registers/record/queries.ts";
import { recordRows } from "../record-rows.tsx";
import { page, saveForm, typeForm } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
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
      {request && <p>You capture it for the request {request}.</p>}
      {origin && <Origin {...origin} />}
      {isToCheck ? saveForm.show(shown) : typeForm.show(shown)}
    </>
  );
});

export { generateMetadata, Page as default };

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
  const behalf = { term: "On behalf of", value: principal, change: { href: `${change}#principal`, context: "for whom" } };
  return <SummaryList rows={principal === "" ? rows : [...rows, behalf]} />;
}

function Origin({ policy, answers }: { policy: ReadablePolicy; answers: [string, string][] }) {
  const { version } = policy;
  return (
    <Disclosure summary={`What you checked is kept with it: ${version.frontMatter.title}, version ${version.version}`}>
      <SummaryList
        rows={answers.map(([fact, answer]) => {
          const question = questionFor(version, fact);
          return { term: question.short, value: answerWords(question, answer).label };
        })}
      />
    </Disclosure>
  );
}
