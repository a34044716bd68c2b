import type { ReactNode } from "react";
import { Stack } from "./stack.tsx";

type SectionProps = { title: ReactNode; id?: string | undefined; children: ReactNode };

/** A part of a page with its heading. @param props.id of the heading, for links to it */
export function Section({ title, id, children }: SectionProps) {
  return (
    <Stack as="section">
      <h2 id={id}>{title}</h2>
      {children}
    </Stack>
  );
}
