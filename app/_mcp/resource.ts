import type { Resource, ResourceTemplate } from "@modelcontextprotocol/sdk/types.js";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { getPolicyToRead, getPolicyVersion, listPolicies } from "#server/policy/policy/queries.ts";

const BASE = "with-care://policies/";
const URI = /^with-care:\/\/policies\/([^/]+)(?:\/versions\/([^/]+))?$/;
const mimeType = "text/markdown";

export const RESOURCE_TEMPLATES: ResourceTemplate[] = [
  {
    uriTemplate: `${BASE}{slug}`,
    name: "policy",
    title: "A policy",
    description: "The text of a policy in its current version.",
    mimeType,
  },
  {
    uriTemplate: `${BASE}{slug}/versions/{version}`,
    name: "version",
    title: "A version of a policy",
    description: "The text of one version, also of one that another followed.",
    mimeType,
  },
];

/** The policies that the actor may read, as documents. */
export async function listPolicyDocuments(actor: Actor): Promise<Resource[]> {
  return (await listPolicies(actor)).map(({ slug, title, version, bodyName }) => ({
    uri: BASE + encodeURIComponent(slug),
    name: slug,
    title,
    description: `${title}, ${bodyName}, version ${version}`,
    mimeType,
  }));
}

/** The text of a policy or of a version by its URI; null where there is none that the actor may read. */
export async function readPolicyDocument(actor: Actor, uri: string): Promise<string | null> {
  const [, slug, version] = (URI.exec(uri) ?? []).map(decode);
  if (!slug) return null;
  const policy = version ? await getPolicyVersion(actor, slug, version) : await getPolicyToRead(actor, slug);
  return policy && policyText(policy.version);
}

function decode(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? "");
  } catch {
    return "";
  }
}

/** A version's text in Markdown: its own, with the number of each clause before it. */
export function policyText({ frontMatter: { title }, version, text }: PolicyVersion): string {
  const words = text
    .replaceAll(/<Clause\b[^>]*?\bid="([^"]*)"[^>]*>/g, "**$1** ")
    .replaceAll(/<Callout\b[^>]*?\btitle="([^"]*)"[^>]*>/g, "**$1**")
    .replaceAll(/<\/?(?:Clause|Callout|Gap)\b[^>]*>/g, "");
  return `# ${title}\n\nVersion ${version}\n\n${words.trim()}\n`;
}
