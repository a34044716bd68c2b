import { Stack } from "#app/_ui/stack.tsx";
import { changedForm, returnedForm, type ShownPerson } from "./form.tsx";

/** Says that somebody has left, moved or come back, and what follows from it. */
export function WhatChanged({ shown }: { shown: ShownPerson }) {
  const { person, isActor } = shown.view;
  return (
    <Stack as="section">
      <h2 id="changed">What changed for {person.name}?</h2>
      {isActor ? (
        <p>Another administrator has to say that you have left, or have changed role or team.</p>
      ) : (
        (person.status === "left" ? returnedForm : changedForm).show(shown)
      )}
    </Stack>
  );
}
