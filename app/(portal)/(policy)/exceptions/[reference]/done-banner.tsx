import { Banner } from "#app/_ui/banner.tsx";
import type { ExceptionState } from "#domain/policy/exception/state.ts";
import type { ExceptionView } from "#server/policy/exception/queries.ts";
import type { ConfirmedCommand } from "./command-answer.ts";

const CONFIRMATIONS = {
  approved: {
    states: ["approved"],
    title: "You have approved it",
    next: "The person who asked sees your reason and the conditions. The answers of With Care change from its start on.",
  },
  declined: { states: ["declined"], title: "You have declined it", next: "The person who asked sees your reason." },
  "changes-requested": {
    states: ["changes-requested"],
    title: "You have asked for changes",
    next: "The person who asked has a task to change it. It comes back to you once it is sent again.",
  },
  withdrawn: { states: ["withdrawn"], title: "You have withdrawn it", next: "It covers nothing from now on." },
  revoked: { states: ["revoked"], title: "You have revoked it", next: "It covers nobody from now on." },
  mitigation: {
    states: ["approved"],
    title: "The mitigation is marked as done",
    next: "It is no longer among your tasks.",
  },
} as const satisfies Record<ConfirmedCommand, { states: readonly ExceptionState[]; title: string; next: string }>;

type DoneBannerProps = { done: string | string[] | undefined; view: ExceptionView };

/** Confirms what the reader has just done, if the state agrees: the address alone proves nothing. */
export function DoneBanner({ done, view: { state, exception } }: DoneBannerProps) {
  if (typeof done !== "string" || !Object.hasOwn(CONFIRMATIONS, done)) return null;
  const { states, title, next } = CONFIRMATIONS[done as ConfirmedCommand];
  if (!(states as readonly ExceptionState[]).includes(state)) return null;
  return (
    <Banner title={`${title}: ${exception.reference}`}>
      <p>{next}</p>
    </Banner>
  );
}
