import type { ReactNode } from "react";
import { Link } from "./link.tsx";
import { Tag, type TagTone } from "./tag.tsx";

export type TaskItem = {
  /** Without it the task can't be started yet, and the status says why. */
  href?: string | undefined;
  title: ReactNode;
  hint?: ReactNode;
  status: { text: string; tone: TagTone };
  /** A form that does it in place. */
  action?: ReactNode;
};

type TaskListProps = {
  /** Prefix of the ids of the list's parts. */
  id: string;
  items: TaskItem[];
};

/** Things to do in any order, each with its state. The whole row can be pressed. */
export function TaskList({ id, items }: TaskListProps) {
  return (
    <ul role="list" className="no-address list-none border-t border-line">
      {items.map((item, index) => {
        const hintId = item.hint ? `${id}-${index + 1}-hint` : undefined;
        const statusId = `${id}-${index + 1}-status`;
        return (
          <li
            key={index}
            className="relative flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line py-2.5"
          >
            <div className="min-w-0 grow basis-56">
              {item.href ? (
                <Link
                  href={item.href}
                  className="after:absolute after:inset-0 after:content-['']"
                  aria-describedby={[hintId, statusId].filter(Boolean).join(" ")}
                >
                  {item.title}
                </Link>
              ) : (
                <span>{item.title}</span>
              )}
              {item.hint && (
                <div id={hintId} className="text-small text-soft">
                  {item.hint}
                </div>
              )}
            </div>
            <div id={statusId}>
              <Tag tone={item.status.tone}>{item.status.text}</Tag>
            </div>
            {item.action && <div className="relative basis-full">{item.action}</div>}
          </li>
        );
      })}
    </ul>
  );
}
