import type { ReactNode } from "react";

const GROUPS_IN_A_LINE = 4;

type ThumbprintProps = {
  /** Groups of four digits, joined by hyphens. */
  text: string;
  /** What it is the thumbprint of, and what to do with it. */
  children: ReactNode;
};

/** The thumbprint of a key, four groups to a line, so that it can be read aloud and compared; what is copied is one text. */
export function Thumbprint({ text, children }: ThumbprintProps) {
  const groups = text.split("-");
  return (
    <div data-keep="" className="space-y-1.5">
      <p>{children}</p>
      <p>
        <code className="inline-block text-lead tabular-nums">
          {groups.map((group, at) => (
            <span key={at}>
              {group}
              {at < groups.length - 1 && "-"}
              {at % GROUPS_IN_A_LINE === GROUPS_IN_A_LINE - 1 && <wbr />}
            </span>
          ))}
        </code>
      </p>
    </div>
  );
}
