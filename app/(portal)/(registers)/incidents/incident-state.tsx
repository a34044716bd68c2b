import { Moment } from "#app/_portal/moment.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import type { IncidentEntry } from "#server/registers/incident/queries.ts";

export const INCIDENT_STATE_WORDS = { unopened: "Not opened", open: "Open", closed: "Closed" } as const;

export function IncidentState({ entry: { state, standing, clock, left } }: { entry: IncidentEntry }) {
  if (state === "closed") return <Tag tone="good">{INCIDENT_STATE_WORDS.closed}</Tag>;
  if (standing === "reporter")
    return left > 0 ? (
      <Tag tone="warning">{left === 1 ? "One step left" : `${left} steps left`}</Tag>
    ) : (
      <Tag>Reported</Tag>
    );
  if (standing === "manager") return <Tag>{INCIDENT_STATE_WORDS.open}</Tag>;
  return (
    <>
      <Tag tone={state === "unopened" ? "warning" : "neutral"}>{INCIDENT_STATE_WORDS[state]}</Tag>
      {clock?.isRunning && (
        <span className="block text-small">
          72 hours: {clock.left}, {clock.isOver ? "since" : "until"} <Moment at={clock.deadline} />
        </span>
      )}
    </>
  );
}
