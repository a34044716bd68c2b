import type { Actor } from "#domain/access/permission/permission.ts";
import type { ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { loadContent, useContent, type Content } from "#server/base/content/store.ts";

/** What a test's version differs in from the first version of its policy; the hash follows the number. */
export interface TestVersion extends Partial<Pick<FrontMatter, "status" | "material" | "effective" | "reviewDue">> {
  version: string;
  acknowledgeWithinDays?: number;
  isPublished?: boolean;
}

let real: Promise<Content> | undefined;

/** Serves the portal's own content as it lies in the folder, read once in this process. */
export async function serveRealContent(): Promise<void> {
  useContent(await (real ??= loadContent()));
}

/** Serves the portal's own content, with these versions after the first of one policy; ask again for another state. */
export async function serveVersions(slug: string, added: readonly TestVersion[]): Promise<PolicyVersion[]> {
  const content = await (real ??= loadContent());
  const policy = content.policies.find((one) => one.slug === slug);
  const first = policy?.versions[0];
  if (!first) throw new Error(`There is no policy ${slug}.`);
  const versions = [first, ...added.map((one) => changed(first, one))];
  useContent({ ...content, policies: content.policies.map((one) => (one.slug === slug ? { slug, versions } : one)) });
  return versions;
}

/** Serves the portal's own content, with other rules for exceptions from one policy; with none, its own again. */
export async function serveExceptionRules(slug: string, rules: Partial<ExceptionRules>): Promise<void> {
  const content = await (real ??= loadContent());
  const policies = content.policies.map((policy) => {
    const versions = policy.versions.map((one) => ({ ...one, exceptionRules: { ...one.exceptionRules, ...rules } }));
    return policy.slug === slug ? { slug, versions } : policy;
  });
  useContent({ ...content, policies });
}

/** Serves the portal's own content, with something else in the file of one body. */
export async function serveBody(slug: string, more: Partial<Body>): Promise<void> {
  const content = await (real ??= loadContent());
  const bodies = content.bodies.map((body) => (body.slug === slug ? { ...body, ...more } : body));
  useContent({ ...content, bodies });
}

/** Somebody of a body who reads, and of whom the database knows nothing. */
export function readerIn(body: string): Actor {
  const email = "reader@example.invalid";
  return { personId: "reader", name: "Reader", email, roles: ["employee"], body, employer: body, team: null };
}

function changed(first: PolicyVersion, { version, isPublished = true, ...front }: TestVersion): PolicyVersion {
  const hash = version.replaceAll(".", "").padStart(64, "f");
  return { ...first, version, hash, isPublished, frontMatter: { ...first.frontMatter, version, ...front } };
}
