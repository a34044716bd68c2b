/**
 * The features that can implement a statement that no rule decides: a closed list. A page never promises a planned one.
 */

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
  holds: "live",
  records: "live",
  incidents: "live",
  tasks: "live",
  receipts: "live",
  evidence: "live",
  versions: "live",
  search: "live",
  "foi-pack": "live",
  reviews: "live",
  surveys: "live",
  reports: "live",
} as const satisfies Record<string, "live" | "planned">;

export type Feature = keyof typeof FEATURES;

/** Whether a feature is still planned. */
export function isPlanned(feature: Feature): boolean {
  const states: Readonly<Record<Feature, "live" | "planned">> = FEATURES;
  return states[feature] === "planned";
}

/** The name of each and the page where it is; `{policy}` stands for the slug of the policy, for pages of a policy. */
export const FEATURE_PAGES = {
  "policy-page": { label: "The policy’s page", href: "/policies/{policy}" },
  wizard: { label: "The check", href: "/check?policy={policy}" },
  matrix: { label: "The matrix", href: "/matrix?policy={policy}" },
  examples: { label: "Examples in the check", href: "/check?policy={policy}" },
  "scope-box": { label: "“What it covers” on the policy’s page", href: "/policies/{policy}#scope" },
  contacts: { label: "“Channels and contacts” on the policy’s page", href: "/policies/{policy}#contacts" },
  channels: { label: "Approved channels on the policy’s page", href: "/policies/{policy}" },
  "document-control": { label: "Document control", href: "/policies/{policy}/about" },
  "related-policies": { label: "Related policies on the policy’s page", href: "/policies/{policy}" },
  banners: { label: "Notices on the policy’s page", href: "/policies/{policy}" },
  acknowledgement: { label: "Answer to the policy", href: "/policies/{policy}/acknowledge" },
  exceptions: { label: "Exceptions", href: "/exceptions" },
  groups: { label: "Group register", href: "/groups" },
  holds: { label: "Holds", href: "/holds" },
  records: { label: "Captured records", href: "/records" },
  incidents: { label: "Report an accident", href: "/incidents/new" },
  tasks: { label: "Tasks", href: "/tasks" },
  receipts: { label: "Kept results", href: "/decisions" },
  evidence: { label: "Evidence", href: "/evidence" },
  versions: { label: "What changed between versions", href: "/policies/{policy}/changes" },
  search: { label: "Search", href: "/search" },
  "foi-pack": { label: "What applied on a day, and the FOI pack", href: "/policies/{policy}/on" },
  reviews: { label: "Review dates", href: "/policies/{policy}/about" },
  surveys: { label: "Checks held", href: "/checks-held" },
  reports: { label: "Answers by team", href: "/governance" },
} as const satisfies Record<Feature, { label: string; href: string }>;

/** The page of a feature, for a policy. */
export const featureHref = (feature: Feature, policy: string): string =>
  FEATURE_PAGES[feature].href.replace("{policy}", policy);
