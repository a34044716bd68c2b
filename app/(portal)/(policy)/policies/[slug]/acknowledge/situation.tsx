import type { ReactNode } from "react";
import { Stack } from "#app/_ui/stack.tsx";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { OpenReading } from "#domain/policy/understanding/reading.ts";
import { AnsweredSituation, SituationAsked } from "../../../_situation/situation-asked.tsx";

type SituationProps = { version: PolicyVersion; asking: NonNullable<OpenReading["asking"]>; children: ReactNode };

/** The situation that waits for an answer, after what the policy says of the one that was missed. The form is its child. */
export function WaitingSituation({ version, asking, children }: SituationProps) {
  const { asked, right, needed, missed, chosen } = asking;
  return (
    <Stack as="section">
      <h2 id="situations">
        Situation {right + 1} of {needed}
      </h2>
      {missed ? (
        <>
          <AnsweredSituation version={version} situation={missed} chosen={chosen} />
          <h3>Another situation</h3>
        </>
      ) : (
        <p>{right > 0 ? "That is right. One more." : "You can look in the policy while you answer."}</p>
      )}
      <SituationAsked version={version} situation={asked} />
      {children}
    </Stack>
  );
}
