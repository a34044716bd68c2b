import { Link } from "#app/_ui/link.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { listMyExceptions } from "#server/policy/exception/queries.ts";

/** What the actor started earlier and has not sent, so that nobody writes the same thing twice. */
export async function OpenDrafts({ actor }: { actor: Actor }) {
  const { mine } = await listMyExceptions(actor);
  const open = mine.filter(({ state }) => state === "draft" || state === "changes-requested");
  if (open.length === 0) return null;
  return (
    <Panel title={open.length === 1 ? "You have begun a request" : "You have begun some requests"}>
      <ul>
        {open.map(({ exception: { reference, changedAt, clauses } }) => (
          <li key={reference}>
            <Link href={`/exceptions/${reference}`}>Go on with {reference}</Link>
            <span className="block text-small text-soft">
              {clauses.length > 0 && `${clauses.length === 1 ? "Clause" : "Clauses"} ${clauses.join(", ")}. `}
              Last changed on {momentInWords(changedAt)}.
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
