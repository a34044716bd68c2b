import { column, defineRegister } from "#app/_portal/register.tsx";
import { versionCell } from "#domain/base/table/cell.ts";
import { EVIDENCE_EVENT_LABELS, isEvidenceEventName } from "#domain/evidence/journal/event.ts";
import { getEvidenceRegister, type EvidenceEntry, type EvidenceRegister } from "#server/evidence/journal/queries.ts";

/**
 * The journal of a body. On the page a row is a sentence with all of it folded away; the table is what its file holds,
 * which a form hands out: the evidence says who saved it.
 */
export const evidence = defineRegister<EvidenceEntry, EvidenceRegister>({
  path: "/evidence",
  caption: "The evidence",
  one: "row",
  many: "rows",
  filters: {
    event: { label: "What happened", choices: EVIDENCE_EVENT_LABELS },
    policy: {
      label: "Policy",
      choices: ({ policies }) => Object.fromEntries(policies.map(({ slug, title }) => [slug, title])),
    },
    actor: { label: "By (a name, or its beginning)" },
    subject: { label: "Reference" },
    from: { label: "From", isDay: true },
    until: { label: "Until", isDay: true },
  },
  orders: { newest: "Newest first", oldest: "Oldest first" },
  columns: {
    Row: column.saved(({ row }) => row.position),
    When: column.savedMoment(({ row }) => row.at),
    "What happened": column.saved(({ row: { event } }) =>
      isEvidenceEventName(event) ? EVIDENCE_EVENT_LABELS[event] : event,
    ),
    By: column.saved(({ actorName }) => actorName ?? "Somebody who has left"),
    Reference: column.saved(({ row }) => row.subject),
    Policy: column.saved(({ row, policyTitle }) => policyTitle ?? row.policy),
    Version: column.saved(({ row }) => versionCell(row.version)),
    Codes: column.saved(({ row }) => row.data),
    Hash: column.saved(({ row }) => row.hash),
  },
  empty: "Nothing is recorded yet. It begins when somebody answers a policy or asks for an exception.",
  read: getEvidenceRegister,
});
