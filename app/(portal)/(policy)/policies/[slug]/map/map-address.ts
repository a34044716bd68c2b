import type { Answers } from "#domain/policy/decision/fault.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

/** The address of a version's map, with the path that these answers take highlighted. */
export function mapAddress({ slug, version }: Pick<PolicyVersion, "slug" | "version">, answers: Answers = {}): string {
  return `/policies/${slug}/map?${new URLSearchParams({ version, ...answers }).toString()}`;
}
