import { Lines, PageSection, Panel } from "#app/_ui/layout.tsx";
import type { PolicyChanges } from "#server/policy/policy/change-queries.ts";
import { summariseChanges } from "#domain/policy/decision/difference.ts";
import {
  changeSentence,
  decidingSentence,
  outcomeSentences,
  questionSentence,
} from "#domain/policy/policy/change-sentence.ts";

/** The changes as a handful of figures, and whether everybody is asked again. */
export const ChangesInShort = ({ changes, title = "In short" }: { changes: PolicyChanges; title?: string }) => (
  <Panel title={title}>
    <Lines lines={changesInWords(changes)} />
  </Panel>
);

function changesInWords({ outcomes, clauses, asksAgain, from, to }: PolicyChanges): string[] {
  const { obligations, reworded } = outcomes;
  const duties = new Set(obligations.map(({ text }) => text)).size + reworded.length;
  const kinds = (["added", "removed", "reworded", "moved"] as const).flatMap((kind) => {
    const count = clauses.filter((clause) => clause.kind === kind).length;
    return count > 0 ? [`${count} ${kind}`] : [];
  });
  const { changeNote, materialReason, status } = to.version.frontMatter;
  const answersInWords = () => {
    if (status === "withdrawn") return "This version withdraws the policy, so nobody has to answer it.";
    if (asksAgain === null)
      return `This is a minor change: people who accepted version ${from.version.version} do not need to answer again.`;
    const reason = asksAgain === "raised" && materialReason ? ` ${materialReason}` : "";
    return `This is a material change: everybody is asked to answer again.${reason}`;
  };
  return [
    ...(changeNote === null ? [] : [changeNote]),
    ...outcomeSentences(outcomes, [to.version, from.version]),
    duties === 0
      ? "What you have to do stays the same."
      : `${duties} ${duties === 1 ? "thing" : "things"} you have to do ${duties === 1 ? "changes" : "change"}.`,
    kinds.length === 0 ? "The clauses stay the same." : `Clauses: ${kinds.join(", ")}.`,
    answersInWords(),
  ];
}

/** What one may now do, or no longer, in a few sentences; nothing if no answer and no question changes. */
export function ChangesForPeople({ changes: { from, to, outcomes } }: { changes: PolicyChanges }) {
  const versions = [to.version, from.version] as const;
  const sentences = [
    ...outcomes.deciding.map((one) => decidingSentence(one, versions)),
    ...summariseChanges(outcomes).map((line) => changeSentence(line, versions)),
    ...outcomes.questions.map((change) => questionSentence(change, versions)),
  ];
  const isTooMuch = outcomes.verdicts.some(({ groups }) => groups.length === 0);
  if (sentences.length === 0 && !isTooMuch) return null;
  return (
    <PageSection title="What changes for you" id="people">
      <Lines lines={sentences} />
      {isTooMuch && <p>Some changes touch too many different situations to list here.</p>}
    </PageSection>
  );
}
