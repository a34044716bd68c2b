/** Drafts of policies that are written in the portal (docs/decisions/096-drafts-written-in-the-portal.md). */
import { diffLines } from "diff";
import type { Words } from "#domain/policy/policy/difference.ts";

/** The files of a draft, by the last part of their address. */
export const DRAFT_FILES = {
  text: { name: "policy.mdx", label: "Text", format: "mdx" },
  rules: { name: "rules.yaml", label: "Rules", format: "yaml" },
  questions: { name: "questions.yaml", label: "Questions of its own", format: "yaml" },
} as const;

export type DraftFile = keyof typeof DRAFT_FILES;
/** How a draft's file is written: which signs mean something in it. */
export type DraftFormat = (typeof DRAFT_FILES)[DraftFile]["format"];

/** The file that an address names; null if it names none. */
export const draftFileOf = (part: string) => (Object.hasOwn(DRAFT_FILES, part) ? (part as DraftFile) : null);

/** A text as it is edited: without the mark of its encoding, each line ended by \n. */
export const toEdit = (stored: string): string => stored.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");

/**
 * A text as it is stored: with the line ends, the mark of the encoding and the last line end that the file had, so that
 * only the lines that were edited differ.
 * @param typed lines ended by \n
 * @param before the file as it was; "" for a new one
 */
export function toStore(typed: string, before: string): string {
  const hasEnd = before === "" || before.endsWith("\n");
  const text = hasEnd && !typed.endsWith("\n") ? `${typed}\n` : typed;
  const ends = before.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
  return before.startsWith("\uFEFF") ? `\uFEFF${ends}` : ends;
}

/** Lines shown around each difference. */
const AROUND = 2;
/** So many lines may differ; comparing more takes too long. */
const MOST_EDITS = 2_000;

/** The lines in which two texts differ, with those around them; null if they differ too much to be compared. */
export function differingLines(before: string, after: string): Words[] | null {
  const changes = diffLines(before, after, { maxEditLength: MOST_EDITS });
  return (
    changes?.map(({ value, added, removed }, at): Words => {
      if (added || removed) return { text: value, change: added ? "added" : "removed" };
      const lines = value.split("\n").slice(0, -1);
      if (lines.length <= 2 * AROUND + 1) return { text: value, change: "same" };
      const [first, last] = [at > 0 ? lines.slice(0, AROUND) : [], at < changes.length - 1 ? lines.slice(-AROUND) : []];
      return { text: [...first, "…", ...last, ""].join("\n"), change: "same" };
    }) ?? null
  );
}
