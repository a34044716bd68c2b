import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import type { StandingHold } from "#domain/registers/hold/hold.ts";
import type { DeletionState } from "#domain/registers/incident/deletion.ts";

const WORDS = {
  unasked: "First, say whether anybody has asked for these messages.",
  doubt:
    "Somebody may have asked for it. The governance officer has been told, and will say in your report whether you may delete it.",
  waiting:
    "Under your policy, nobody may delete anything until the governance officer says so. They have been told, and will answer in your report.",
  refused: "The governance officer says that it must be kept.",
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
