import { Tag } from "../_ui/content.tsx";
import type { ReviewStanding } from "#domain/policy/policy/front-matter.ts";

/** Says that a review is due soon or overdue; otherwise empty. */
export function ReviewTag({ review }: { review: ReviewStanding }) {
  switch (review.kind) {
    case "overdue":
      return <Tag tone="warning">Review overdue</Tag>;
    case "due-soon":
      return <Tag>Review due soon</Tag>;
    default:
      return null;
  }
}
