import "server-only";
import type { FactSet } from "#domain/decision/fact.ts";
import type { Body } from "#domain/policy/body.ts";
import { compareVersions, type Policy } from "#domain/policy/policy.ts";
import { getEnv } from "../env.ts";
import { checkContent } from "./check.ts";
import { readContent, wholeVersion } from "./read.ts";

/** What the portal serves: the bodies it is set up for, their policies, the shared questions. */
export interface Content {
  bodies: readonly Body[];
  policies: readonly Policy[];
  questions: FactSet;
}

/** The content cannot be served; the message names the first file and what to do. */
export class ContentError extends Error {
  override name = "ContentError";
}

// One copy for the server start and the pages, which are bundled apart.
const shared = globalThis as typeof globalThis & { withCareContent?: Promise<Content> };

/**
 * The content, read and proven once per process.
 * @throws ContentError when anything is wrong with it: a verdict from faulty rules would be worse than none
 */
export function loadContent(): Promise<Content> {
  shared.withCareContent ??= readAndProve(getEnv());
  return shared.withCareContent;
}

/** Makes `content` what the process serves: for tests of what happens when a new version comes. */
export function useContent(content: Content): void {
  shared.withCareContent = Promise.resolve(content);
}

async function readAndProve({ contentDir, bodies: served }: { contentDir: string; bodies: readonly string[] }): Promise<Content> {
  const read = await readContent(contentDir).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ContentError(`The content folder ${contentDir} cannot be read: ${reason}`);
  });
  const [first, ...others] = checkContent(read).faults;
  if (first) {
    const more = others.length > 0 ? ` There are ${others.length} more faults.` : "";
    throw new ContentError(`The content in ${contentDir} is faulty. ${first.file}: ${first.message}${more} See all with npm run policy:check.`);
  }
  const bodies = read.bodies.filter(({ slug }) => served.includes(slug));
  const versions = read.versions
    .flatMap((version) => wholeVersion(version) ?? [])
    .filter(({ frontMatter }) => bodies.some(({ slug }) => slug === frontMatter.body));
  const policies = [...new Set(versions.map(({ slug }) => slug))].map((slug) => ({
    slug,
    versions: versions.filter((version) => version.slug === slug).sort((a, b) => compareVersions(a.version, b.version)),
  }));
  return { bodies, policies, questions: read.questions };
}
