import { Moment } from "#app/_portal/moment.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Tag, type TagTone } from "#app/_ui/tag.tsx";
import type { RunOutcome, RunView } from "#server/shell/schedule/queries.ts";

const OUTCOMES: Record<RunOutcome, { label: string; tone: TagTone }> = {
  running: { label: "Runs now", tone: "neutral" },
  done: { label: "Done", tone: "good" },
  failed: { label: "Failed", tone: "warning" },
  "broken-off": { label: "Interrupted", tone: "warning" },
};

/** One run in a line: how it ended, when it started, what it did. */
export function RunInShort({ run }: { run: RunView }) {
  return (
    <>
      <Outcome run={run} /> <Moment at={run.startedAt} />
      {run.words && <span className="block text-small text-soft">{run.words}</span>}
    </>
  );
}

/** The latest runs, folded away. */
export function Runs({ title, runs }: { title: string; runs: readonly RunView[] }) {
  return (
    <Disclosure summary={runs.length === 1 ? "The last run" : `The last ${runs.length} runs`}>
      <DataTable
        caption={`Last runs: ${title}`}
        captionHidden
        columns={{
          Began: (run) => <Moment at={run.startedAt} />,
          "How it ended": (run) => <Outcome run={run} />,
          "What it did": (run) => run.words || "Nothing reported yet",
          "Why it ran": (run) =>
            [run.askedBy ? `Asked for by ${run.askedBy}` : "It was due", run.attempt > 1 && `try ${run.attempt}`]
              .filter(Boolean)
              .join(", "),
        }}
        rows={runs}
      />
    </Disclosure>
  );
}

function Outcome({ run: { outcome } }: { run: RunView }) {
  return <Tag tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</Tag>;
}
