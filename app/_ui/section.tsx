import type { ComponentProps, ReactNode } from "react";
import { Stack } from "./stack.tsx";

type SectionProps = Pick<ComponentProps<typeof Stack>, "gap"> & {
  title: ReactNode;
  /** Of its heading, for links to it. */
  id?: string | undefined;
  children: ReactNode;
};

/** A part of a page, below its heading. */
export function Section({ title, id, gap, children }: SectionProps) {
  return (
    <Stack as="section" gap={gap}>
      <h2 id={id}>{title}</h2>
      {children}
    </Stack>
  );
}
