import type { ReactNode } from "react";
import { Stack } from "./stack.tsx";

type PageSectionProps = { title: ReactNode; id?: string | undefined; children: ReactNode };

/** A part of a page with its heading. @param props.id of the heading, for links to it */
export function PageSection({ title, id, children }: PageSectionProps) {
  return (
    <Stack as="section">
      <h2 id={id}>{title}</h2>
      {children}
    </Stack>
  );
}
