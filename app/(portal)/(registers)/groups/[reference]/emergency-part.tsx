import { Moment } from "#app/_portal/moment.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { GroupView } from "#server/registers/group/view-queries.ts";

/**
 * What an emergency response group has in addition: first notifications, who was told of them, what is kept for an
 * inquiry.
 */
export function EmergencyPart({ group }: { group: GroupView }) {
  const { reference, alerts, may } = group;
  return (
    <Section title="First notifications">
      <p>
        The group is for a first alert and for updates. Nothing that identifies anybody: phone or e-mail that. After a
        first alert each member is phoned, to be sure that it reached them.
      </p>
      {alerts.length === 0 ? (
        <p className="text-soft">None are logged yet.</p>
      ) : (
        <ul>
          {alerts.slice(0, 5).map(({ id, postedAt, postedBy, calls }) => (
            <li key={id}>
              <Moment at={postedAt} />, by <bdi>{postedBy}</bdi>:{" "}
              {calls.filter(({ confirmedAt }) => confirmedAt).length} of {calls.length} confirmed
            </li>
          ))}
        </ul>
      )}
      <Cluster>
        <ButtonLink href={`/groups/${reference}/alerts`} look="quiet">
          {may.has("log-alert") ? "Log a notification, and calls" : "See the notifications"}
        </ButtonLink>
        {may.has("log-alert") && (
          <p>
            An inquiry? Its messages must be kept: <Link href="/holds">place a hold</Link>, or ask a governance officer
            to.
          </p>
        )}
      </Cluster>
    </Section>
  );
}
