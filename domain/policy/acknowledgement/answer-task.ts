/** The task of answering a version, by which its digests and its campaign know it. */
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

/** Its key and its title. */
export function answerTask(
  slug: string,
  { version, frontMatter: { title } }: Pick<PolicyVersion, "version" | "frontMatter">,
): { key: string; title: string } {
  return { key: `acknowledge ${slug}`, title: `Accept or decline “${title}”, version ${version}` };
}
