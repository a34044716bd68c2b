import { policyOf } from "#app/(portal)/(policy)/_exception/policy-of.ts";
import { RequestSummary } from "#app/(portal)/(policy)/_exception/request-summary.tsx";
import { StateTag } from "#app/(portal)/(policy)/_exception/state-tag.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Columns } from "#app/_ui/columns.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { listEarlier } from "#server/policy/exception/queries.ts";
import { DatedConditions } from "./conditions.tsx";
import { DecisionPanel, NotYours } from "./decision-panel.tsx";
import { EarlierSection } from "./earlier-section.tsx";
import { EffectSection } from "./effect-section.tsx";
import { ExceptionHistory } from "./history.tsx";
import type { ShownException } from "./form.tsx";
import { Mitigations } from "./mitigations.tsx";
import { NotesSection } from "./notes-section.tsx";
import { ExceptionOutcome } from "./outcome.tsx";
import { RequestInShort } from "./request-in-short.tsx";

/** A request that was sent, in full: everything needed to decide, and the outcome. */
export async function RequestPage({ shown }: { shown: ShownException }) {
  const { actor, view } = shown;
  const { exception, state } = view;
  const [{ policy, hasChanged }, earlier] = await Promise.all([policyOf(actor, exception), listEarlier(actor, view)]);
  const { risks } = exception;
  return (
    <Columns
      aside={
        <Stack gap="loose">
          <DecisionPanel shown={shown} />
          <ExceptionHistory view={view} />
        </Stack>
      }
    >
      <Stack gap="section">
        <Stack>
          <PageHeading
            kicker={
              <Cluster>
                <StateTag state={state} />
              </Cluster>
            }
          >
            Exception <span className="whitespace-nowrap">{exception.reference}</span>
          </PageHeading>
          <NotYours view={view} />
          {state === "changes-requested" && (
            <Banner title="It is being changed">
              <p>Below is the version that was sent last. You can decide once it is sent again.</p>
            </Banner>
          )}
          {state === "submitted" && hasChanged && (
            <Banner tone="warning" title="The policy has changed since">
              <p>
                This was asked on version {exception.version}; now it is version {policy?.current?.version ?? "none"}.
                Ask for changes where the clauses are no longer the same.
              </p>
            </Banner>
          )}
          <RequestInShort view={view} />
        </Stack>
        <ExceptionOutcome actor={actor} view={view} />
        {state !== "submitted" && state !== "changes-requested" && <DatedConditions shown={shown} />}
        <EffectSection version={policy?.current ?? null} exception={exception} />
        <RequestSummary actor={actor} exception={exception} />
        {risks.some(({ mitigations }) => mitigations.length > 0) &&
          state !== "submitted" &&
          state !== "changes-requested" && <Mitigations shown={shown} />}
        <NotesSection shown={shown} />
        {earlier && <EarlierSection earlier={earlier} requesterName={exception.requester.name} />}
      </Stack>
    </Columns>
  );
}
