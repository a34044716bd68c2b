import { ChangesForPeople, ChangesInShort } from "#app/(portal)/(policy)/policies/[slug]/changes/changes-in-short.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import type { ProposalView } from "#server/policy/proposal/queries.ts";

type Differences = Pick<ProposalView, "changes" | "follows" | "concerned">;

const REASONS = {
  first: "It is the first version",
  outcome: "It is material, because it changes answers, duties or questions",
  raised: "It is material, because its author says so",
} as const;

/** What a version changes in outcome and text, and whom that concerns: for those who decide whether it is published. */
export function WhatItChanges({ slug, version, view }: { slug: string; version: string; view: Differences }) {
  const { changes, follows, concerned } = view;
  return (
    <>
      {changes && (
        <>
          <ChangesInShort changes={changes} />
          <ChangesForPeople changes={changes} />
        </>
      )}
      <PageSection title="Read it">
        <ul>
          <li>
            <Link href={`/policies/${slug}/versions/${version}`}>The whole text of version {version}</Link>
          </li>
          {follows !== null && (
            <li>
              <Link
                href={`/policies/${slug}/changes?${new URLSearchParams({ from: follows, to: version }).toString()}`}
              >
                Every situation and every word that changes from version {follows}
              </Link>
            </li>
          )}
        </ul>
      </PageSection>
      {concerned && (
        <PageSection title="Whom it concerns">
          <p>{concernedInWords(concerned)}</p>
        </PageSection>
      )}
    </>
  );
}

function concernedInWords({ people, reason, campaign }: NonNullable<Differences["concerned"]>): string {
  const who = people === 1 ? "1 person" : `${people.toLocaleString("en-GB")} people`;
  if (reason === null) return `It is minor. It is for ${who}; answers to the version before still count.`;
  return `${REASONS[reason]}: ${who} ${people === 1 ? "is" : "are"} asked to answer it. A campaign for it is then proposed, with ${campaign.workingDays} working days to answer and reminders ${campaign.remindBefore.join(", ")} working days before, unless policy owners decide otherwise.`;
}
