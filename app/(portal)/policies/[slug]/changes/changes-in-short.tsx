import { Panel } from "#app/_ui/panel.tsx";
import type { PolicyChanges } from "#server/policy/change-queries.ts";

/** The changes as a handful of figures, and whether everybody is asked again. */
export function ChangesInShort({ changes, title = "In short" }: { changes: PolicyChanges; title?: string }) {
  return (
    <Panel title={title}>
      <ul>
        {changesInWords(changes).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Panel>
  );
}

function changesInWords({ outcomes, clauses, material, to }: PolicyChanges): string[] {
  const { changed, situations, obligations, reworded } = outcomes;
  const duties = new Set(obligations.map(({ text }) => text)).size + reworded.length;
  const kinds = (["added", "removed", "reworded", "moved"] as const).flatMap((kind) => {
    const count = clauses.filter((clause) => clause.kind === kind).length;
    return count > 0 ? [`${count} ${kind}`] : [];
  });
  const { changeNote, materialReason } = to.version.frontMatter;
  return [
    ...(changeNote === null ? [] : [changeNote]),
    changed === 0
      ? `The answer is the same in all ${number(situations)} situations.`
      : `${number(changed)} of ${number(situations)} situations have another answer.`,
    duties === 0
      ? "What you have to do is the same."
      : `What you have to do changes in ${duties} ${duties === 1 ? "point" : "points"}.`,
    kinds.length === 0 ? "The clauses are the same." : `Clauses: ${kinds.join(", ")}.`,
    material === null
      ? "It is a minor change: who accepted the earlier version need not answer again."
      : `It is a material change: everybody is asked to answer again.${material === "raised" && materialReason ? ` ${materialReason}` : ""}`,
  ];
}

function number(count: number): string {
  return count.toLocaleString("en-GB");
}
