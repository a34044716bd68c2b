import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { Tag } from "../_ui/content.tsx";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";

/** Which policy answers, in one line, with what readers must know before relying on it. */
export function PolicyLine({ policy }: { policy: ReadablePolicy }) {
  const { version, body, isMine, isPublished, isReviewOverdue } = policy;
  const { title, status } = version.frontMatter;
  return (
    <p className="flex max-w-none flex-wrap items-center gap-x-2.5 gap-y-1 text-small text-soft">
      <span>
        {title}, version {version.version}
      </span>
      {!isMine && <Tag tone="warning">{body.shortName}: not your employer</Tag>}
      {!isPublished && <Tag tone="warning">Not published yet</Tag>}
      {status !== "in force" && <Tag tone="warning">{STATUS_WORDS[status]}</Tag>}
      {isReviewOverdue && <Tag tone="warning">Review overdue</Tag>}
    </p>
  );
}
