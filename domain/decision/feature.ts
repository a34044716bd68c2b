/** What serves a statement that no rule decides: a closed list. A page never promises a planned one. */

export const FEATURES = {
  "policy-page": "live",
  wizard: "live",
  matrix: "live",
  examples: "live",
  "scope-box": "live",
  contacts: "live",
  channels: "live",
  "document-control": "live",
  "related-policies": "live",
  banners: "live",
  acknowledgement: "live",
  exceptions: "live",
  groups: "live",
  holds: "planned",
  records: "planned",
  incidents: "planned",
  tasks: "live",
  receipts: "live",
  evidence: "live",
  versions: "live",
  search: "live",
  "foi-pack": "live",
  reviews: "live",
  surveys: "planned",
  reports: "planned",
} as const satisfies Record<string, "live" | "planned">;

export type Feature = keyof typeof FEATURES;
