import type { Actor } from "#domain/access/permission/permission.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { listReviews } from "./queries.ts";

/** The reviews that are due soon or overdue, as tasks of the policy owner. */
export async function listReviewTasks(actor: Actor): Promise<Task[]> {
  if (!actor.roles.includes("policy-owner")) return [];
  const reviews = (await listReviews(actor)) ?? [];
  return reviews.flatMap(({ version: { slug, version, frontMatter }, standing: { kind, lastDay } }): Task[] => {
    if (kind === "later") return [];
    return [
      {
        kind: "review-policy",
        key: `review-policy ${slug}`,
        title: `Review “${frontMatter.title}”, version ${version}`,
        reason:
          kind === "overdue"
            ? "Its review date has passed, and the page says so to everybody. Publish a version with the next date."
            : "Its review date is near. Review it, and publish a version with the next date.",
        due: lastDay,
        href: `/policies/${slug}/about`,
      },
    ];
  });
}
