import { Banner } from "#app/_ui/banner.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { headlineOf, startNote } from "#domain/gather/foi/figures.ts";
import { mayMakeFoiPack } from "#server/gather/foi/queries.ts";
import type { PolicyOnDay } from "#server/policy/policy/day-queries.ts";
import { DayForm } from "../day-form.tsx";

/** Which version was in force on the day, how certain that is, and links to go on from there. */
export function DayBanner({ actor, held, day }: { actor: Actor; held: PolicyOnDay; day: string }) {
  const { policy, notes, servedAt } = held;
  const { slug, version } = policy.version;
  const note = startNote(notes, servedAt);
  const isCurrent = policy.current === version;
  return (
    <>
      <Banner tone={isCurrent ? "info" : "warning"} title={headlineOf(notes, day, version)}>
        {note && <p>{note}</p>}
        <Cluster>
          <Link href={`/policies/${slug}/versions/${version}`}>Version {version} at its own address</Link>
          {!isCurrent && policy.current !== null && (
            <Link href={`/policies/${slug}`}>What applies now: version {policy.current}</Link>
          )}
          {mayMakeFoiPack(actor, held) && (
            <Link href={`/policies/${slug}/on/${day}/foi-pack`}>FOI pack for this day</Link>
          )}
        </Cluster>
      </Banner>
      <div className="no-print">
        <Disclosure summary="See another day">
          <DayForm slug={slug} />
        </Disclosure>
      </div>
    </>
  );
}
