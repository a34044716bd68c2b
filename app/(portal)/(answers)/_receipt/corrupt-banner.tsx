import { Banner } from "#app/_ui/content.tsx";
import type { OriginalRun } from "#domain/answers/receipt/rerun.ts";

const CORRUPT: Record<Exclude<OriginalRun, "same">, (version: string) => string> = {
  "changed-receipt": () => "This receipt is not what was kept: its content does not match its seal.",
  "version-gone": (version) =>
    `Version ${version} of the policy, with the fingerprint below, is no longer there. The answer cannot be worked out again.`,
  "other-verdict": (version) =>
    `Version ${version} gives another verdict for these answers than the one that was kept.`,
  "other-quotes": (version) => `Version ${version} does not have the words that this receipt quotes from it.`,
};

/** Says in plain words that a receipt does not match the rules of its day; nothing if it does. */
export const CorruptBanner = ({ ofItsDay, version }: { ofItsDay: OriginalRun; version: string }) =>
  ofItsDay === "same" ? null : (
    <Banner tone="warning" title="The store is corrupt">
      <p>{CORRUPT[ofItsDay](version)}</p>
      <p>Do not rely on this receipt. Tell your governance officer, with its reference.</p>
    </Banner>
  );
