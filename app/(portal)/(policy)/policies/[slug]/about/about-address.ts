import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

/** The address of the page about a version as a document: its control, its versions and its rules. */
export function aboutAddress({ slug, version }: Pick<PolicyVersion, "slug" | "version">): string {
  return `/policies/${slug}/about?${new URLSearchParams({ version }).toString()}`;
}
