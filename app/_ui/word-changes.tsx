import { VisuallyHidden } from "./visually-hidden.tsx";

type WordChangesProps = { words: readonly { text: string; change: "same" | "added" | "removed" }[] };

/** A text with additions underlined and deletions struck through; announced in words to screen readers. */
export function WordChanges({ words }: WordChangesProps) {
  return (
    <p className="max-w-text whitespace-pre-line">
      {words.map(({ text, change }, at) => {
        switch (change) {
          case "added":
            return (
              <ins key={at} className="bg-good-tint decoration-2 underline-offset-2">
                <VisuallyHidden> (added: </VisuallyHidden>
                {text}
                <VisuallyHidden>) </VisuallyHidden>
              </ins>
            );
          case "removed":
            return (
              <del key={at} className="bg-never-tint decoration-2">
                <VisuallyHidden> (removed: </VisuallyHidden>
                {text}
                <VisuallyHidden>) </VisuallyHidden>
              </del>
            );
          case "same":
            return text;
        }
      })}
    </p>
  );
}
