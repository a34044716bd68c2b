import { Banner } from "#app/_ui/banner.tsx";
import { Link } from "#app/_ui/link.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import { EXCEPTION_FACT, ownTable } from "#domain/policy/exception/coverage.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { listGranted } from "#server/policy/exception/queries.ts";

type EffectNoticeProps = { actor: Actor; version: PolicyVersion; situation: Answers };

/** What people must know before asking: that they are covered already, or that the checker's answer will not change. */
export async function EffectNotice({ actor, version, situation }: EffectNoticeProps) {
  const own = ownTable(version, await listGranted(actor, version.slug));
  const decision = decide(own.table, situation);
  const granted = decision.settled ? own.exceptionFor(decision.rule) : undefined;
  if (granted)
    return (
      <Banner title="An exception covers this already">
        <p>
          <Link href={`/exceptions/${granted.reference}`}>{granted.reference}</Link> covers you until the end of{" "}
          {dateInWords(lastDay(granted.endsAt))}.
        </p>
      </Banner>
    );
  if (canBeLifted(version, situation)) return null;
  const hasRule = version.table.facts.some(({ name }) => name === EXCEPTION_FACT);
  return (
    <Banner tone="warning" title="The answer of the check will not change">
      <p>
        {hasRule
          ? "This policy has rules for exceptions, but none for this situation."
          : "This policy has no rules for exceptions."}{" "}
        You can still ask. Your request and the decision are recorded, and an approval counts for what it says.
      </p>
    </Banner>
  );
}
