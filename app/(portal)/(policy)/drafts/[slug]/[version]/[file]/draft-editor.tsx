import type { FormState } from "#app/_portal/form-state.ts";
import { draftTextHtml, PolicyProse } from "#app/(portal)/(policy)/_policy-text/policy-text.tsx";
import { Banner, Tag, WordChanges } from "#app/_ui/content.tsx";
import { TextField } from "#app/_ui/fields.tsx";
import { Button, Cluster, Link, Lines, PageSection, Stack } from "#app/_ui/layout.tsx";
import type { CheckedDraft, DraftView } from "#server/policy/draft/queries.ts";
import { FolderIsReadOnly } from "../../../read-only.tsx";

type Draft = NonNullable<DraftView["draft"]>;

/** What the page shows of a file: as it is stored, or as it was sent. */
export type EditedDraft = DraftView & {
  /** What was just saved: something, or the same as before. */
  saved: "1" | "same" | null;
  /** What was cleaned, in sentences; null if nobody asked for it. */
  cleaned: readonly string[] | null;
  /** The text as readers would see it. */
  preview: string | null;
  /** Whether somebody else saved the file since what was typed was begun. */
  isOvertaken: boolean;
};

/** The form's body: the text, its buttons, and what they show. */
export function DraftEditor({ view, formState }: { view: EditedDraft; formState: FormState }) {
  const { draft, name, format, cleaned } = view;
  if (!draft) return null;
  return (
    <Stack gap="section">
      <Stack>
        {!draft.isWritable && <FolderIsReadOnly />}
        {cleaned && <WhatWasCleaned cleaned={cleaned} />}
        {view.isOvertaken && <Overtaken view={view} />}
        <TextField
          name="text"
          label={name}
          lines={24}
          spellCheck={format === "mdx"}
          hint={HINTS[view.file]}
          defaultValue={draft.text}
          error={formState.errorOf("text")}
        />
        <p id="pasted" role="status" />
        <Cluster>
          {draft.isWritable && (
            <Button name="act" value="save">
              Save
            </Button>
          )}
          <Button name="act" value="check" look={draft.isWritable ? "quiet" : "primary"}>
            Check
          </Button>
          {format === "mdx" && (
            <Button name="act" value="preview" look="quiet">
              Preview
            </Button>
          )}
          <Button name="act" value="clean" look="quiet">
            Clean pasted text
          </Button>
          <Button name="act" value="download" look="link">
            Download the file
          </Button>
        </Cluster>
      </Stack>
      <PageSection title="What the check says" id="findings">
        <p id="check-status" role="status">
          {summaryOf(draft)}
        </p>
        <div id="check-findings">
          <Findings draft={draft} />
        </div>
      </PageSection>
      {format === "mdx" && (
        <PageSection title="How it reads" id="preview">
          <div id="check-preview">
            <Preview preview={view.preview} />
          </div>
        </PageSection>
      )}
    </Stack>
  );
}

const HINTS = {
  text: "Markdown, as in the guide to writing policies. You can paste from a word processor.",
  rules: "YAML, as in the guide to writing policies. Blanks at the start of a line count.",
  questions:
    "Only for a version that asks other questions than the rest. Without this file, it asks the questions that all versions share.",
} as const;

/** In a sentence, what the check found. */
export function summaryOf({ findings, elsewhere, situations }: CheckedDraft): string {
  const faults = findings.filter(({ blocks }) => blocks).length;
  const others = findings.length - faults;
  const count = (number: number, one: string, more: string) => `${number} ${number === 1 ? one : more}`;
  const parts = [
    faults > 0 && count(faults, "fault", "faults"),
    others > 0 && count(others, "thing to look at", "things to look at"),
    elsewhere.length > 0 && count(elsewhere.length, "fault in another file", "faults in other files"),
  ].filter((part) => part !== false);
  if (parts.length > 0) return `${parts.join(", ")}.`;
  return `Everything holds in all ${situations.toLocaleString("en-GB")} situations.`;
}

/** What the check found, by line. */
export const Findings = ({ draft: { findings, elsewhere } }: { draft: CheckedDraft }) => (
  <Stack>
    {findings.length > 0 && (
      <ul className="list-none space-y-4">
        {findings.map(({ line, level, blocks, message, words }, at) => (
          <li key={at}>
            <p>
              <Link
                href="#text"
                data-line={line}
                data-blocks={blocks ? "" : undefined}
                className="inline-flex min-h-6 items-center font-bold"
              >
                Line {line}
              </Link>{" "}
              {blocks ? (
                <Tag tone="warning">Fault</Tag>
              ) : (
                <Tag>{level === "error" ? "Before it is published" : "Advice"}</Tag>
              )}{" "}
              {message}
            </p>
            {words !== "" && <p className="text-small text-soft">{words}</p>}
          </li>
        ))}
      </ul>
    )}
    {elsewhere.length > 0 && <Lines lines={elsewhere.map(({ file, message }) => `${file}: ${message}`)} />}
  </Stack>
);

/** The draft's text as readers would see it; null where it cannot be shown. */
export const previewOf = async ({ words }: Pick<Draft, "words">): Promise<string | null> =>
  words === null ? null : draftTextHtml(words).catch(() => null);

export const Preview = ({ preview }: { preview: string | null }) =>
  preview === null ? <p>It can be shown once its faults are put right.</p> : <PolicyProse html={preview} />;

const WhatWasCleaned = ({ cleaned }: { cleaned: readonly string[] }) => (
  <Banner title={cleaned.length === 0 ? "There was nothing to clean" : "The text was cleaned"}>
    {cleaned.length > 0 && <Lines lines={cleaned} />}
    <p>It is not saved yet.</p>
  </Banner>
);

/** What somebody else saved meanwhile, and the two ways out. */
function Overtaken({ view: { draft, slug, version, file } }: { view: EditedDraft }) {
  if (!draft) return null;
  return (
    <Banner tone="warning" title="Somebody changed this file since you opened it">
      <p>
        What you typed is below, and nothing is lost. Struck through is what only the file has, underlined what only you
        have.
      </p>
      {draft.differing === null ? (
        <p>The two differ too much to be compared here.</p>
      ) : (
        <WordChanges words={draft.differing} />
      )}
      <Cluster>
        <Button name="act" value="over" look="quiet">
          Save mine over it
        </Button>
        <Link href={`/drafts/${slug}/${version}/${file}`} target="_blank">
          Open the file as it is now, in another window
        </Link>
      </Cluster>
    </Banner>
  );
}
