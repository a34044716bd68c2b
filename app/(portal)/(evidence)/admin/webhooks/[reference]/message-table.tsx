import { Moment } from "#app/_portal/portal-page.tsx";
import { DataTable, Tag, type TagTone } from "#app/_ui/content.tsx";
import { TickBox } from "#app/_ui/tick-box.tsx";
import { EVIDENCE_EVENT_LABELS, isEvidenceEventName } from "#domain/evidence/journal/event.ts";
import type { WebhookView } from "#server/evidence/webhook/queries.ts";

type Row = WebhookView["messages"][number];

const STATES: Record<Row["state"], [label: string, tone: TagTone]> = {
  waiting: ["Waiting", "neutral"],
  sent: ["Sent", "good"],
  dead: ["Not taken", "warning"],
};

type MessageTableProps = {
  caption: string;
  rows: readonly Row[];
  /** In the form that settles them: whether one was ticked before it came back. */
  isChosen?: (id: string) => boolean;
};

/** What was sent to an address, or waits. */
export function MessageTable({ caption, rows, isChosen }: MessageTableProps) {
  return (
    <DataTable
      caption={caption}
      columns={{
        Event: (row) => {
          const label = isEvidenceEventName(row.event) ? EVIDENCE_EVENT_LABELS[row.event] : row.event;
          if (!isChosen) return label;
          return (
            <TickBox name="message" value={row.id} isChosen={isChosen(row.id)}>
              {label}
            </TickBox>
          );
        },
        About: (row) => row.subject,
        Queued: (row) => <Moment at={row.queuedAt} />,
        State: (row) => <MessageState row={row} />,
      }}
      rows={rows}
      empty="Nothing was sent yet."
    />
  );
}

function MessageState({ row: { state, sentAt, reason, tries, nextTryAt } }: { row: Row }) {
  const [label, tone] = STATES[state];
  return (
    <>
      <Tag tone={tone}>{label}</Tag> {sentAt && <Moment at={sentAt} />}
      {reason && <span className="block text-small wrap-anywhere text-soft">{reason}</span>}
      {state === "waiting" && tries > 0 && (
        <span className="block text-small text-soft">
          Tried {tries === 1 ? "once" : `${tries} times`}. Next: <Moment at={nextTryAt} />
        </span>
      )}
    </>
  );
}
