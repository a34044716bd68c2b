import type { Status } from "#domain/policy/policy/front-matter.ts";
import type { VersionState } from "#domain/policy/policy/policy.ts";

export const STATUS_WORDS = {
  draft: "Draft, not in force",
  interim: "Interim, in force for now",
  "in force": "In force",
  withdrawn: "Withdrawn",
} as const satisfies Record<Status, string>;

export const STATE_WORDS = {
  "in-force": "In force",
  interim: "Interim",
  superseded: "Old version",
  future: "Not yet in force",
  draft: "Draft",
  withdrawn: "Withdrawn",
} as const satisfies Record<VersionState, string>;
