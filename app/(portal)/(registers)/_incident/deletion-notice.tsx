import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import type { StandingHold } from "#domain/registers/hold/hold.ts";
import type { DeletionState } from "#domain/registers/incident/deletion.ts";

const WORDS = {
  unasked: "First, say whether anybody has asked for these messages.",
  doubt:
    "Somebody may have asked for it. Whoever acts as governance officer has been told, and says in your report whether you may delete it.",
  waiting:
    "Under your policy, nobody may delete anything before they are told to. Whoever acts as governance officer has been told, and answers in your report.",
  refused: "It must be kept, by the decision in your report.",
} as const satisfies Partial<Record<DeletionState, string>>;

/** "Do not delete", and why; empty if deleting is allowed. */
export function DeletionNotice({ state, holds }: { state: DeletionState; holds: readonly StandingHold[] }) {
  if (state === "free") return null;
  if (state === "held") return <DoNotDelete holds={holds} />;
  return (
    <Banner tone="warning" title="Do not delete it now">
      <p>{WORDS[state]}</p>
    </Banner>
  );
}
