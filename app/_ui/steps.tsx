import type { ReactNode } from "react";

export type StepItem = {
  title: ReactNode;
  /** When it happened: a `<time>`. */
  when: ReactNode;
  who?: ReactNode;
  children?: ReactNode;
};

/** What happened, oldest first: a thin line with a mark for each event. */
export function Steps({ items }: { items: StepItem[] }) {
  return (
    <ol role="list" className="list-none">
      {items.map((item, index) => (
        <li
          key={index}
          className="relative ps-8 pb-6 before:absolute before:start-[0.44rem] before:top-[0.5em] before:bottom-[-0.5em] before:border-s-2 before:border-line before:content-[''] after:absolute after:start-0 after:top-[0.4em] after:size-4 after:rounded-pill after:border-4 after:border-edge after:bg-paper after:content-[''] last:pb-0 last:before:hidden last:after:border-8 last:after:border-ink"
        >
          <div className="font-bold">{item.title}</div>
          <div className="text-small text-soft">
            {item.when}
            {item.who && <> · {item.who}</>}
          </div>
          {item.children && <div className="mt-2 space-y-2">{item.children}</div>}
        </li>
      ))}
    </ol>
  );
}
