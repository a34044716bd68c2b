import type { ReactNode } from "react";

const GAPS = { tight: "space-y-2", normal: "space-y-4", loose: "space-y-7", section: "space-y-12" };

type StackProps = {
  gap?: keyof typeof GAPS | undefined;
  as?: "div" | "section" | "article" | "form" | undefined;
  children: ReactNode;
};

/** Elements one below the other, evenly spaced: `tight` within a block, `section` between parts of a page. */
export function Stack({ gap = "normal", as: Element = "div", children }: StackProps) {
  return <Element className={GAPS[gap]}>{children}</Element>;
}

type SectionProps = Pick<StackProps, "gap" | "children"> & {
  title: ReactNode;
  /** Of its heading, for links that lead there. */
  id?: string | undefined;
};

/** A part of a page under a heading of its own. */
export function PageSection({ title, id, gap, children }: SectionProps) {
  return (
    <Stack as="section" gap={gap}>
      <h2 id={id}>{title}</h2>
      {children}
    </Stack>
  );
}

/** Short texts as a list. */
export function Lines({ lines, className }: { lines: readonly string[]; className?: string }) {
  return (
    <ul className={className}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
