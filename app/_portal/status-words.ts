import type { Status } from "#domain/policy/front-matter.ts";

/** How a version's status is named to readers. */
export const STATUS_WORDS = {
  draft: "Draft, not in force",
  interim: "Interim, in force for now",
  "in force": "In force",
  withdrawn: "Withdrawn",
} as const satisfies Record<Status, string>;
