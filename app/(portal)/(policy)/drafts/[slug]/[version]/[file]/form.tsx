import { savedFile } from "#app/_portal/file-response.ts";
import { custom, current, hidden } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { htmlReact } from "#server/base/content/text-html.ts";
import { CLEANED, cleanPastedText } from "#domain/policy/draft/pasted-text.ts";
import { DRAFT_FILES, draftFileOf } from "#domain/policy/draft/draft.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { getDraftFile } from "#server/policy/draft/queries.ts";
import { saveDraftFile } from "#server/policy/draft/service.ts";
import { DraftEditor, type EditedDraft, Findings, Preview, previewOf, summaryOf } from "./draft-editor.tsx";

/** What comes back on the page without being saved, and where it leads: the text as it was typed, or cleaned. */
const SHOWN_AGAIN: Readonly<Record<string, string>> = { check: "findings", preview: "preview", clean: "text" };

export const page = definePage({
  path: "/drafts/[slug]/[version]/[file]",
  async read({ actor, params, query, formState }): Promise<EditedDraft | null> {
    const typed = formState.isReturned ? formState.value("text") : null;
    const clean = typed !== null && formState.value("act") === "clean" ? cleanOf(typed, params.file) : null;
    const shown = await getDraftFile(actor, params, clean?.text ?? typed);
    if (!shown) return null;
    const { draft } = shown;
    const saved = typed === null ? query["saved"] : undefined;
    return {
      ...shown,
      saved: saved === "1" || saved === "same" ? saved : null,
      cleaned: clean && clean.cleaned.map((kind) => CLEANED[kind]),
      preview: draft && (await previewOf(draft)),
      isOvertaken: typed !== null && draft !== null && formState.value("seen") !== (draft.hash ?? ""),
    };
  },
  heading: ({ view: { label, title, version } }) => `${label}: ${title}, version ${version}`,
  section: "policies",
  back: { href: "/drafts", label: "Drafts of policies" },
  gap: "section",
});

/** The text as it was sent: blanks at its ends are the author's. */
const textOf = (form: FormValues, name: string): string => form.all(name).at(-1) ?? "";

const cleanOf = (text: string, file: string) => cleanPastedText(text, DRAFT_FILES[draftFileOf(file) ?? "text"].format);

/** Writes a file of a draft: saves it, or shows what the check says of it, how it reads, or cleaned of what was pasted. */
export const form = defineForm(page, {
  fields: {
    seen: hidden(),
    now: current(),
    act: custom(textOf),
    text: custom(textOf),
  },
  stored: ({ view: { draft } }) => ({ seen: draft?.hash ?? "", now: draft?.hash ?? "" }),
  body: (shown) => <DraftEditor view={shown.view} formState={shown.formState} />,
  async submit({ actor, params, values: { seen, now, act, text } }) {
    if (act === "live") return live(await getDraftFile(actor, params, text));
    const at = SHOWN_AGAIN[act];
    if (at !== undefined || act === "download") {
      const shown = await getDraftFile(actor, params, text);
      if (!shown?.draft) return null;
      return at === undefined
        ? { file: savedFile(shown.name, "text/plain; charset=utf-8", text) }
        : { problems: [], at };
    }
    return saveDraftFile(actor, params, { text, seen: act === "over" ? now : seen });
  },
  done: ({ isChanged }, { path }) => `${path}?saved=${isChanged ? "1" : "same"}`,
});

export const { GET, POST } = form.route();

/** For the page's script: the same as the page shows, for what is being typed. */
async function live(shown: Awaited<ReturnType<typeof getDraftFile>>) {
  if (!shown?.draft) return null;
  const { renderToStaticMarkup } = htmlReact();
  const { draft } = shown;
  const body = {
    summary: summaryOf(draft),
    findings: renderToStaticMarkup(<Findings draft={draft} />),
    preview: renderToStaticMarkup(<Preview preview={await previewOf(draft)} />),
    lines: draft.findings.map(({ line, blocks }) => ({ line, blocks })),
  };
  return { file: Response.json(body, { headers: { "cache-control": "no-store" } }) };
}
