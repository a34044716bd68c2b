import { z } from "zod";
import { Moment } from "#app/_portal/moment.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { ROLE_NAMES, ROLES } from "#domain/access/permission/role.ts";
import { EVIDENCE_EVENT_LABELS } from "#domain/evidence/journal/event.ts";
import { isEvidenceEventName } from "#domain/evidence/journal/sentence.ts";
import type { PersonEvent } from "#server/evidence/journal/person-queries.ts";

/** Who changed what about somebody, and when: the latest fifty changes, oldest first. */
export function PersonHistory({ events }: { events: readonly PersonEvent[] }) {
  return (
    <Stack as="section">
      <h2>Who changed what</h2>
      {events.length === 0 ? (
        <p className="text-soft">Nothing has changed since they were added to the directory.</p>
      ) : (
        <Steps
          items={[...events].reverse().map(({ row, by, detail }) => ({
            title: isEvidenceEventName(row.event) ? EVIDENCE_EVENT_LABELS[row.event] : row.event,
            when: <Moment at={row.at} />,
            who: by ?? "A program",
            children: <What data={row.data} detail={detail} />,
          }))}
        />
      )}
    </Stack>
  );
}

const rolesSchema = z.object({ roles: z.string(), before: z.string().optional() });
const detailSchema = z.object({ before: z.string(), after: z.string() });
const stateSchema = z.record(z.string(), z.string().nullable());

const FIELDS: Readonly<Record<string, string>> = {
  email: "E-mail",
  name: "Name",
  employer: "Employer",
  kind: "Kind",
  startsOn: "Start",
  leavesOn: "Leaving date",
  awayUntil: "Away until",
  firstDay: "First day away",
  lastDay: "Last day away",
};

function What({ data, detail }: { data: string; detail: string | null }) {
  const roles = rolesSchema.safeParse(readJson(data));
  if (roles.success)
    return (
      <p>
        {roles.data.before !== undefined && `From ${inWords(roles.data.before)} to `}
        {inWords(roles.data.roles)}
      </p>
    );
  const found = detailSchema.safeParse(readJson(detail));
  if (!found.success) return null;
  const [before, after] = [
    stateSchema.safeParse(readJson(found.data.before)),
    stateSchema.safeParse(readJson(found.data.after)),
  ];
  if (!before.success || !after.success) return null;
  return (
    <ul>
      {Object.keys(after.data).map((field) => (
        <li key={field}>
          {FIELDS[field]
            ? `${FIELDS[field]}: ${before.data[field] ?? "none"} → ${after.data[field] ?? "none"}`
            : "Line manager"}
        </li>
      ))}
    </ul>
  );
}

function inWords(roles: string): string {
  const known = roles.split(" ").flatMap((one) => ROLES.find((role) => role === one) ?? []);
  return known.map((role) => ROLE_NAMES[role]).join(", ");
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
