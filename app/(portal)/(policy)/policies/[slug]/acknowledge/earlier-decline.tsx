import { Moment } from "#app/_portal/moment.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Link } from "#app/_ui/link.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { GivenAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { OwnStanding } from "#server/policy/acknowledgement/queries.ts";

/** What the policy owner replied to a decline, above the form that asks again. */
export function EarlierDecline({ own: { reply }, earlier }: { own: OwnStanding; earlier: GivenAnswer }) {
  return (
    <Banner title="The policy owner has answered you">
      {reply && <UserText>{reply}</UserText>}
      <p className="text-small text-soft">
        {earlier.repliedAt && <Moment at={earlier.repliedAt} />}.{" "}
        <Link href={`/acknowledgements/${earlier.reference}`}>See what you wrote</Link>
      </p>
    </Banner>
  );
}
