import { Tag } from "#app/_ui/content.tsx";
import type { GroupRules } from "#domain/registers/group/group-rules.ts";
import type { MemberState } from "#domain/registers/group/member.ts";
import { GROUP_STATES, type GroupState } from "#domain/registers/group/state.ts";

const STATE_TONES = {
  requested: "neutral",
  "sent-back": "warning",
  approved: "good",
  declined: "neutral",
  closed: "neutral",
} as const;

/** The state of a group. @param word what its policy calls one that may be used */
export function GroupStateTag({ state, word = "approved" }: { state: GroupState; word?: GroupRules["word"] }) {
  const words = state === "approved" && word === "registered" ? "Registered" : GROUP_STATES[state];
  return <Tag tone={STATE_TONES[state]}>{words}</Tag>;
}

const STANDINGS = {
  waiting: { text: "Has not answered yet", tone: "neutral" },
  in: { text: "Agreed", tone: "good" },
  leaving: { text: "To be taken out", tone: "warning" },
  refused: { text: "Did not agree", tone: "neutral" },
  removed: { text: "Taken out", tone: "neutral" },
} as const;

/** The state of a member. */
export function StandingTag({ standing }: { standing: MemberState }) {
  const { text, tone } = STANDINGS[standing];
  return <Tag tone={tone}>{text}</Tag>;
}
