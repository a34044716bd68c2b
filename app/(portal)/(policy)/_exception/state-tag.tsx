import { Tag, type TagTone } from "#app/_ui/tag.tsx";
import { EXCEPTION_STATE_WORDS, type ExceptionState } from "#domain/policy/exception/state.ts";

const TONES = {
  draft: "neutral",
  submitted: "warning",
  "changes-requested": "warning",
  approved: "good",
  declined: "neutral",
  withdrawn: "neutral",
  revoked: "neutral",
  expired: "neutral",
} as const satisfies Record<ExceptionState, TagTone>;

/** The state of a request, as a word and a tone. */
export function StateTag({ state }: { state: ExceptionState }) {
  return <Tag tone={TONES[state]}>{EXCEPTION_STATE_WORDS[state]}</Tag>;
}
