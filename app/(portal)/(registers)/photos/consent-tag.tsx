import { Tag } from "#app/_ui/tag.tsx";
import type { ConsentView } from "#server/registers/consent/queries.ts";

export const CONSENT_STATE_WORDS = { valid: "Holds", ended: "Ended", withdrawn: "Withdrawn" } as const;

export function ConsentTag({ state }: Pick<ConsentView, "state">) {
  return <Tag tone={state === "valid" ? "good" : "neutral"}>{CONSENT_STATE_WORDS[state]}</Tag>;
}
