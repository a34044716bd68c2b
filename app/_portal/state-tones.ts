import type { TagTone } from "../_ui/content.tsx";
import type { FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";

/** The colours of states; the words say them too. */
export const STATE_TONES: Partial<Record<FollowUpState, TagTone>> = {
  overdue: "warning",
  "due-soon": "warning",
  acknowledged: "good",
};
